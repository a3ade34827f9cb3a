"""`Watch` for asyncio: an API method → an asynchronous stream of its events, each decoded once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from kubernetes.aio.client.api_client import ApiClient
from kubernetes.client.exceptions import ApiException
from kubernetes.watch.watch import Watch as _Watch
from kubernetes.watch.watch import _failure, _is_gone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import TracebackType

    from typing_extensions import Self

T = TypeVar("T")


async def _lines(response: Any) -> AsyncIterator[bytes]:
    """Split a response into lines, in time linear in its size; what follows the last newline is incomplete."""
    parts: list[bytes] = []
    async for data in response.content.iter_any():
        first, newline, rest = data.partition(b"\n")
        parts.append(first)
        if newline:
            yield b"".join(parts)
            *whole, last = rest.split(b"\n")
            for line in whole:
                yield line
            parts = [last]


class Watch(_Watch[T]):
    """Streams the events of an API: `async for event in Watch().stream(api.list_namespaced_pod, "default")`.

    Leaving the loop early keeps the connection open until `close`, or the end of `async with Watch() as watch`.

    :param return_type: type of the events' objects; by default what the API method's docstring says
    """

    def __init__(self, return_type: str | type | None = None) -> None:
        self._raw_return_type = return_type
        self._stop = False
        self._api_client = ApiClient()  # decodes; it opens no connection
        self._resp: Any = None
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

    def stop(self) -> None:
        """End the stream; a read that is under way returns at once."""
        self._stop = True
        if self._resp is not None:
            self._resp.close()

    async def close(self) -> None:
        """End the stream and give its connection back."""
        self.stop()
        running, self._running = self._running, None
        if running is not None:
            await running.aclose()

    def stream(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Self:  # type: ignore[override]
        """Watch an API resource, or follow a log; parameters and events as of `kubernetes.watch.Watch.stream`."""
        self._stop = False
        self._running = self._run(func, args, kwargs)
        return self

    async def _run(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> AsyncIterator[Any]:
        return_type, watch_arg = self.get_return_type(func), self.get_watch_argument_name(func)
        deserialize = kwargs.pop("deserialize", True)
        kwargs = {**kwargs, watch_arg: True, "_preload_content": False}
        if "resource_version" in kwargs:
            self.resource_version = kwargs["resource_version"]
        # Whoever gives a timeout wants the stream to end within it.
        once = "timeout_seconds" in kwargs
        gone = False
        while not self._stop:
            self._resp = await _opened(func, args, kwargs)
            try:
                async for line in _lines(self._resp):
                    event = self._event(line, watch_arg, return_type, deserialize)
                    if event is None:
                        continue
                    if watch_arg == "watch" and event["type"] == "ERROR":
                        if once or gone or not _is_gone(event):
                            raise _failure(event)  # noqa: TRY301 - the handler tells a stop from a failure
                        gone = True
                        break
                    gone = False
                    yield event
                    if self._stop:
                        return
            except Exception:
                if self._stop:  # the response was closed under the read
                    return
                raise
            finally:
                self._resp.close()
                self._resp = None
            if once or self.resource_version is None:
                return
            kwargs["resource_version"] = self.resource_version

    def _event(self, line: bytes, watch_arg: str, return_type: Any, deserialize: bool) -> Any:
        if watch_arg != "watch":
            return line.decode("utf-8", errors="replace")
        if not deserialize:
            return json.loads(line) if line.strip() else None
        return self.unmarshal_event(line, return_type)


async def _opened(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
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
