"""Type strings of the published clients (`list[V1Pod]`, `dict(str, str)`, `List[V1Pod]`) → types that msgspec decodes.

Every value may be null: what servers send is never refused for a null.
"""

from __future__ import annotations

import datetime
import functools
import importlib
from typing import TYPE_CHECKING, Any

import msgspec
from kubernetes.client._model.meta import MODELS
from kubernetes.client._model.overrides import LOCK, OVERRIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_NATIVE: dict[str, Any] = {
    "str": str | None,
    "int": int | None,
    "float": float | None,
    "bool": bool | None,
    "datetime": datetime.datetime | None,
    "object": Any,
}
_CONTAINERS = {"list": "list", "List": "list", "dict": "dict", "Dict": "dict"}
_BRACKETS = frozenset("[]()")
_RESOLVED: set[str] = set()
_TYPES: dict[str, Any] = {}


def split(type_string: str) -> tuple[str, str] | None:
    """Return ("list" or "dict", type string of the items), or None for a type that is no container."""
    container = _CONTAINERS.get(type_string[:4])
    if container is None or type_string[4:5] not in ("[", "(") or type_string[-1] not in ("]", ")"):
        return None
    inner = type_string[5:-1]
    key, comma, items = inner.partition(",")
    return container, items.lstrip(" ") if comma and _BRACKETS.isdisjoint(key) else inner


def model_in(type_string: str) -> str | None:
    """Return the name of the model that a type string names, alone or inside containers; None if it names none."""
    container = split(type_string)
    if container is not None:
        return model_in(container[1])
    return type_string if type_string[:1].isupper() else None


@functools.lru_cache(maxsize=1024)
def is_modelled(type_string: str) -> bool:
    """Tell whether a type string names a model, alone or inside containers."""
    return model_in(type_string) is not None


def model_class(name: str) -> Any:
    """Return the class called `name` in kubernetes.client.models. Raises AttributeError for an unknown one."""
    return getattr(importlib.import_module("kubernetes.client.models"), name)


def python_type(type_string: str) -> Any:
    """Return the run-time type, with every model that it reaches resolved.

    Raises AttributeError for a model that doesn't exist.
    """
    found = _TYPES.get(type_string)
    if found is None:
        with LOCK:
            name = model_in(type_string)
            if name is not None:
                _resolve(name)
            found = _TYPES[type_string] = _python_type(type_string)
    return found


@functools.cache  # a model that is replaced isn't decoded by its type
def _python_type(type_string: str) -> Any:
    if type_string in _NATIVE:
        return _NATIVE[type_string]
    container = split(type_string)
    if container is None:
        return MODELS[type_string] | None
    items = _python_type(container[1])
    return list[items] | None if container[0] == "list" else dict[str, items] | None  # type: ignore[valid-type]


def _resolve(name: str) -> None:
    reached = [name]
    new = []
    for reached_name in reached:  # grows while it is walked
        if reached_name not in _RESOLVED:
            if reached_name not in MODELS:
                _make(reached_name)
            _RESOLVED.add(reached_name)
            new.append(MODELS[reached_name])
            reached.extend(_names(new[-1], but=new[-1]._raw_json_))
    for cls in new:
        _annotate(cls)


def _make(name: str) -> None:
    from kubernetes.client._model import bundle

    if name == bundle.TRIGGER:
        bundle.make_all()
    if name not in MODELS:
        model_class(name)


def takes_override(type_string: str) -> bool:
    """Tell whether a model that a type reaches was replaced by a user, itself or a field of it."""
    first = model_in(type_string)
    reached = [] if first is None else [first]
    for name in reached:  # grows while it is walked
        if name in OVERRIDDEN:
            return True
        reached.extend(inner for inner in _names(MODELS.get(name) or model_class(name)) if inner not in reached)
    return False


def _names(cls: Any, but: tuple[str, ...] = ()) -> Iterator[str]:
    for name, type_string in cls.openapi_types.items():
        model = model_in(type_string) if type_string not in _NATIVE and name not in but else None
        if model is not None:
            yield model


def _annotate(cls: Any) -> None:
    raw = cls._raw_json_
    cls.__annotations__ = {
        name: msgspec.Raw if name in raw else _python_type(type_string) for name, type_string in cls.openapi_types.items()
    }
