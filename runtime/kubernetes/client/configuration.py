"""`Configuration`: where the API server is and how to reach it.

Nothing here touches a logger before the user asks for it: making or copying a Configuration takes no lock of
`logging` (kubernetes-client/python #1867, #1140).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from kubernetes.client._hosts import host_from_settings
from kubernetes.client._lazy import deepcopy, late
from kubernetes.client.exceptions import ApiValueError

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Mapping

    from typing_extensions import Self

__getattr__ = late(__name__, {
    "httplib": "http.client", **{name: name for name in ("copy", "logging", "multiprocessing", "six", "sys", "urllib3")},
})  # fmt: skip
JSON_SCHEMA_VALIDATION_KEYWORDS = {
    "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
    "maxLength", "minLength", "pattern", "maxItems", "minItems",
}  # fmt: skip
_SHARED = frozenset({"_logger", "_logger_formatter", "logger_file_handler", "logger_stream_handler"})
_PLAIN = (str, int, float, bool, type(None))


class Configuration:
    """Settings of an ApiClient.

    :param host: URL of the API server
    :param api_key: tokens by name: `BearerToken`, or `authorization` as releases before 36 had it
    :param api_key_prefix: what stands before a token, `Bearer`
    :param username: user of HTTP basic authentication
    :param password: password of HTTP basic authentication
    :param discard_unknown_keys: kept for compatibility; unknown properties never harm
    :param disabled_client_side_validations: JSON schema keywords, separated by commas
    :param ssl_ca_cert: path of the CA certificates (PEM) that servers are verified against
    Raises ApiValueError for an unknown validation keyword.
    """

    _default: ClassVar[Configuration | None] = None

    def __init__(
        self,
        host: str | None = None,
        api_key: dict[str, str] | None = None,
        api_key_prefix: dict[str, str] | None = None,
        username: str | None = None,
        password: str | None = None,
        discard_unknown_keys: bool = False,
        disabled_client_side_validations: str = "",
        server_index: int | None = None,
        server_variables: dict[str, str] | None = None,
        server_operation_index: dict[str, int] | None = None,
        server_operation_variables: dict[str, Any] | None = None,
        ssl_ca_cert: str | None = None,
    ) -> None:
        self._base_path = "http://localhost" if host is None else host
        self.server_index = 0 if server_index is None and host is None else server_index
        self.server_operation_index = server_operation_index or {}
        self.server_variables = server_variables or {}
        self.server_operation_variables = server_operation_variables or {}
        self.temp_folder_path: str | None = None
        self.api_key = api_key or {}
        self.api_key_prefix = api_key_prefix or {}
        self.refresh_api_key_hook: Callable[[Configuration], Any] | None = None
        self.username = username
        self.password = password
        self.discard_unknown_keys = discard_unknown_keys
        self.disabled_client_side_validations = disabled_client_side_validations
        self.client_side_validation = True
        self.safe_chars_for_path_param = ""
        self._set_logging()
        self._set_transport(ssl_ca_cert)

    def _set_logging(self) -> None:
        self._logger: dict[str, logging.Logger] | None = None
        self._logger_format = "%(asctime)s %(levelname)s %(message)s"
        self._logger_formatter: logging.Formatter | None = None
        self._logger_file: str | None = None
        self.logger_stream_handler: logging.Handler | None = None
        self.logger_file_handler: logging.Handler | None = None
        self._debug = False

    def _set_transport(self, ssl_ca_cert: str | None) -> None:
        self.verify_ssl = True
        self.ssl_ca_cert = ssl_ca_cert
        self.cert_file: str | None = None
        self.key_file: str | None = None
        self.assert_hostname: bool | str | None = None
        self.tls_server_name: str | None = None
        # Connections kept for reuse, for the many threads that a controller may have.
        self.connection_pool_maxsize: int | None = (os.cpu_count() or 1) * 5
        self.proxy: str | None = None
        self.no_proxy: str | None = None
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):  # the last one set wins, as published
            self.proxy = os.environ.get(name) or self.proxy
        for name in ("NO_PROXY", "no_proxy"):
            self.no_proxy = os.environ.get(name) or self.no_proxy
        self.proxy_headers: dict[str, str] | None = None
        self.retries: Any = None
        self.socket_options: Any = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        result = type(self).__new__(type(self))
        memo[id(self)] = result
        for name, value in self.__dict__.items():
            # Loggers and their handlers are the process's: copies share them.
            shared = name in _SHARED or isinstance(value, _PLAIN)
            result.__dict__[name] = value if shared else deepcopy(value, memo)
        return result

    def __getstate__(self) -> dict[str, Any]:
        return {name: None if name in _SHARED else value for name, value in self.__dict__.items()}

    @classmethod
    def set_default(cls, default: Configuration | None) -> None:
        """Make a copy of `default` the process-wide default."""
        cls._default = deepcopy(default)

    @classmethod
    def get_default(cls) -> Configuration:
        """Return the process-wide default itself, made at the first call."""
        if cls._default is None:
            cls._default = cls()
        return cls._default

    @classmethod
    def get_default_copy(cls) -> Configuration:
        """Return a copy of the process-wide default, or a new Configuration where none was set."""
        return Configuration() if cls._default is None else deepcopy(cls._default)

    @property
    def disabled_client_side_validations(self) -> str:
        """JSON schema keywords that are not validated, separated by commas."""
        return self._disabled_keywords

    @disabled_client_side_validations.setter
    def disabled_client_side_validations(self, value: str) -> None:
        keywords = {keyword for keyword in value.split(",") if keyword}
        for keyword in keywords - JSON_SCHEMA_VALIDATION_KEYWORDS:
            raise ApiValueError(f"Invalid keyword: '{keyword}''")
        self._disabled_keywords = value
        self._disabled_client_side_validations = keywords

    @property
    def logger(self) -> dict[str, logging.Logger]:
        """The loggers that `debug` and `logger_file` are for, by role."""
        if self._logger is None:
            import logging

            self._logger = {name: logging.getLogger(of) for name, of in _LOGGERS.items()}
        return self._logger

    @logger.setter
    def logger(self, value: dict[str, logging.Logger]) -> None:
        self._logger = value

    @property
    def logger_file(self) -> str | None:
        """Path of the file that the loggers also write to; setting it adds a handler."""
        return self._logger_file

    @logger_file.setter
    def logger_file(self, value: str | None) -> None:
        self._logger_file = value
        if value:
            import logging

            self.logger_file_handler = logging.FileHandler(value)
            self.logger_file_handler.setFormatter(self.logger_formatter)
            for logger in self.logger.values():
                logger.addHandler(self.logger_file_handler)

    @property
    def debug(self) -> bool:
        """Whether the loggers are at DEBUG (True) or WARNING (False) and http.client prints what it sends.

        No logger is touched before this is set: a program's own levels stay.
        """
        return self._debug

    @debug.setter
    def debug(self, value: bool) -> None:
        import http.client
        import logging

        self._debug = value
        for logger in self.logger.values():
            logger.setLevel(logging.DEBUG if value else logging.WARNING)
        http.client.HTTPConnection.debuglevel = 1 if value else 0

    @property
    def logger_format(self) -> str:
        """Format of the lines in `logger_file`."""
        return self._logger_format

    @logger_format.setter
    def logger_format(self, value: str) -> None:
        self._logger_format = value
        self._logger_formatter = None

    @property
    def logger_formatter(self) -> logging.Formatter:
        """The formatter for `logger_format`."""
        if self._logger_formatter is None:
            import logging

            self._logger_formatter = logging.Formatter(self._logger_format)
        return self._logger_formatter

    @logger_formatter.setter
    def logger_formatter(self, value: logging.Formatter) -> None:
        self._logger_formatter = value

    def get_api_key_with_prefix(self, identifier: str, alias: str | None = None) -> str | None:
        """Return a token with its prefix, after `refresh_api_key_hook` had its chance; None where there is none."""
        if self.refresh_api_key_hook is not None:
            self.refresh_api_key_hook(self)
        return self._key_with_prefix(identifier, alias)

    def _key_with_prefix(self, identifier: str, alias: str | None) -> str | None:
        named = identifier if identifier in self.api_key or alias is None else alias
        key = self.api_key.get(named)
        if not key:
            return None
        prefix = self.api_key_prefix.get(identifier)
        if prefix is None and not key.startswith("Bearer "):  # as programs for 36 write it, which left the old prefix out
            prefix = self.api_key_prefix.get(named)
        return f"{prefix} {key}" if prefix else key

    def get_basic_auth_token(self) -> str | None:
        """Return the Authorization header of HTTP basic authentication."""
        import urllib3

        credentials = f"{self.username or ''}:{self.password or ''}"
        headers: dict[str, str] = urllib3.util.make_headers(basic_auth=credentials)
        return headers.get("authorization")

    def auth_settings(self) -> dict[str, dict[str, Any]]:
        """Return how requests are authenticated, by the name of the security scheme."""
        if "BearerToken" not in self.api_key and "authorization" not in self.api_key:
            return {}
        value = self.get_api_key_with_prefix("BearerToken", alias="authorization")
        return {"BearerToken": {"type": "api_key", "in": "header", "key": "authorization", "value": value}}

    def to_debug_report(self) -> str:
        """Return what a bug report should say of the platform and of this client."""
        import sys

        from kubernetes.client._build import API_LEVEL, KUBERNETES_VERSION

        return (
            f"Python SDK Debug Report:\nOS: {sys.platform}\nPython Version: {sys.version}\n"
            f"Version of the API: {KUBERNETES_VERSION}\nSDK Package Version: {API_LEVEL}"
        )

    def get_host_settings(self) -> list[dict[str, Any]]:
        """Return the servers that the OpenAPI document names: one, the host itself."""
        return [{"url": "", "description": "No description provided"}]

    def get_host_from_settings(
        self, index: int | None, variables: Mapping[str, str] | None = None, servers: list[dict[str, Any]] | None = None
    ) -> str:
        """Return the URL of a server with its variables filled in. Raises ValueError for an unknown index or value."""
        if index is None:
            return self._base_path
        return host_from_settings(index, variables or {}, self.get_host_settings() if servers is None else servers)

    @property
    def host(self) -> str:
        """URL of the API server."""
        return self.get_host_from_settings(self.server_index, variables=self.server_variables)

    @host.setter
    def host(self, value: str) -> None:
        self._base_path = value
        self.server_index = None


_LOGGERS = {"package_logger": "client", "urllib3_logger": "urllib3"}
