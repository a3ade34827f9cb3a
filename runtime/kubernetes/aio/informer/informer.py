"""`SharedInformer` for asyncio: a list method → a cache that is kept up to date, and calls for what changes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kubernetes.aio.informer.cache import Lister, ObjectCache
from kubernetes.aio.informer.dispatch import Dispatcher
from kubernetes.aio.watch import forever
from kubernetes.aio.watch.watch import Watch
from kubernetes.watch.reflector import Reflector

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from types import TracebackType

    from kubernetes.pager import ListOf
    from typing_extensions import Self

T = TypeVar("T")

ADDED = "ADDED"
MODIFIED = "MODIFIED"
DELETED = "DELETED"
BOOKMARK = "BOOKMARK"
ERROR = "ERROR"
_TYPES = (ADDED, BOOKMARK, DELETED, ERROR, MODIFIED)
QUEUE_SIZE = 1000
"""Events that may wait for handlers; then the watch is read no further until it has caught up."""


class SharedInformer(Generic[T]):
    """Keeps the objects of a list method at hand: one list in chunks, then a watch that never ends.

    `async with SharedInformer(core.list_namespaced_pod, "default") as informer:` has a full cache inside the block.

    :param list_func: a list method of an asynchronous API class
    :param namespace: its namespace; None for all, or for objects that have none
    :param resync_period: seconds after which all is listed anew, and every object told as MODIFIED; 0 for never
    :param label_selector: passed to the method
    :param field_selector: passed to the method
    :param key_func: an object → its key in the cache, by default `namespace/name`
    :param queue_size: events that may wait for the handlers
    """

    def __init__(
        self,
        list_func: Callable[..., Awaitable[ListOf[T]]],
        namespace: str | None = None,
        resync_period: float = 0,
        label_selector: str | None = None,
        field_selector: str | None = None,
        key_func: Callable[[Any], Any] | None = None,
        *,
        queue_size: int = QUEUE_SIZE,
    ) -> None:
        self._list_func = list_func
        chosen = {"namespace": namespace, "label_selector": label_selector, "field_selector": field_selector}
        self._arguments = {name: value for name, value in chosen.items() if value is not None}
        self._resync_period = resync_period
        self._cache: ObjectCache[T] = ObjectCache(key_func)
        self._dispatcher = Dispatcher(_TYPES, queue_size)
        self._watch: Watch[T] | None = None
        self._task: asyncio.Task[None] | None = None
        self._synced = asyncio.Event()

    @property
    def cache(self) -> ObjectCache[T]:
        """The objects, by key and by index."""
        return self._cache

    @property
    def lister(self) -> Lister[T]:
        """The objects, by name, namespace and labels."""
        return Lister(self._cache)

    @property
    def has_synced(self) -> bool:
        """Whether the cache is complete."""
        return self._synced.is_set()

    async def wait_for_sync(self, timeout: float | None = None) -> None:
        """Wait until the cache is complete. Raises TimeoutError after `timeout` seconds."""
        waiting = asyncio.ensure_future(self._synced.wait())
        try:
            await asyncio.wait({waiting, *filter(None, [self._task])}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if self._task is not None and self._task.done():
            self._task.result()
        if not self.has_synced:
            raise TimeoutError(f"not listed within {timeout} s")

    def add_indexers(self, indexers: dict[str, Callable[[T], Any]]) -> None:
        """Let `cache.by_index` find objects by the values that a function gives for them."""
        self._cache.add_indexers(indexers)

    def add_event_handler(self, event_type: str, handler: Callable[[Any], Any]) -> None:
        """Call a function, or a coroutine function, for each event of a type: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.

        It gets the object (an exception for ERROR). All handlers are called one after the other, in the order of the
        events; while one is slow, the others wait, and then the watch. Exceptions of handlers are logged. One that is
        added to a running informer for ADDED gets what is cached first. Raises ValueError for another type.
        """
        self._dispatcher.add(event_type, handler, self._cache.list() if event_type == ADDED else [])

    def remove_event_handler(self, event_type: str, handler: Callable[[Any], Any]) -> None:
        """Call a function no more; nothing happens if it isn't registered."""
        self._dispatcher.remove(event_type, handler)

    async def start(self) -> None:
        """Begin to list and watch; nothing happens if that is under way."""
        if self._task is not None and not self._task.done():
            return
        await self.stop()
        self._dispatcher.start()
        self._watch = Watch(forever=True)
        self._task = asyncio.ensure_future(self._run(self._watch))

    async def stop(self) -> None:
        """End the watch, and the handlers with the call that is under way. The cache stays as it is."""
        task, self._task = self._task, None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        if task is not None:
            task.cancel()
        ended = [task, self._dispatcher.end()]
        # A handler may be who stops the informer; it can't wait for itself.
        mine = asyncio.current_task()
        await asyncio.gather(*(one for one in ended if one is not None and one is not mine), return_exceptions=True)
        self._synced = asyncio.Event()  # the next may be of another event loop

    async def __aenter__(self) -> Self:
        await self.start()
        try:
            await self.wait_for_sync()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def _run(self, watch: Watch[T]) -> None:
        events = forever.events(watch, self._list_func, (), _Caching(watch, self), deserialize=True)
        async with contextlib.aclosing(events):
            async for event in events:
                event_type, found = event["type"], event["object"]
                if event_type != BOOKMARK:
                    self._cache._follow(event_type, found)
                await self._dispatcher.put(event_type, found)


class _Caching(Reflector):
    """A reflector whose objects are the informer's cache, that lists anew in time and tells of errors."""

    def __init__(self, watch: Watch[Any], informer: SharedInformer[Any]) -> None:
        self._informer = informer
        arguments = {**informer._arguments, "allow_watch_bookmarks": True}
        super().__init__(arguments, (Exception,), watch._made(deserialize=True), informer._cache._key_func)
        self.objects = informer._cache._objects
        self._resync = informer._resync_period
        self._resync_at = 0.0

    def listed(self, page: Any) -> Iterator[Any]:
        """As of Reflector; then the cache is complete."""
        yield from super().listed(page)
        self._informer._synced.set()
        self._resync_at = time.monotonic() + self._resync

    def watch_arguments(self, most: float | None = None) -> dict[str, Any]:
        """As of Reflector; a watch ends when the next list is due."""
        return super().watch_arguments(self._resync_at - time.monotonic() if self._resync else most)

    def ended(self) -> float:
        """As of Reflector; a list that is due comes at once."""
        return 0.0 if self._is_due() else super().ended()

    def failed(self, error: Exception) -> float:
        """As of Reflector, but never raises: an informer that was started goes on trying."""
        import logging

        logging.getLogger(__name__).warning("listing or watching failed, to be tried again: %s: %s", type(error).__name__, error)
        self._informer._dispatcher.put_if_room(ERROR, error)
        self._worked = True
        delay = super().failed(error)
        self._is_due()
        return delay

    def _is_due(self) -> bool:
        due = bool(self._resync) and time.monotonic() >= self._resync_at > 0
        if due:
            self.version, self.again = None, True
        return due
