"""`WsApiClient`: a call of exec, attach or portforward → a websocket, or all that the command printed.

Each message of the server begins with a byte that names its channel
(kubernetes/kubernetes: staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go).
"""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kubernetes.aio._within import within
from kubernetes.aio.client.api_client import ApiClient
from kubernetes.aio.client.rest import RESTResponse, _timeout
from kubernetes.client.exceptions import ApiException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubernetes.aio.client.configuration import Configuration

STDIN_CHANNEL, STDOUT_CHANNEL, STDERR_CHANNEL, ERROR_CHANNEL, RESIZE_CHANNEL = range(5)
_SCHEMES = {"http": "ws", "https": "wss"}


def get_websocket_url(url: str) -> str:
    """Return a URL with the websocket's scheme in place of HTTP's."""
    scheme, separator, rest = url.partition("://")
    return f"{_SCHEMES.get(scheme.lower(), scheme)}{separator}{rest}"


class WsResponse(RESTResponse):
    """What came over a websocket, as a response: `status`, and `data` (bytes), which is UTF-8.

    :param response: aiohttp's websocket, where it is left to the caller
    """

    def __init__(self, status: int, data: bytes, response: Any = None) -> None:
        self.aiohttp_response = response
        self.status = status
        self.reason = None
        self.data = data

    @property
    def headers(self) -> Any:
        """Nothing: messages have no headers."""
        return {}


class WsApiClient(ApiClient):
    """An ApiClient whose calls are made over websockets: `CoreV1Api(WsApiClient()).connect_get_namespaced_pod_exec(…)`.

    A call returns the text that the command printed, stdout and stderr as they came. With `_preload_content=False` it
    returns aiohttp's websocket, unopened: `async with await core.connect_get_namespaced_pod_exec(…) as websocket`.

    :param heartbeat: seconds between pings; a server that doesn't answer them is gone. No pings if None
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = 1,
        heartbeat: float | None = None,
    ) -> None:
        super().__init__(configuration, header_name, header_value, cookie, pool_threads)
        self.heartbeat = heartbeat

    @classmethod
    def parse_error_data(cls, error_data: str | bytes) -> int:
        """Return a command's exit code from what came on ERROR_CHANNEL.

        Raises ApiException if the command didn't run, so that there is none.
        """
        status = json.loads(error_data)
        if status.get("status") == "Success":
            return 0
        for cause in (status.get("details") or {}).get("causes") or ():
            if cause.get("reason") == "ExitCode":
                return int(cause["message"])
        raise ApiException(status=status.get("code", 0), reason=status.get("message"))

    async def request(
        self,
        method: str,  # noqa: ARG002 - a websocket opens with GET
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        post_params: Any = None,  # noqa: ARG002 - it has no body
        body: Any = None,  # noqa: ARG002
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Open a websocket and return what comes over it as a WsResponse, or the websocket unopened.

        :param _request_timeout: seconds in total for what is read here, or a pair (connect, read), or an
            aiohttp.ClientTimeout; read seconds are the longest silence
        Raises ApiException if the server refuses it or the connection breaks, TimeoutError of asyncio.
        """
        headers = headers or {}
        headers.setdefault("sec-websocket-protocol", "v4.channel.k8s.io")
        if query_params:
            url = f"{url}?{urlencode(list(_repeated(query_params)))}"
        timeout = _timeout(_request_timeout)
        arguments = {"headers": headers, "heartbeat": self.heartbeat, **self._connection(timeout)}
        websocket = self.rest_client.pool_manager.ws_connect(get_websocket_url(url), **arguments)
        if not _preload_content:
            return websocket
        return WsResponse(200, (await within(timeout.total, _printed(websocket))).encode())

    async def _send(
        self,
        method: str,
        url: str,
        headers: Any,
        body: Any,
        post_params: Any,
        request_timeout: Any,
        preload_content: bool,
    ) -> RESTResponse:
        found = await self.request(method, url, None, headers, post_params, body, preload_content, request_timeout)
        return found if preload_content else WsResponse(200, b"", found)

    def _connection(self, timeout: Any) -> dict[str, Any]:
        """Return how to connect: as other requests of the client do."""
        known = self.configuration
        found = {"proxy": known.proxy, "proxy_headers": known.proxy_headers, "server_hostname": known.tls_server_name}
        if timeout.sock_read:
            import aiohttp

            found["timeout"] = aiohttp.ClientWSTimeout(ws_receive=timeout.sock_read)
        return {name: value for name, value in found.items() if value}


def _repeated(parameters: Any) -> Iterator[tuple[str, Any]]:
    """Yield query parameters, a list as one for each item: `command` of exec."""
    for name, value in parameters:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            yield name, str(item).lower() if isinstance(item, bool) else item


async def _printed(connecting: Any) -> str:
    """Return the text of stdout and stderr. A character may be split between messages of its channel."""
    import aiohttp

    decoders = {channel: codecs.getincrementaldecoder("utf-8")("replace") for channel in (STDOUT_CHANNEL, STDERR_CHANNEL)}
    parts: list[str] = []
    ended = False
    try:
        async with connecting as websocket:
            async for message in websocket:
                if isinstance(message.data, Exception):
                    raise ApiException(status=0, reason=f"the websocket broke: {message.data}") from message.data
                data = message.data.encode() if isinstance(message.data, str) else message.data
                channel = data[0] if data else None
                ended = ended or channel == ERROR_CHANNEL
                if channel in decoders:
                    parts.append(decoders[channel].decode(data[1:]))
            # Some servers hang up without a word, but not before they told how the command ended.
            if not ended and getattr(websocket, "close_code", None) == aiohttp.WSCloseCode.ABNORMAL_CLOSURE:
                raise ApiException(status=0, reason="the connection ended before the command did")
    except aiohttp.WSServerHandshakeError as error:
        refused = ApiException(status=error.status, reason=f"Handshake status {error.status}: {error.message}")
        refused.headers = error.headers
        raise refused from error
    return "".join([*parts, *(decoder.decode(b"", final=True) for decoder in decoders.values())])
