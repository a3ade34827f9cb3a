"""A watch that never ends: what `Reflector` decides, done with asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from kubernetes.aio.pager import Pager
from kubernetes.watch.forever import parsed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from kubernetes.aio.watch.watch import Watch
    from kubernetes.watch.reflector import Reflector


def broken() -> tuple[type[BaseException], ...]:
    """Return the exceptions that mean a connection that failed."""
    import aiohttp

    return (aiohttp.ClientError, asyncio.TimeoutError, OSError)


def raw(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a list method that gives the JSON as it came."""

    async def listed(*args: Any, **kwargs: Any) -> Any:
        from kubernetes.aio.watch.watch import opened

        response = await opened(func, args, {**kwargs, "_preload_content": False})
        try:
            return json.loads(await response.read())
        finally:
            response.close()

    return listed


def interruptible(watch: Watch[Any], func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a list method that ends when the watch is stopped."""

    async def listed(*args: Any, **kwargs: Any) -> Any:
        return await watch._unless_stopped(func(*args, **kwargs))

    return listed


async def events(
    watch: Watch[Any], func: Callable[..., Any], args: Any, reflector: Reflector, deserialize: bool
) -> AsyncGenerator[Any]:
    """Yield events until the watch is stopped. Raises what trying again can't help."""
    return_type = watch.get_return_type(func)
    listing = interruptible(watch, raw(func) if reflector.lists_raw or not deserialize else func)
    while not watch._stop:
        try:
            if reflector.version is None:
                page = None
                async for page in Pager().pages(listing, *args, **reflector.list_arguments()):
                    for event in reflector.page(page):
                        yield event
                        if watch._stop:
                            return
                for event in reflector.listed(page):
                    yield event
                page = event = None  # a list would keep all its objects, as long as this watch lasts
            watch.resource_version = reflector.version
            if not watch._stop:
                async with contextlib.aclosing(watch._connected(func, args, reflector.watch_arguments())) as found:
                    async for line in found:
                        if not line.strip():
                            continue
                        told = reflector.received(parsed(watch, line, return_type, deserialize))
                        if told is not None:
                            yield told
                        if watch._stop:
                            return
            delay = reflector.ended()
        except Exception as error:  # noqa: BLE001 - raised again unless trying again can help
            if watch._stop:
                return
            delay = reflector.failed(error)
        if delay and not watch._stop:
            await watch._pause(delay)
