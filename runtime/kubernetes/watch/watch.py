"""`Watch`: an API method → its stream of events, each decoded once."""

from __future__ import annotations

import http
import json
import pydoc
from typing import TYPE_CHECKING, Any, Generic, overload

import kubernetes.client as client  # noqa: PLR0402 - its names resolve late, and programs replace them
from kubernetes.client._model import decode, types
from kubernetes.client.api_client import ApiClient
from kubernetes.client.exceptions import ApiException
from kubernetes.watch.event import Event
from kubernetes.watch.lines import iter_resp_lines, lines
from kubernetes.watch.stopping import Stoppable, is_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kubernetes.pager import ListOf
    from kubernetes.watch.event import WatchEvent
    from kubernetes.watch.reflector import Reflector
    from typing_extensions import TypeVar

    T = TypeVar("T", default=Any)
    S = TypeVar("S")
else:
    from typing import TypeVar

    T = TypeVar("T")
_late_client: Any = client

PYDOC_RETURN_LABEL = ":rtype:"
PYDOC_FOLLOW_PARAM = ":param follow:"
# A list's type without this is the type of its items: PodList → Pod.
TYPE_LIST_SUFFIX = "List"
HTTP_STATUS_GONE = http.HTTPStatus.GONE


class SimpleNamespace:
    """An object with the attributes given."""

    def __init__(self, **kwargs: Any) -> None:
        self.__dict__.update(kwargs)


def _find_return_type(func: Callable[..., Any]) -> str:
    for line in pydoc.getdoc(func).splitlines():
        if line.startswith(PYDOC_RETURN_LABEL):
            return line[len(PYDOC_RETURN_LABEL) :].strip()
    return ""


class Watch(Stoppable, Generic[T]):
    """Streams the events of an API.

    :param return_type: type of the events' objects; by default what the API method's docstring says
    :param forever: go on until `stop()`, whatever happens, as client-go's reflector: see `stream`
    """

    @overload
    def __init__(self, return_type: type[T], *, forever: bool = False) -> None: ...
    @overload
    def __init__(self, return_type: str | None = None, *, forever: bool = False) -> None: ...
    def __init__(self, return_type: str | type | None = None, *, forever: bool = False) -> None:
        super().__init__()
        self._raw_return_type = return_type
        self._forever = forever
        self._api_client: ApiClient = _late_client.ApiClient()
        self.resource_version: Any = None

    def get_return_type(self, func: Callable[..., Any]) -> Any:
        """Return the type of the events' objects of an API method ("" if it isn't known)."""
        return self._raw_return_type or _find_return_type(func).removesuffix(TYPE_LIST_SUFFIX)

    def get_watch_argument_name(self, func: Callable[..., Any]) -> str:
        """Return the parameter that makes an API method stream: `follow` for logs."""
        return "follow" if PYDOC_FOLLOW_PARAM in pydoc.getdoc(func) else "watch"

    def unmarshal_event(self, data: str | bytes, return_type: Any) -> Any:
        """Return the event that a line describes, or None for a blank line and for one that isn't JSON.

        Keeps the `resource_version` that a new watch would go on from.
        """
        if not data or data.isspace():
            return None
        if isinstance(return_type, str) and self._decodes_bytes() and types.is_modelled(return_type):
            event = self._decode(data, return_type)
            if event is not None:
                return event
        return self._unmarshal_published(data, return_type)

    def _decodes_bytes(self) -> bool:
        api_client: Any = self._api_client
        return (
            isinstance(api_client, ApiClient)
            and type(api_client).deserialize is ApiClient.deserialize
            and "deserialize" not in api_client.__dict__
            and api_client._decodes_bytes()
        )

    def _decode(self, data: str | bytes, return_type: str) -> Event | None:
        line = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        walker: Any = self._api_client
        try:
            event_type, found = decode.decode_event(line, return_type, walker._ApiClient__walk)
        except ValueError:
            return None  # the published way decides what it is
        if event_type == "BOOKMARK":
            self._keep_version(found)
        elif event_type != "ERROR":
            found = self._api_client._own(found)
            if hasattr(found, "metadata"):
                self.resource_version = found.metadata.resource_version
        return Event(event_type, found, line)

    def _keep_version(self, value: Any) -> None:
        metadata = value.get("metadata") if isinstance(value, dict) else None
        if isinstance(metadata, dict) and "resourceVersion" in metadata:
            self.resource_version = metadata["resourceVersion"]

    def _unmarshal_published(self, data: str | bytes, return_type: Any) -> Any:
        text = data.decode("utf-8", "replace") if isinstance(data, (bytes, bytearray)) else data
        try:
            event = json.loads(text)
        except json.JSONDecodeError:
            return None
        if "object" not in event and event.get("kind") == "Status":  # of what stands before the server
            event = {"type": "ERROR", "object": event}
        event["raw_object"] = event["object"]
        if not return_type:
            return event
        if event["type"] == "BOOKMARK":
            self._keep_version(event["object"])
        elif event["type"] != "ERROR":
            holder = SimpleNamespace(data=json.dumps(event["raw_object"]))
            event["object"] = self._api_client.deserialize(holder, return_type)
            if hasattr(event["object"], "metadata"):
                self.resource_version = event["object"].metadata.resource_version
            else:
                self._keep_version(event["object"])
        return event

    @overload
    def stream(self, func: Callable[..., ListOf[S]], *args: Any, **kwargs: Any) -> Iterator[WatchEvent[S]]: ...
    @overload
    def stream(self, func: Callable[..., str], *args: Any, **kwargs: Any) -> Iterator[str]: ...
    @overload
    def stream(self, func: Callable[..., dict[str, Any]], *args: Any, **kwargs: Any) -> Iterator[WatchEvent[T]]: ...
    def stream(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Watch an API resource, or follow a log.

        A watch goes on where it ended, until `stop()` or, with `timeout_seconds`, until the server ends it. If what
        it would go on from is too old (410), it is tried once more; then ApiException with status 410 is raised: list
        again, and watch from the list's `resource_version`.

        With `forever=True` a list comes first, in chunks, each object as ADDED. When the connection fails, or the server
        is away, the watch goes on where it was, after a pause that grows with each failure and is never shorter than a
        Retry-After. When the version is too old (410), a list again tells what was missed as ADDED, MODIFIED or DELETED,
        with the last state that was seen. Nothing comes twice. For this the last state of every object is kept.
        `timeout_seconds` is then how long a connection lasts (5 to 10 minutes by default); 30 seconds later a silent one
        counts as broken. Bookmarks come only if `allow_watch_bookmarks` is given. What the server refuses (403, 404 …)
        is raised until something worked.

        :param func: an API method; the other parameters are passed to it
        :param deserialize: False to get events as plain dicts
        :return: events with `type`, `object` (of the API's type) and `raw_object` (a dict); lines of a log
        """
        self._stop = False
        if self._forever:
            yield from self._stream_forever(func, args, kwargs)
            return
        return_type = self.get_return_type(func)
        watch_arg = self.get_watch_argument_name(func)
        kwargs[watch_arg] = True
        kwargs["_preload_content"] = False
        if "resource_version" in kwargs:
            self.resource_version = kwargs["resource_version"]
        # Whoever gives a timeout wants the stream to end within it.
        once = "timeout_seconds" in kwargs
        deserialize = kwargs.pop("deserialize", True)
        gone = False
        while True:
            resp = None
            try:
                resp = self._resp = self._ask(func, args, kwargs)
                for event in self._events(resp, watch_arg, return_type, deserialize) if not self._stop else ():
                    if watch_arg == "watch" and isinstance(event, dict) and event["type"] == "ERROR":
                        if once or gone or not _is_gone(event):
                            raise failure(event)  # noqa: TRY301 - the handler tells a stop from a failure
                        gone = True
                        break
                    gone = False
                    yield event
                    if self._stop:
                        break
            except Exception as error:
                if not (self._stop and is_stop(error)):
                    raise
            finally:
                self._resp = None
                if resp is not None:
                    resp.close()
                    resp.release_conn()
                if self.resource_version is not None:
                    kwargs["resource_version"] = self.resource_version
                else:
                    self._stop = True
            if self._stop or once:
                break

    def _stream_forever(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Iterator[Any]:
        from kubernetes.watch import forever

        deserialize = kwargs.pop("deserialize", True)
        self._wake.clear()
        reflector = self._reflector(func, kwargs, deserialize, forever.broken())
        return forever.events(self, func, args, reflector, self.get_return_type(func), deserialize)

    def _reflector(
        self, func: Callable[..., Any], kwargs: dict[str, Any], deserialize: bool, broken: tuple[type[BaseException], ...]
    ) -> Reflector:
        """Return what knows the objects. Raises ValueError for a method that doesn't list."""
        from kubernetes.watch.reflector import Reflector

        if self.get_watch_argument_name(func) != "watch":
            raise ValueError("forever needs a list method; a log can't be listed again")
        chosen = {name: value for name, value in kwargs.items() if name != "watch"}
        return Reflector(chosen, broken, self._made(deserialize=deserialize))

    def _made(self, *, deserialize: bool) -> Callable[[str, Any], Any]:
        """Return what makes an event of a type and an object."""
        if not deserialize:
            return lambda event_type, value: {"type": event_type, "object": value}
        sanitize = self._api_client.sanitize_for_serialization
        return lambda event_type, value: Event(event_type, value, lambda: sanitize(value))

    def _events(self, resp: Any, watch_arg: str, return_type: Any, deserialize: bool) -> Iterator[Any]:
        if watch_arg != "watch":
            yield from iter_resp_lines(resp)
        else:
            for line in lines(resp):
                yield self._parsed(line, return_type, deserialize)

    def _parsed(self, line: bytes, return_type: Any, deserialize: bool) -> Any:
        if not deserialize:
            return json.loads(line.decode("utf-8", "replace"))
        if type(self).unmarshal_event is Watch.unmarshal_event:
            return self.unmarshal_event(line, return_type)
        return self.unmarshal_event(line.decode("utf-8", "replace"), return_type)  # an override expects text, as published


def _is_gone(event: Any) -> bool:
    return failure(event).status == HTTP_STATUS_GONE


def failure(event: Any) -> ApiException:
    """Return the exception for an event of type ERROR."""
    status = event["raw_object"] if "raw_object" in event else event["object"]
    found = status if isinstance(status, dict) else {}
    return ApiException(status=found.get("code"), reason=f"{found.get('reason')}: {found.get('message')}")
