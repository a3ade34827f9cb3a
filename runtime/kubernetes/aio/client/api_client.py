"""`ApiClient` for asyncio: an API call → one HTTP request through aiohttp → the decoded answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from kubernetes.aio.client import _modern, rest
from kubernetes.client._lazy import late
from kubernetes.client._overriding import released, sends_models
from kubernetes.client._parameters import select_content_type
from kubernetes.client.api_client import ApiClient as _ApiClient
from kubernetes.client.api_client import _readable
from kubernetes.client.exceptions import ApiException, ApiValueError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from kubernetes.aio.client.configuration import Configuration
    from kubernetes.aio.client.rest import RESTClientObject
    from typing_extensions import Self


__getattr__ = late(__name__, {
    "Configuration": "kubernetes.aio.client.configuration:Configuration", "ThreadPool": "multiprocessing.pool:ThreadPool",
    "parse": "dateutil.parser:parse", "quote": "urllib.parse:quote",
    **{name: name for name in ("atexit", "datetime", "json", "kubernetes", "mimetypes", "os", "re", "six", "tempfile")},
})  # fmt: skip
_STRATEGIC, _MERGE, _JSON_PATCH = (
    "application/strategic-merge-patch+json", "application/merge-patch+json", "application/json-patch+json",
)  # fmt: skip


class ApiClient(_ApiClient):
    """Sends API calls and decodes what comes back; `async with` closes its connections.

    :param configuration: where and how to connect; a copy of the process-wide default if None
    :param header_name: name of a header that every request carries
    :param header_value: its value
    :param cookie: the Cookie header of every request
    :param pool_threads: kept for compatibility; nothing runs in threads
    """

    rest_client: RESTClientObject  # type: ignore[assignment]
    configuration: Configuration

    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = 1,
    ) -> None:
        if configuration is None:
            own: Any = sys.modules[__name__]
            configuration = own.Configuration.get_default_copy()
        self.configuration = configuration
        self.pool_threads = pool_threads
        self.rest_client = rest.RESTClientObject(configuration)
        self.default_headers: dict[str, Any] = {}
        if header_name is not None:
            self.default_headers[header_name] = header_value
        self.cookie = cookie
        self.user_agent = "OpenAPI-Generator/36.0.3/python"
        self.client_side_validation = configuration.client_side_validation

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    # An asynchronous client has no `with`.
    __enter__ = None  # type: ignore[assignment]
    __exit__ = None  # type: ignore[assignment]

    async def close(self) -> None:  # type: ignore[override]
        """Close the connections; the client can go on being used."""
        await self.rest_client.close()

    param_serialize = _modern.param_serialize
    response_deserialize = _modern.response_deserialize
    _send = _modern.send

    async def call_api(
        self,
        resource_path: str,
        method: str,
        path_params: Mapping[str, Any] | None = None,
        query_params: Any = None,
        header_params: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        files: Mapping[str, Any] | None = None,
        response_types_map: Mapping[int, str | None] | None = None,
        auth_settings: list[str] | None = None,
        async_req: bool | None = None,  # noqa: ARG002 - every call is asynchronous
        _return_http_data_only: bool | None = None,
        collection_formats: Mapping[str, str] | None = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
        _host: str | None = None,
        _request_auth: Mapping[str, Any] | None = None,
        response_type: Any = None,
    ) -> Any:
        """Make a request and return the decoded answer; parameters as of the synchronous client.

        :param async_req: has no meaning here: a call is a coroutine
        :param _preload_content: if False, return the aiohttp response, unread
        :param _request_timeout: seconds in total, a pair of (connect, read) seconds, or an aiohttp.ClientTimeout
        Raises ApiException for answers other than 2xx.

        Called as 37 has it, with what `param_serialize` returns (method, URL, headers, body, form), it returns the
        RESTResponse, unread, whatever its status.
        """
        if _modern.is_request(resource_path):
            arguments = (resource_path, method, path_params, query_params, header_params)
            return await self._send(*arguments, _request_timeout, _preload_content)
        url, query_params, headers, post_params = self._prepared(
            resource_path, path_params, query_params, header_params, post_params, files, collection_formats, _host
        )
        await self.update_params_for_auth(headers, query_params, auth_settings, request_auth=_request_auth)
        if body and not sends_models(self, body, headers):
            body = self.sanitize_for_serialization(body)
        try:
            response = await self.request(
                method, url, query_params=query_params, headers=headers, post_params=post_params, body=body,
                _preload_content=_preload_content, _request_timeout=_request_timeout,
            )  # fmt: skip
        except ApiException as error:
            raise _readable(error) from error.__cause__
        self.last_response = response
        if not _preload_content:
            return response
        return self._result(response, response_types_map, response_type, _return_http_data_only)

    async def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Make the HTTP request. Raises ApiValueError for an unknown method, ApiException for answers other than 2xx."""
        request: Any = super().request
        return await request(method, url, query_params, headers, post_params, body, _preload_content, _request_timeout)

    def select_header_content_type(self, content_types: list[str], method: str | None = None, body: Any = None) -> str | None:
        """Return the Content-Type header; an object that is patched in is a strategic merge where the server takes one."""
        lowered = [media_type.lower() for media_type in content_types or ()]
        if method == "PATCH" and _STRATEGIC in lowered and (isinstance(body, dict) or hasattr(body, "to_dict")):
            return _STRATEGIC
        if method == "PATCH" and isinstance(body, list) and _MERGE in lowered:
            return _JSON_PATCH  # which the document doesn't list for custom objects
        return select_content_type(content_types, method, body)

    async def update_params_for_auth(  # type: ignore[override]
        self,
        headers: dict[str, Any],
        queries: Any,
        auth_settings: list[str] | None,
        request_auth: Mapping[str, Any] | None = None,
    ) -> None:
        """Add the authentication to headers or query: `request_auth` if given, else the configuration's."""
        if not auth_settings:
            return
        if request_auth:
            self._apply_auth_params(headers, queries, request_auth)
            return
        settings = await self.configuration.auth_settings()
        for auth in auth_settings:
            if settings.get(auth):
                self._apply_auth_params(headers, queries, settings[auth])


ApiClient._SENDING = released(ApiClient, ("request", "sanitize_for_serialization"))

__all__ = ("ApiClient", "ApiException", "ApiValueError")
