"""kr8s: objects are dicts as the server sent them, made by `json.loads` and wrapped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def watcher(url: str) -> Callable[[], int]:
    """Watch until the server ends the answer; return how many events came."""
    import kr8s.asyncio
    from kr8s.asyncio.objects import Pod

    loop = asyncio.new_event_loop()

    async def connect() -> Any:
        return await kr8s.asyncio.api(url=url)

    async def main() -> int:
        return sum([1 async for _ in api.async_watch(Pod, namespace="d")])

    api = loop.run_until_complete(connect())
    return lambda: loop.run_until_complete(main())
