"""Model → the plain values and the JSON that go to a server.

Dates are RFC 3339 with `Z` for UTC, as Kubernetes prints them; a MicroTime always has six fraction digits
(meta/v1 MicroTime, https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/micro_time.go).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from kubernetes.client._model.meta import EXTENDED, MODELS
from kubernetes.client._model.rawjson import plain
from kubernetes.client._model.types import _NAME

if TYPE_CHECKING:
    from collections.abc import Callable

PRIMITIVES = (float, bool, bytes, str, int)
_REACHES: dict[tuple[type, int], bool] = {}


def sanitize(value: Any, again: Callable[[Any], Any]) -> Any:
    """Return `value` as plain values: models as dicts by JSON names without None, dates as text.

    `again` is called for what is inside containers and foreign objects (a subclass may have overridden it).
    Raises AttributeError for an object that is no model, as published.
    """
    if value is None or isinstance(value, PRIMITIVES):
        return value
    if isinstance(value, list):
        return [again(item) for item in value]
    if isinstance(value, tuple):
        return tuple(again(item) for item in value)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return date_text(value)
    if isinstance(value, dict):
        return {key: again(item) for key, item in value.items()}
    if isinstance(value, msgspec.Raw):
        return plain(value)
    if native(type(value)):
        try:
            return msgspec.to_builtins(value, builtin_types=(bytes,), enc_hook=_hook)
        except (TypeError, ValueError, RecursionError):
            pass  # a value that msgspec can't print: the published rules decide
    micro = getattr(type(value), "_micro_time_", ())
    result = {}
    for name in value.openapi_types:
        item = getattr(value, name)
        if item is not None:
            text = name in micro and isinstance(item, datetime.datetime)
            result[value.attribute_map[name]] = micro_time_text(item) if text else again(item)
    return result


def to_json(model: Any) -> bytes:
    """Return the JSON text of a model as UTF-8 bytes."""
    if native(type(model)):
        return msgspec.json.encode(model, enc_hook=_hook)
    return msgspec.json.encode(sanitize(model, _again))


def _again(value: Any) -> Any:
    return sanitize(value, _again)


def native(cls: type) -> bool:
    """Tell whether msgspec alone prints objects of `cls` rightly: a generated model that reaches no MicroTime."""
    if EXTENDED or getattr(cls, "_model_", None) is not cls:
        return False
    # A class that isn't imported has no objects, so the classes that exist now are the ones that count.
    key = (cls, len(MODELS))
    found = _REACHES.get(key)
    if found is None:
        found = _REACHES[key] = not _reaches_micro_time(cls, set())
    return found


def _reaches_micro_time(cls: Any, seen: set[str]) -> bool:
    seen.add(cls.__name__)
    if cls._micro_time_:
        return True
    names = {name for type_string in cls.openapi_types.values() for name in _NAME.findall(type_string)}
    return any(_reaches_micro_time(MODELS[name], seen) for name in names if name in MODELS and name not in seen)


def date_text(value: datetime.date) -> str:
    """Return a date or time as RFC 3339 text."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def micro_time_text(value: datetime.datetime) -> str:
    """Return a time as RFC 3339 text with six fraction digits."""
    text = value.isoformat(timespec="microseconds")
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _hook(value: Any) -> Any:
    if isinstance(value, msgspec.Raw):
        return plain(value)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return date_text(value)
    if isinstance(value, str):
        return str.__str__(value)
    if hasattr(value, "openapi_types"):
        return sanitize(value, _again)
    raise TypeError(f"no JSON form for {type(value).__name__}")
