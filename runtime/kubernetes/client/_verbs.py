"""A method for each HTTP verb, as programs call them on `ApiClient.rest_client`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, Protocol

    Timeout = float | tuple[float, float] | None
    Headers = dict[str, Any] | None

    class Request(Protocol):
        """What `RESTClientObject.request` takes."""

        def __call__(
            self,
            method: str,
            url: str,
            query_params: Any = None,
            headers: Headers = None,
            body: Any = None,
            post_params: Any = None,
            _preload_content: bool = True,
            _request_timeout: Timeout = None,
        ) -> Any:
            """Make a request."""


class Verbs:
    """The verbs, with the published parameters in their order; `request` does the work."""

    if TYPE_CHECKING:
        request: Request

    def GET(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a GET request."""
        return self.request("GET", url, query_params, headers, None, None, _preload_content, _request_timeout)

    def HEAD(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a HEAD request."""
        return self.request("HEAD", url, query_params, headers, None, None, _preload_content, _request_timeout)

    def OPTIONS(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a OPTIONS request."""
        return self.request("OPTIONS", url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    def DELETE(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a DELETE request."""
        return self.request("DELETE", url, query_params, headers, body, None, _preload_content, _request_timeout)

    def POST(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a POST request."""
        return self.request("POST", url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    def PUT(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a PUT request."""
        return self.request("PUT", url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    def PATCH(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a PATCH request."""
        return self.request("PATCH", url, query_params, headers, body, post_params, _preload_content, _request_timeout)
