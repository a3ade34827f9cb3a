"""A time limit around an awaitable that never loses a cancellation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")


async def within(seconds: float | None, work: Awaitable[T]) -> T:
    """Return what `work` gives, which is cancelled after `seconds` (None: never) and when this is.

    `asyncio.wait_for` before Python 3.12 swallows a cancellation that comes together with the result (bpo-42130).
    Raises asyncio.TimeoutError, and what `work` raises.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait([task], timeout=seconds)
    except asyncio.CancelledError:
        await _end(task)
        raise
    if not done:
        await _end(task)
        if task.cancelled():
            raise asyncio.TimeoutError
    return task.result()


async def _end(task: asyncio.Future[T]) -> None:
    """Cancel what may have ended, and wait for it; its error, if it has one, is nobody's any more."""
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.exception()
