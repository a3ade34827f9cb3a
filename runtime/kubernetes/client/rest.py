"""HTTP: one request through urllib3's pools → a response, or the exception for its status.

urllib3, ssl and requests cost more to import than everything else in this package together, so they come with the
first request. Names that programs patch here (`rest.urllib3`, `rest.ssl`, …) resolve when they are looked up.
"""

from __future__ import annotations

import io
import re
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from kubernetes.client._lazy import late
from kubernetes.client._overriding import released
from kubernetes.client._verbs import Verbs
from kubernetes.client.exceptions import (
    ApiException,
    ApiValueError,
    ForbiddenException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)

if TYPE_CHECKING:
    import logging

    from kubernetes.client._verbs import Timeout
    from kubernetes.client.configuration import Configuration

_METHODS = frozenset({"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "OPTIONS", "DELETE"})
_BY_STATUS = {401: UnauthorizedException, 403: ForbiddenException, 404: NotFoundException}
_UNPRINTABLE = "[\\x7f-\\xa0\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
_LOCK = threading.Lock()


def _logger() -> logging.Logger:
    import logging

    return logging.getLogger(__name__)


__getattr__ = late(__name__, {
    **{name: name for name in ("json", "logging", "six", "ssl", "urllib3")},
    "logger": _logger,
    "should_bypass_proxies": "requests.utils:should_bypass_proxies",
    "urlencode": "urllib.parse:urlencode",
})  # fmt: skip


def _late(name: str) -> Any:
    """Return a module-level name that may have been patched, imported only now."""
    found = globals().get(name)
    return __getattr__(name) if found is None else found


class RESTResponse(io.IOBase):
    """A response that was read: `status`, `reason`, `data` (bytes, text once a call has decoded it) and headers."""

    def __init__(self, resp: Any) -> None:
        self.urllib3_response = resp
        self.status = resp.status
        self.reason = resp.reason
        self.data = resp.data

    def _decode_later(self, charset: str, errors: str) -> None:
        """Let the body be text from now on; it is made of the bytes when somebody looks."""
        self._body, self._text_form = self.__dict__.pop("data"), (charset, errors)

    def __getattr__(self, name: str) -> Any:
        if name == "data" and "_body" in self.__dict__:
            self.data = self.__dict__.pop("_body").decode(*self._text_form)
            return self.data
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def getheaders(self) -> Any:
        """Return the headers."""
        response = self.urllib3_response
        return response.headers if hasattr(response, "headers") else response.getheaders()  # an imitation of old urllib3

    def getheader(self, name: str, default: Any = None) -> Any:
        """Return one header."""
        return self.getheaders().get(name, default)


class RESTClientObject(Verbs):
    """urllib3's pools for one configuration, made at the first request."""

    _SENDING: ClassVar[dict[str, Any]]

    def __init__(self, configuration: Configuration, pools_size: int = 4, maxsize: int | None = None) -> None:
        self._configuration = configuration
        self._pools_size = pools_size
        self._maxsize = maxsize
        self._pool_manager: Any = None

    @property
    def pool_manager(self) -> Any:
        """The urllib3 PoolManager (ProxyManager if the configuration's proxy applies)."""
        if self._pool_manager is None:
            with _LOCK:
                if self._pool_manager is None:
                    self._pool_manager = self._make_pool_manager()
        return self._pool_manager

    @pool_manager.setter
    def pool_manager(self, value: Any) -> None:
        self._pool_manager = value

    def close(self) -> None:
        """Close the connections that are kept for reuse; a later request opens new ones."""
        if self._pool_manager is not None:
            self._pool_manager.clear()

    def _make_pool_manager(self) -> Any:
        from kubernetes.client._connections import telling

        configuration = self._configuration
        urllib3, ssl = _late("urllib3"), _late("ssl")
        maxsize = self._maxsize if self._maxsize is not None else configuration.connection_pool_maxsize
        arguments: dict[str, Any] = {
            "num_pools": self._pools_size,
            "maxsize": 4 if maxsize is None else maxsize,
            "cert_reqs": ssl.CERT_REQUIRED if configuration.verify_ssl else ssl.CERT_NONE,
            "ca_certs": configuration.ssl_ca_cert,
            "cert_file": configuration.cert_file,
            "key_file": configuration.key_file,
        }
        for name in ("assert_hostname", "retries", "socket_options"):
            if getattr(configuration, name) is not None:
                arguments[name] = getattr(configuration, name)
        if configuration.tls_server_name:
            arguments["server_hostname"] = configuration.tls_server_name
        no_proxy = configuration.no_proxy or ""
        if configuration.proxy and not _late("should_bypass_proxies")(configuration.host, no_proxy=no_proxy):
            proxy = {"proxy_url": configuration.proxy, "proxy_headers": configuration.proxy_headers}
            return telling(urllib3.ProxyManager(**proxy, **arguments))
        return telling(urllib3.PoolManager(**arguments))

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Timeout = None,
    ) -> Any:
        """Make a request and return a RESTResponse, or urllib3's unread response if `_preload_content` is false.

        :param query_params: pairs
        :param body: what JSON can hold, a model, or text or bytes for other media types
        :param post_params: form fields, instead of a body
        :param _request_timeout: seconds in total, or a pair of (connect, read) seconds
        Raises ApiException for answers other than 2xx and for TLS failures (status 0), urllib3's errors otherwise.
        """
        method = method.upper()
        if method not in _METHODS:
            raise ApiValueError(f"http method must be one of {', '.join(sorted(_METHODS))}, not {method}")
        if post_params and body:
            raise ApiValueError("body parameter cannot be used with post_params parameter.")
        headers = headers or {}
        headers.setdefault("Content-Type", "application/json")
        arguments: dict[str, Any] = {"preload_content": _preload_content, "timeout": _timeout(_request_timeout)}
        if method in _WITH_BODY:
            if query_params:
                url += f"?{_late('urlencode')(query_params)}"
            arguments.update(_content(headers, body, post_params or {}))
        else:
            arguments["fields"] = query_params
        try:
            response = self.pool_manager.request(method, url, headers=headers, **arguments)
        except _late("urllib3").exceptions.SSLError as error:
            raise ApiException(status=0, reason=f"{type(error).__name__}\n{error}") from error
        if _preload_content:
            response = RESTResponse(response)
            _log_body(response.data)
        if not 200 <= response.status <= 299:
            raise failure(response)
        return response


RESTClientObject._SENDING = released(RESTClientObject, ("request", "POST", "PUT", "PATCH", "DELETE"))


def failure(response: Any) -> ApiException:
    """Return the exception for an answer other than 2xx."""
    default = ServiceException if 500 <= response.status <= 599 else ApiException
    return _BY_STATUS.get(response.status, default)(http_resp=response)


def _timeout(seconds: Timeout) -> Any:
    if not seconds:
        return None
    if isinstance(seconds, (int, float)):
        return _late("urllib3").Timeout(total=seconds)
    if isinstance(seconds, tuple) and len(seconds) == 2:
        return _late("urllib3").Timeout(connect=seconds[0], read=seconds[1])
    return None


def _content(headers: dict[str, Any], body: Any, post_params: Any) -> dict[str, Any]:
    """Return urllib3's arguments for a body; completes the Content-Type header."""
    content_type = headers["Content-Type"]
    if content_type == "application/apply-patch+yaml":
        return {"body": None if body is None else _yaml(body)}
    if re.search("json", content_type, re.IGNORECASE):
        if content_type == "application/json-patch+json" and not isinstance(body, list):
            headers["Content-Type"] = "application/strategic-merge-patch+json"
        return {"body": None if body is None else _text(body)}
    if content_type == "application/x-www-form-urlencoded":
        return {"fields": post_params, "encode_multipart": False}
    if content_type == "multipart/form-data":
        del headers["Content-Type"]  # urllib3 writes it, with the boundary
        return {"fields": post_params, "encode_multipart": True}
    if isinstance(body, (str, bytes)):
        return {"body": body}
    raise ApiException(status=0, reason=f"a body of type {type(body).__name__} can't be sent as {content_type}")


def _text(body: Any) -> str:
    """Return the text that `json.dumps` makes of a body: by msgspec, unless it has what the two write differently."""
    import msgspec
    from kubernetes.client._model import wire

    try:
        found = wire.to_json(body)
    except (TypeError, ValueError, OverflowError, RecursionError):
        found = b"null"
    if found.isascii() and b"null" not in found:  # which msgspec also writes for NaN
        return msgspec.json.format(found, indent=0).decode()
    plain = wire.plain_values(body) if hasattr(body, "openapi_types") else body
    text: str = _late("json").dumps(plain, default=msgspec.to_builtins)
    return text


def _yaml(body: Any) -> bytes:
    """Return a body as JSON that is YAML too; text and bytes are YAML.

    YAML (https://yaml.org/spec/1.2.2/, 5.1 and 5.7) has no pairs of escapes for characters beyond U+FFFF, so these stand
    as they are; what isn't printable, or would break a line, must be escaped.
    """
    if isinstance(body, (str, bytes)):
        return body.encode() if isinstance(body, str) else body
    import msgspec

    text = _late("json").dumps(body, ensure_ascii=False, default=msgspec.to_builtins)
    return re.sub(_UNPRINTABLE, lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def _log_body(data: bytes) -> None:
    logger: logging.Logger = _late("logger")
    if logger.isEnabledFor(10):  # logging.DEBUG
        secret = b'"Secret' in data or b'"token"' in data
        logger.debug("response body: %s", f"<{len(data)} bytes that hold secrets>" if secret else data)
