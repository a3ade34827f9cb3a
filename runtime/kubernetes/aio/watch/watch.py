"""`Watch` for asyncio: an API method → an asynchronous stream of its events, each decoded once."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, overload

from kubernetes.aio._within import within
from kubernetes.aio.client.api_client import ApiClient
from kubernetes.client.exceptions import ApiException
from kubernetes.watch.backoff import Backoff
from kubernetes.watch.watch import Watch as _Watch
from kubernetes.watch.watch import _is_gone, failure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
    from types import TracebackType
    from typing import Protocol

    from kubernetes.pager import ListOf
    from kubernetes.watch.event import WatchEvent
    from typing_extensions import Self, TypeVar

    T = TypeVar("T", default=Any)
    S = TypeVar("S")
    E_co = TypeVar("E_co", covariant=True)

    class Stream(Protocol[E_co]):
        """What `Watch.stream` returns: the watch itself, as something to iterate over."""

        def __aiter__(self) -> AsyncIterator[E_co]: ...
        async def __anext__(self) -> E_co: ...
        async def __aenter__(self) -> Self: ...
        async def __aexit__(
            self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
        ) -> None: ...
        def stop(self) -> None: ...
        async def close(self) -> None: ...

else:
    from typing import TypeVar

    T = TypeVar("T")


async def _lines(response: Any, *, rest: bool) -> AsyncGenerator[bytes]:
    """Split a response into lines, in time linear in its size; what follows the last newline is one only if `rest`."""
    parts: list[bytes] = []
    async for data in response.content.iter_any():
        first, newline, others = data.partition(b"\n")
        parts.append(first)
        if newline:
            yield b"".join(parts)
            *whole, last = others.split(b"\n")
            for line in whole:
                yield line
            parts = [last]
    if rest and any(parts):
        yield b"".join(parts)


class Watch(_Watch[T]):
    """Streams the events of an API: `async for event in Watch().stream(api.list_namespaced_pod, "default")`.

    Leaving the loop early keeps the connection open until `close`, or the end of `async with Watch() as watch`.

    :param return_type: type of the events' objects; by default what the API method's docstring says
    :param forever: go on until `stop()`, whatever happens: see `kubernetes.watch.Watch.stream`
    """

    @overload
    def __init__(self, return_type: type[T], *, forever: bool = False) -> None: ...
    @overload
    def __init__(self, return_type: str | None = None, *, forever: bool = False) -> None: ...
    def __init__(self, return_type: str | type | None = None, *, forever: bool = False) -> None:
        self._raw_return_type = return_type
        self._forever = forever
        self._wake: Any = asyncio.Event()
        self._stop = False
        self._api_client = ApiClient()  # decodes; it opens no connection
        self._resp: Any = None
        self._asking: Any = None
        self._running: Any = None
        self.resource_version: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        if self._running is None:
            raise StopAsyncIteration
        return await self._running.__anext__()

    next = __anext__  # as 37 names it

    def stop(self) -> None:
        """End the stream; a request or a read that is under way ends at once."""
        self._stop = True
        self._wake.set()
        if self._asking is not None:
            self._asking.cancel()
        if self._resp is not None:
            _hang_up(self._resp)

    async def close(self) -> None:
        """End the stream and give its connection back."""
        self.stop()
        running, self._running = self._running, None
        if running is not None:
            while running.ag_running:  # noqa: ASYNC110 - another task reads; `stop` has ended that, and nothing tells when
                await asyncio.sleep(0.001)
            await running.aclose()

    @overload  # type: ignore[override]
    def stream(self, func: Callable[..., Awaitable[ListOf[S]]], *args: Any, **kwargs: Any) -> Stream[WatchEvent[S]]: ...
    @overload
    def stream(self, func: Callable[..., Awaitable[str]], *args: Any, **kwargs: Any) -> Stream[str]: ...
    @overload
    def stream(self, func: Callable[..., Awaitable[dict[str, Any]]], *args: Any, **kwargs: Any) -> Stream[WatchEvent[T]]: ...
    def stream(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Watch an API resource, or follow a log; parameters and events as of `kubernetes.watch.Watch.stream`."""
        self._stop = False
        self._wake = asyncio.Event()  # not that of another event loop
        self._running = (self._run_forever if self._forever else self._run)(func, args, kwargs)
        return self

    def _run_forever(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> AsyncIterator[Any]:
        from kubernetes.aio.watch import forever

        deserialize = kwargs.pop("deserialize", True)
        return forever.events(self, func, args, self._reflector(func, kwargs, deserialize, forever.broken()), deserialize)

    async def _run(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> AsyncIterator[Any]:
        if "resource_version" in kwargs:
            self.resource_version = kwargs["resource_version"]
        deserialize = kwargs.pop("deserialize", True)
        logs = self.get_watch_argument_name(func) != "watch"
        # Whoever gives a timeout wants the stream to end within it.
        once = logs or "timeout_seconds" in kwargs
        gone, backoff = False, Backoff()
        while not self._stop:
            brought = False
            try:
                async with contextlib.aclosing(self._events_of(func, args, kwargs, logs, deserialize)) as found:
                    async for event in found:
                        if not logs and event["type"] == "ERROR":
                            if once or gone or not _is_gone(event):
                                raise failure(event)
                            gone = True
                            break
                        gone, brought = False, True
                        yield event
            except asyncio.TimeoutError:
                if once or not self._reading:
                    raise
            if once or self._stop:
                return
            if self.resource_version is not None:
                kwargs["resource_version"] = self.resource_version
            if brought:
                backoff.reset()
            elif not gone:
                await self._pause(backoff.delay())

    async def _pause(self, seconds: float) -> None:
        """Wait, at most until `stop`."""
        with contextlib.suppress(asyncio.TimeoutError):
            await within(seconds, self._wake.wait())

    async def _events_of(
        self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], logs: bool, deserialize: bool
    ) -> AsyncGenerator[Any]:
        """Yield what one connection brings, to its end or to a line that is no event."""
        return_type = self.get_return_type(func)
        async with contextlib.aclosing(self._connected(func, args, kwargs)) as found:
            async for line in found:
                if logs:
                    yield line.decode("utf-8", "replace")
                elif line.strip():
                    event = self._parsed(line, return_type, deserialize)
                    if event is None:
                        return
                    if not return_type:  # as of the dynamic client: nothing else keeps it
                        self._keep_version(event["object"])
                    yield event
                if self._stop:
                    return

    async def _connected(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> AsyncGenerator[bytes]:
        """Yield the lines that one connection brings."""
        argument = self.get_watch_argument_name(func)

        async def connect() -> None:
            self._resp = await opened(func, args, {**kwargs, argument: True, "_preload_content": False})

        self._reading = False
        try:
            await self._unless_stopped(connect())
            self._reading = True
            async with contextlib.aclosing(_lines(self._resp, rest=argument != "watch")) as lines:
                async for line in lines:
                    yield line
        except Exception:
            if not self._stop:  # else the response was closed under the read
                raise
        finally:
            response, self._resp = self._resp, None
            if response is not None:
                _hang_up(response)

    async def _unless_stopped(self, coroutine: Any) -> Any:
        """Return what a coroutine returns; `stop` cancels it. Raises ConnectionAbortedError if it did."""
        asking = self._asking = asyncio.ensure_future(coroutine)
        try:
            await asyncio.wait({asking})
        finally:
            self._asking = None
            if not asking.done():  # who waits here was cancelled
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
        if self._stop:
            asking.cancelled() or asking.exception()
            raise ConnectionAbortedError("stopped")
        return asking.result()


def _hang_up(response: Any) -> None:
    """End a response that may be unfinished; over TLS a polite end would outlive the session."""
    connection = response.connection
    if connection is not None and connection.transport is not None:
        connection.transport.abort()
    response.close()


async def opened(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Return the response of a watch that was accepted. Raises ApiException for one that was refused."""
    response = await func(*args, **kwargs)
    if 200 <= response.status <= 299:
        return response
    try:
        body = (await response.read()).decode("utf-8", errors="replace")
    finally:
        response.close()
    error = ApiException(status=response.status, reason=response.reason)
    error.body, error.headers = body, response.headers
    raise error
