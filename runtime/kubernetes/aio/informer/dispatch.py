"""Events → calls of the handlers, in the order of the events; a bounded number waits, so that slow handlers cost no memory."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Function = Callable[[Any], Any]


class Dispatcher:
    """Calls functions, or coroutine functions, one after the other in a task of its own.

    :param types: of events
    :param size: events that may wait; whoever has more waits too
    """

    def __init__(self, types: Sequence[str], size: int) -> None:
        self._functions: dict[str, list[Function]] = {event_type: [] for event_type in types}
        self._size = size
        self._task: asyncio.Task[None] | None = None
        self._busy = False
        self._late: list[tuple[str, Function]] = []
        """Functions that will be called as soon as the events before them are told."""
        self._putting: tuple[str, Any] | None = None
        """The event that waits for room."""

    def add(self, event_type: str, function: Function, first: Sequence[Any]) -> None:
        """Call a function from now on; if calls are under way, with what is there already first."""
        if event_type not in self._functions:
            raise ValueError(f"unknown event_type {event_type!r}, use one of: {', '.join(self._functions)}")
        if self._task is None:
            self._functions[event_type].append(function)
            return
        # After the events that wait, as what they tell is in `first`; so is what will be told next, if it waits for room.
        told = self._putting[1] if self._putting is not None and self._putting[0] == event_type else None
        self._late.append((event_type, function))
        self._queue.put_nowait((event_type, function, [one for one in first if one is not told]))

    def remove(self, event_type: str, function: Function) -> None:
        """Call a function no more, if it is called."""
        if function in self._functions.get(event_type, ()):
            self._functions[event_type].remove(function)
        elif (event_type, function) in self._late:
            self._late.remove((event_type, function))

    def start(self) -> None:
        """Begin to call."""
        self._queue: asyncio.Queue[tuple[str, Function | None, Any]] = asyncio.Queue()
        self._has_room = asyncio.Event()
        self._task = asyncio.ensure_future(self._run())
        self._task.add_done_callback(lambda _: self._has_room.set())

    def end(self) -> asyncio.Task[None] | None:
        """Call nothing more; return the task, which ends with the call that is under way, if there is one."""
        task, self._task = self._task, None
        for event_type, function in self._late:
            self._functions[event_type].append(function)
        self._late.clear()
        if task is not None and not self._busy:
            task.cancel()
        return task

    @property
    def waiting(self) -> int:
        """Events that wait."""
        return self._queue.qsize()

    async def put(self, event_type: str, value: Any) -> None:
        """Tell of an event, after those that wait."""
        if self._functions[event_type] or self._queue.qsize():
            self._putting = (event_type, value)
            while self._queue.qsize() >= self._size and not self._is_over():
                self._has_room.clear()
                await self._has_room.wait()
            self._putting = None
            if self._is_over():
                raise RuntimeError("the task that calls the handlers was cancelled")
            self._queue.put_nowait((event_type, None, value))

    def _is_over(self) -> bool:
        return self._task is not None and self._task.done()

    def put_if_room(self, event_type: str, value: Any) -> None:
        """Tell of an event unless too many wait."""
        if self._queue.qsize() < self._size:
            self._queue.put_nowait((event_type, None, value))

    async def _run(self) -> None:
        mine = self._task
        while self._task is mine:
            event_type, late, value = await self._queue.get()
            self._has_room.set()
            if late is not None:
                if (event_type, late) not in self._late:  # removed meanwhile
                    continue
                self._late.remove((event_type, late))
                self._functions[event_type].append(late)
            calls = [(late, one) for one in value] if late else [(one, value) for one in self._functions[event_type]]
            for function, argument in calls:
                await self._call(function, argument)
                if self._task is not mine:
                    return

    async def _call(self, function: Function, value: Any) -> None:
        self._busy = True
        try:
            found = function(value)
            if inspect.isawaitable(found):
                await found
        except (Exception, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and self._is_cancelled():
                raise
            import logging

            logging.getLogger(__name__).exception("handler %r failed", function)
        finally:
            self._busy = False

    def _is_cancelled(self) -> bool:
        """Say whether this task is cancelled, and not what a handler waits for; Python 3.10 doesn't know."""
        requests = getattr(asyncio.current_task(), "cancelling", None)
        return self._task is None or requests is None or requests() > 0
