"""`Configuration` of the asynchronous client: a hook that refreshes tokens may be a coroutine."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, ClassVar

from kubernetes.client._lazy import late
from kubernetes.client.configuration import JSON_SCHEMA_VALIDATION_KEYWORDS
from kubernetes.client.configuration import Configuration as _Configuration
from kubernetes.client.exceptions import ApiValueError

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ("JSON_SCHEMA_VALIDATION_KEYWORDS", "ApiValueError", "Configuration")

__getattr__ = late(__name__, {
    "httplib": "http.client", **{name: name for name in ("asyncio", "copy", "logging", "six", "sys", "urllib3")},
})  # fmt: skip


class Configuration(_Configuration):
    """Settings of an asynchronous ApiClient; parameters as of `kubernetes.client.Configuration`.

    The process-wide default is its own. `connection_pool_maxsize` is how many connections may be open at once (None:
    any number); proxies come from `proxy`, else from the environment, as aiohttp reads it.
    """

    _default: ClassVar[_Configuration | None] = None

    def _set_transport(self, ssl_ca_cert: str | None) -> None:
        super()._set_transport(ssl_ca_cert)
        self.connection_pool_maxsize = 100
        self.proxy = self.no_proxy = None
        self.disable_strict_ssl_verification = False
        """Accept certificates that lack extensions which X.509 asks for (ssl.VERIFY_X509_STRICT)."""

    @classmethod
    def get_default_copy(cls) -> Self:
        """Return a copy of the process-wide default, or a new Configuration where none was set."""
        import copy

        found: Self = cls() if cls._default is None else copy.deepcopy(cls._default)  # type: ignore[assignment]
        return found

    async def get_api_key_with_prefix(self, identifier: str, alias: str | None = None) -> str | None:  # type: ignore[override]
        """Return a token with its prefix, after `refresh_api_key_hook` had its chance; None where there is none."""
        if self.refresh_api_key_hook is not None:
            refreshed = self.refresh_api_key_hook(self)
            if inspect.isawaitable(refreshed):
                await refreshed
        return self._key_with_prefix(identifier, alias)

    async def auth_settings(self) -> dict[str, dict[str, Any]]:  # type: ignore[override]
        """Return how requests are authenticated, by the name of the security scheme."""
        if "BearerToken" not in self.api_key and "authorization" not in self.api_key:
            return {}
        value = await self.get_api_key_with_prefix("BearerToken", alias="authorization")
        return {"BearerToken": {"type": "api_key", "in": "header", "key": "authorization", "value": value}}
