"""Model → the plain values and the JSON that go to a server.

Dates are RFC 3339 with `Z` for UTC, as Kubernetes prints them; a MicroTime always has six fraction digits
(meta/v1 MicroTime, https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/micro_time.go).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from kubernetes.client._model.meta import EXTENDED, MODELS
from kubernetes.client._model.overrides import OVERRIDDEN
from kubernetes.client._model.rawjson import ABSENT, JsonText
from kubernetes.client._model.types import model_class, model_in, python_type, split

if TYPE_CHECKING:
    from collections.abc import Callable

PRIMITIVES = (float, bool, bytes, str, int)
_AS_THEY_ARE = frozenset({type(None), *PRIMITIVES})
_REACHES: dict[tuple[type, int], bool] = {}
_PRINTED: dict[tuple[str, Any], Callable[[Any], Any]] = {}
"""Decoders of texts that are about to be printed, by the type of their items and of free-form JSON in them."""
_NULL = b"null"
"""What isn't sent where a field has it, and can't be told from other JSON unless it is decoded."""


def sanitize(value: Any, again: Callable[[Any], Any], *, at_once: bool = True) -> Any:
    """Return `value` as plain values: models as dicts by JSON names without None, dates as text.

    `again` is called for what is inside containers and foreign objects; also in models, unless all of one may be printed
    `at_once` because nobody has overridden it.
    Raises AttributeError for an object that is no model, as published.
    """
    cls = type(value)
    if cls in _AS_THEY_ARE:
        return value
    if at_once and native(cls):
        try:
            return msgspec.to_builtins(value, builtin_types=(bytes,), enc_hook=_hook)
        except (TypeError, ValueError, RecursionError):
            pass  # a value that msgspec can't print: the published rules decide
    if isinstance(value, PRIMITIVES):  # objects of their subclasses
        return value
    if isinstance(value, list):
        return [again(item) for item in value]
    if isinstance(value, tuple):
        return tuple(again(item) for item in value)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return date_text(value)
    if isinstance(value, dict):
        return {key: again(item) for key, item in value.items()}
    micro = getattr(cls, "_micro_time_", ())
    result = {}
    for name in value.openapi_types:
        item = getattr(value, name)
        if item is not None:
            text = name in micro and isinstance(item, datetime.datetime)
            result[value.attribute_map[name]] = micro_time_text(item) if text else again(item)
    return result


def to_json(value: Any) -> bytes:
    """Return the JSON text of a model, or of plain values, as UTF-8 bytes."""
    if native(type(value)):
        return msgspec.json.encode(value, enc_hook=_json_hook)
    return msgspec.json.encode(plain_values(value) if hasattr(value, "openapi_types") else value)


def plain_values(value: Any) -> Any:
    """Return what `sanitize` makes of a value, with nothing overridden."""
    return sanitize(value, plain_values)


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
    names = {model_in(type_string) for type_string in cls.openapi_types.values()}
    return any(_reaches_micro_time(MODELS[name], seen) for name in names if name in MODELS and name not in seen)


def date_text(value: datetime.date) -> str:
    """Return a date or time as RFC 3339 text."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def micro_time_text(value: datetime.datetime) -> str:
    """Return a time as RFC 3339 text with six fraction digits."""
    text = value.isoformat(timespec="microseconds")
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _to_print(text: JsonText, free: Any) -> Any:
    """Return what a text describes, as objects that msgspec prints like those that reading the field would give.

    :param free: the type that JSON of any form inside is decoded to: Any, or Raw to print it as it is
    """
    items = split(text.type_string)
    if items is None or OVERRIDDEN:
        return text.value()
    found = _PRINTED.get((items[1], free))
    if found is None:
        model = model_class(items[1])
        absent = None if free is Any else ABSENT
        fields = [
            (name, free, absent) if kind == "object" else (name, python_type(kind), None)
            for name, kind in model.openapi_types.items()
        ]
        printed = msgspec.defstruct(items[1], fields, rename=model.attribute_map, omit_defaults=True, gc=False)
        found = _PRINTED[items[1], free] = msgspec.json.Decoder(list[printed]).decode  # type: ignore[valid-type]
    try:
        return found(text)
    except ValueError:
        return text.value()


def _hook(value: Any) -> Any:
    if isinstance(value, JsonText):
        return _to_print(value, Any)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return date_text(value)
    if isinstance(value, str):
        return str.__str__(value)
    if hasattr(value, "openapi_types"):
        return sanitize(value, plain_values)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _json_hook(value: Any) -> Any:
    if isinstance(value, JsonText) and value.find(_NULL) < 0:
        return _to_print(value, msgspec.Raw)
    return _hook(value)
