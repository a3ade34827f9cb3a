"""HTTP for asyncio: one request through an aiohttp session → a response, or the exception for its status.

The session is made with the first request, so that a client can be made where no event loop runs.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kubernetes.client._lazy import late
from kubernetes.client._verbs import Verbs
from kubernetes.client.exceptions import ApiException, ApiValueError
from kubernetes.client.rest import _log_body, _text, _yaml

if TYPE_CHECKING:
    import aiohttp
    from kubernetes.aio.client.configuration import Configuration

__getattr__ = late(__name__, {
    "logger": "kubernetes.client.rest:logger", **{name: name for name in ("aiohttp", "json", "logging", "ssl")},
})  # fmt: skip
METHODS = frozenset({"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"})
_WITH_BODY = METHODS - {"GET", "HEAD"}
_READ_BUFFER = 2**21
"""Bytes; one line of a watch holds a whole object, and etcd takes up to 1.5 MiB."""


class RESTResponse(io.IOBase):
    """A response: `status`, `reason`, headers and `data` (bytes), which is None until it is read."""

    def __init__(self, resp: Any, data: bytes | None) -> None:
        self.aiohttp_response = resp
        self.status = resp.status
        self.reason = resp.reason
        self.data: Any = data

    @property
    def response(self) -> Any:
        """The response of aiohttp."""
        return self.aiohttp_response

    @property
    def headers(self) -> Any:
        """The headers."""
        return self.aiohttp_response.headers

    async def read(self) -> Any:
        """Return the body (bytes), and keep it."""
        if self.data is None:
            self.data = await self.aiohttp_response.read()
        return self.data

    def getheaders(self) -> Any:
        """Return the headers."""
        return self.headers

    def getheader(self, name: str, default: Any = None) -> Any:
        """Return one header."""
        return self.headers.get(name, default)


class RESTClientObject(Verbs):
    """Makes requests; the verbs return coroutines."""

    def __init__(self, configuration: Configuration, pools_size: int = 4, maxsize: int | None = None) -> None:  # noqa: ARG002
        self.configuration = configuration
        self.server_hostname = configuration.tls_server_name
        self.proxy = configuration.proxy
        self.proxy_headers = configuration.proxy_headers
        self._limit = configuration.connection_pool_maxsize if maxsize is None else maxsize
        self._session: aiohttp.ClientSession | None = None

    @property
    def pool_manager(self) -> aiohttp.ClientSession:
        """The aiohttp session, made when it is first needed, and anew after `close`."""
        if self._session is None or self._session.closed:
            import aiohttp

            connector = aiohttp.TCPConnector(limit=self._limit or 0, ssl=_tls(self.configuration))
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True, read_bufsize=_READ_BUFFER)
        return self._session

    @pool_manager.setter
    def pool_manager(self, value: aiohttp.ClientSession) -> None:
        self._session = value

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Make a request and return a RESTResponse, or aiohttp's unread response if `_preload_content` is false.

        Raises ApiException for answers other than 2xx that are read, aiohttp's errors otherwise.
        """
        method = method.upper()
        if method not in METHODS:
            raise ApiValueError(f"http method must be one of {', '.join(sorted(METHODS))}, not {method}")
        if post_params and body:
            raise ApiValueError("body parameter cannot be used with post_params parameter.")
        headers = headers or {}
        headers.setdefault("Content-Type", "application/json")
        arguments: dict[str, Any] = {"timeout": _timeout(_request_timeout), "headers": headers}
        for name in ("proxy", "proxy_headers", "server_hostname"):
            if getattr(self, name):
                arguments[name] = getattr(self, name)
        if method in _WITH_BODY:
            arguments["data"] = _content(headers, body, post_params or {})
        import yarl

        # Quoted already: yarl must not do it again.
        target = yarl.URL(f"{url}?{urlencode(query_params)}" if query_params else url, encoded=True)
        response = await self.pool_manager.request(method, target, **arguments)
        if not _preload_content:
            return response
        response = RESTResponse(response, await response.read())
        _log_body(response.data)
        if not 200 <= response.status <= 299:
            raise ApiException(http_resp=response)
        return response


def _tls(configuration: Configuration) -> Any:
    import ssl

    context = ssl.create_default_context(cafile=configuration.ssl_ca_cert)
    if configuration.cert_file:
        context.load_cert_chain(configuration.cert_file, keyfile=configuration.key_file)
    if not configuration.verify_ssl:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if configuration.disable_strict_ssl_verification:
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _timeout(value: Any) -> Any:
    import aiohttp

    if isinstance(value, aiohttp.ClientTimeout):
        return value
    if isinstance(value, tuple) and len(value) == 2:
        return aiohttp.ClientTimeout(connect=value[0], sock_connect=value[0], sock_read=value[1])
    return aiohttp.ClientTimeout(total=value) if value and isinstance(value, (int, float)) else aiohttp.ClientTimeout()


def _content(headers: dict[str, Any], body: Any, post_params: Any) -> Any:
    """Return aiohttp's `data` for a body; completes the Content-Type header."""
    content_type = headers["Content-Type"]
    if content_type == "application/apply-patch+yaml":
        return None if body is None else _yaml(body)
    if re.search("json", content_type, re.IGNORECASE):
        return None if body is None else _text(body)
    if content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return _form(headers, post_params)
    if isinstance(body, bytes):
        return body
    raise ApiException(status=0, reason=f"a body of type {type(body).__name__} can't be sent as {content_type}")


def _form(headers: dict[str, Any], post_params: Any) -> Any:
    import aiohttp

    if headers["Content-Type"] == "application/x-www-form-urlencoded":
        return aiohttp.FormData(post_params)
    del headers["Content-Type"]  # aiohttp writes it, with the boundary
    form = aiohttp.FormData()
    for name, value in post_params:
        if isinstance(value, tuple) and len(value) == 3:
            form.add_field(name, value[1], filename=value[0], content_type=value[2])
        else:
            form.add_field(name, value)
    return form
