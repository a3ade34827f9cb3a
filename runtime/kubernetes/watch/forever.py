"""A watch that never ends: what `Reflector` decides, done with blocking calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kubernetes.pager import Pager
from kubernetes.watch.lines import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kubernetes.watch.reflector import Reflector
    from kubernetes.watch.watch import Watch


def broken() -> tuple[type[BaseException], ...]:
    """Return the exceptions that mean a connection that failed."""
    from urllib3.exceptions import HTTPError

    return (HTTPError, OSError)


def raw(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a list method that gives the JSON as it came."""

    def listed(*args: Any, **kwargs: Any) -> Any:
        return json.loads(func(*args, _preload_content=False, **kwargs).data)

    return listed


def parsed(watch: Watch[Any], line: bytes, return_type: Any, deserialize: bool) -> Any:
    """Return the event of a line, None if it is none."""
    try:
        event = watch._parsed(line, return_type, deserialize)
    except Exception:
        if _is_event(line):
            raise  # its object can't be decoded
        return None
    return event if isinstance(event, dict) and "type" in event and "object" in event else None


def _is_event(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    value = found.get("object") if isinstance(found, dict) and isinstance(found.get("type"), str) else None
    return isinstance(value, dict) and isinstance(value.get("metadata"), dict)


def events(
    watch: Watch[Any], func: Callable[..., Any], args: Any, reflector: Reflector, return_type: Any, deserialize: bool
) -> Iterator[Any]:
    """Yield events until the watch is stopped. Raises what trying again can't help."""
    while not watch._stop:
        try:
            if reflector.version is None:
                yield from _list(watch, raw(func) if reflector.lists_raw or not deserialize else func, args, reflector)
            watch.resource_version = reflector.version
            if not watch._stop:
                yield from _watched(watch, func, args, reflector, return_type, deserialize)
            delay = reflector.ended()
        except Exception as error:  # noqa: BLE001 - raised again unless trying again can help
            if watch._stop:
                return
            delay = reflector.failed(error)
        if delay and not watch._stop:
            watch._wake.wait(delay)


def _list(watch: Watch[Any], func: Callable[..., Any], args: Any, reflector: Reflector) -> Iterator[Any]:
    def listing(*args: Any, **kwargs: Any) -> Any:
        return watch._ask(func, args, kwargs)

    page = None
    for page in Pager().pages(listing, *args, **reflector.list_arguments()):
        for event in reflector.page(page):
            yield event
            if watch._stop:
                return
    yield from reflector.listed(page)


def _watched(
    watch: Watch[Any], func: Callable[..., Any], args: Any, reflector: Reflector, return_type: Any, deserialize: bool
) -> Iterator[Any]:
    response = watch._ask(func, args, {**reflector.watch_arguments(), "watch": True, "_preload_content": False})
    watch._resp = response
    try:
        for line in lines(response) if not watch._stop else ():
            if not line.strip():
                continue
            told = reflector.received(parsed(watch, line, return_type, deserialize))
            if told is not None:
                yield told
            if watch._stop:
                return
    finally:
        watch._resp = None
        response.close()
        response.release_conn()
