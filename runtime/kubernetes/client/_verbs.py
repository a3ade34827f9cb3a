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
        return self.request(
            "GET", url, headers=headers, query_params=query_params,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

    def HEAD(  # noqa: N802 - published name
        self,
        url: str,
        headers: Headers = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a HEAD request."""
        return self.request(
            "HEAD", url, headers=headers, query_params=query_params,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

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
        return self.request(
            "OPTIONS", url, headers=headers, query_params=query_params, post_params=post_params, body=body,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

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
        return self.request(
            "DELETE", url, headers=headers, query_params=query_params, body=body,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

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
        return self.request(
            "POST", url, headers=headers, query_params=query_params, post_params=post_params, body=body,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

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
        return self.request(
            "PUT", url, headers=headers, query_params=query_params, post_params=post_params, body=body,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip

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
        return self.request(
            "PATCH", url, headers=headers, query_params=query_params, post_params=post_params, body=body,
            _preload_content=_preload_content, _request_timeout=_request_timeout,
        )  # fmt: skip
