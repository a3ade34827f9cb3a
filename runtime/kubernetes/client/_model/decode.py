"""JSON bytes → objects, in one pass; what msgspec refuses goes item by item through the published coercions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from kubernetes.client._model import turns
from kubernetes.client._model.overrides import LISTENERS, LOCK, OVERRIDDEN
from kubernetes.client._model.types import model_class, python_type, split, takes_override

if TYPE_CHECKING:
    from collections.abc import Callable

    Walk = Callable[[Any, str], Any]

_DECODERS: dict[str, Callable[[Any], Any]] = {}
_EVENT_DECODERS: dict[str, Callable[[Any], Any]] = {}
LISTENERS.extend((_DECODERS.clear, _EVENT_DECODERS.clear))
_UNTYPED = frozenset({"ERROR", "BOOKMARK"})


def _decoder(type_string: str) -> Callable[[Any], Any]:
    found = _DECODERS.get(type_string)
    if found is None:
        with LOCK:
            if OVERRIDDEN and takes_override(type_string):
                found = _refuse
            else:
                found = msgspec.json.Decoder(python_type(type_string)).decode
            _DECODERS[type_string] = found
    return found


def _refuse(data: Any) -> Any:  # noqa: ARG001 - called in place of a decoder
    raise TypeError("a class was replaced: decode value by value")


def decode(data: bytes | str, type_string: str, walk: Walk | None = None) -> Any:
    """Return the object of the named type that `data` describes.

    `walk(value, type_string)` makes an object of parsed JSON with the published client's coercions; it is called for
    what msgspec refuses, and only for the item of a list that needs it.
    Raises ApiValueError if `data` isn't JSON, and what the coercions raise for values that they can't take.
    """
    try:
        decoder = _decoder(type_string)
        return decoder(data) if len(data) < turns.LONG else turns.in_turn(decoder, data)
    except (ValueError, TypeError):
        return _decode_tolerantly(data, type_string, walk or _walker())


def _decode_tolerantly(data: bytes | str, type_string: str, walk: Walk) -> Any:
    items = _items_type(type_string)
    if items is not None:
        try:
            parts = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
            raw_items = msgspec.json.decode(parts.pop("items"), type=list[msgspec.Raw])
        except (ValueError, TypeError, KeyError):
            return walk(parse(data, type_string), type_string)
        found = walk({name: parse(bytes(value), type_string) for name, value in parts.items()}, type_string)
        found.items = [_item(bytes(item), items, walk) for item in raw_items]
        return found
    return walk(parse(data, type_string), type_string)


def _items_type(type_string: str) -> str | None:
    """Return the type of the items if the type is that of a Kubernetes list (`PodList` has `items`)."""
    if split(type_string) is not None or not type_string.endswith("List"):
        return None
    container = split(model_class(type_string).openapi_types.get("items", ""))
    return container[1] if container is not None else None


def _item(data: bytes, type_string: str, walk: Walk) -> Any:
    try:
        return _decoder(type_string)(data)
    except (ValueError, TypeError):
        return walk(parse(data, type_string), type_string)


def parse(data: bytes | str, type_string: str) -> Any:
    """Return `data` as plain Python values. Raises ApiValueError, with the start of it, if it isn't JSON."""
    import json

    try:
        return json.loads(data)
    except ValueError as error:
        from kubernetes.client.exceptions import ApiValueError

        start = bytes(data[:80]) if not isinstance(data, str) else data[:80]
        raise ApiValueError(f"cannot decode {type_string}: not JSON ({error}); it begins with {start!r}") from error


def from_builtins(value: Any, type_string: str, walk: Walk | None = None) -> Any:
    """Return the object of the named type that parsed JSON describes, coercing values only where needed."""
    try:
        if _decoder(type_string) is not _refuse:  # which also teaches msgspec the types, under our lock
            return msgspec.convert(value, python_type(type_string))
    except (ValueError, TypeError):
        pass
    return (walk or _walker())(value, type_string)


def _walker() -> Walk:
    from kubernetes.client.api_client import ApiClient

    client: Any = ApiClient.__new__(ApiClient)
    walk: Walk = client._ApiClient__walk
    return walk


class _Event(msgspec.Struct):
    type: str
    object: msgspec.Raw


class _Head(msgspec.Struct):
    kind: Any = None
    apiVersion: Any = None  # noqa: N815 - the JSON name


_decode_event = msgspec.json.Decoder(_Event).decode
_decode_head = msgspec.json.Decoder(_Head).decode


def decode_event(line: bytes, return_type: str, walk: Walk | None = None) -> tuple[str, Any]:
    """Return (type, object) of one line of a watch. Raises ValueError if the line is no event.

    Errors and bookmarks are not of the type watched: their object is plain values.
    """
    try:
        whole = _event_decoder(return_type)(line)
        if whole.type not in _UNTYPED:
            return whole.type, whole.object
    except (ValueError, TypeError):
        pass  # an error, or a value that needs coercion
    event = _decode_event(line)
    if event.type in _UNTYPED:
        return event.type, msgspec.json.decode(event.object)
    return event.type, decode(bytes(event.object), return_type, walk)


def _event_decoder(return_type: str) -> Callable[[Any], Any]:
    found = _EVENT_DECODERS.get(return_type)
    if found is None:
        with LOCK:
            found = _decoder(return_type)
            if found is not _refuse:
                event = msgspec.defstruct("Event", [("type", str), ("object", python_type(return_type))], gc=False)
                found = msgspec.json.Decoder(event).decode
            _EVENT_DECODERS[return_type] = found
    return found


def kind_of(data: bytes | str) -> tuple[str | None, str | None]:
    """Return (apiVersion, kind) of a JSON object, None for what it doesn't say."""
    try:
        head = _decode_head(data)
    except (ValueError, TypeError):
        return None, None
    return head.apiVersion, head.kind
