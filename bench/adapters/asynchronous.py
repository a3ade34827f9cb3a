"""`kubernetes.aio` of a wheel that has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def watcher(url: str) -> Callable[[], int]:
    """Watch until the server ends the answer; return how many events came."""
    from kubernetes.aio import client, watch

    loop = asyncio.new_event_loop()

    async def connect() -> Any:
        return client.CoreV1Api(client.ApiClient(client.Configuration(host=url)))

    async def main() -> int:
        stream = watch.Watch().stream(core.list_namespaced_pod, "d", timeout_seconds=1)
        return sum([1 async for _ in stream])

    core = loop.run_until_complete(connect())
    return lambda: loop.run_until_complete(main())


def informer(url: str, size: int, changes: int, watched: Callable[[str], Any]) -> None:
    """Cache Pods until all are there, then until so many of them have changed; `watched` is told of both."""
    from kubernetes.aio import client
    from kubernetes.aio.informer import MODIFIED, SharedInformer

    async def main() -> None:
        seen, done = 0, asyncio.Event()

        def changed(_: Any) -> None:
            nonlocal seen
            seen += 1
            if seen == changes:
                done.set()

        async with client.ApiClient(client.Configuration(host=url)) as api_client:
            following = SharedInformer(client.CoreV1Api(api_client).list_namespaced_pod, "i")
            following.add_event_handler(MODIFIED, changed)
            async with following:
                assert len(following.cache.list()) == size
                watched("complete")
                await done.wait()
                watched("changed")

    asyncio.run(main())
