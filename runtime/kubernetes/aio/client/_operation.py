"""Asynchronous API classes: those of `kubernetes.client`, called through an asynchronous ApiClient.

An operation is described once; its method ends in `call_api`, which is a coroutine function here.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from kubernetes.client._operation import Api as _Api
from kubernetes.client.exceptions import ApiTypeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubernetes.aio.client.api_client import ApiClient


class Api(_Api):
    """Base of the asynchronous API classes."""

    api_client: ApiClient

    def __init__(self, api_client: ApiClient | None = None) -> None:
        if api_client is None:
            from kubernetes.aio.client.api_client import ApiClient

            api_client = ApiClient()
        elif isinstance(api_client, _Api):
            name = type(api_client).__name__
            raise ApiTypeError(f"{type(self).__name__} takes an ApiClient, not a {name}; pass its `api_client`")
        self.api_client = api_client

    async def close(self) -> None:  # type: ignore[override]
        """Close the client's connections."""
        await self.api_client.close()


def asynchronous(cls: Any, module: str) -> Any:
    """Return the asynchronous class of an API class."""
    namespace: dict[str, Any] = {
        name: _coroutine_function(method, module)
        for name, method in vars(cls).items()
        if not name.startswith("_") and callable(method)
    }
    return type(
        cls.__name__, (Api,), {**namespace, "__module__": module, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    )


def _coroutine_function(method: Callable[..., Any], module: str) -> Callable[..., Any]:
    @functools.wraps(method)
    async def call(*args: Any, **kwargs: Any) -> Any:
        return await method(*args, **kwargs)

    call.__module__ = module
    return call
