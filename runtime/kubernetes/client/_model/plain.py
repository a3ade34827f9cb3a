"""Model → dict of Python values, as the published `to_dict` gives it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from typing import Any

ATOMS = frozenset({str, int, bool, float, type(None), datetime.datetime, bytes})
"""Types of values that have no `to_dict` and nothing inside."""
NESTED: dict[type, tuple[str, ...]] = {}
"""Fields of each generated model that may hold more than an atom; a class is here once `to_dict` has seen it."""
_asdict = msgspec.structs.asdict


def to_dict(model: Any, serialize: bool) -> dict[str, Any]:
    """Return the fields of `model` by attribute name, or by JSON name if `serialize` is true."""
    cls = model.__class__
    if cls not in NESTED:
        if getattr(cls, "_model_", None) is not cls or vars(cls).get("_replaced_"):
            return _by_attribute(model, serialize)
        _learn(cls)
    try:
        result: dict[str, Any] = _asdict(model)
    except TypeError:  # a mock says that it is a model
        return model.to_dict(serialize)  # type: ignore[no-any-return]
    for name in NESTED[cls]:
        value = result[name]
        if value is None:
            continue
        kind = value.__class__
        if kind in NESTED:
            result[name] = to_dict(value, serialize)
        elif kind is list:
            result[name] = [
                to_dict(item, serialize)
                if item.__class__ in NESTED
                else item
                if item.__class__ in ATOMS
                else _item(item, serialize)
                for item in value
            ]
        elif kind is dict:
            result[name] = {key: item if item.__class__ in ATOMS else _item(item, serialize) for key, item in value.items()}
        elif kind not in ATOMS:
            result[name] = getattr(model, name) if kind is msgspec.Raw else _plain(value, serialize)
    if not serialize:
        return result
    names = model.attribute_map
    return {names[name]: value for name, value in result.items()}


def _plain(value: Any, serialize: bool) -> Any:
    if isinstance(value, list):
        return [item if item.__class__ in ATOMS else _item(item, serialize) for item in value]
    if isinstance(value, dict):
        return {key: item if item.__class__ in ATOMS else _item(item, serialize) for key, item in value.items()}
    return _item(value, serialize)


def _item(value: Any, serialize: bool) -> Any:
    cls = value.__class__
    if cls in NESTED or getattr(cls, "_model_", None) is cls:
        return to_dict(value, serialize)
    if not hasattr(value, "to_dict"):
        return value
    from inspect import getfullargspec

    # A to_dict of somebody else's may take no argument (published rule).
    return value.to_dict() if len(getfullargspec(value.to_dict).args) == 1 else value.to_dict(serialize)


def _by_attribute(model: Any, serialize: bool) -> dict[str, Any]:
    """Return the same for a user's class, whose fields may be more, or computed."""
    result = {}
    for name in model.openapi_types:
        value = getattr(model, name)
        key = model.attribute_map.get(name, name) if serialize else name
        result[key] = value if value.__class__ in ATOMS else _plain(value, serialize)
    return result


def _learn(cls: Any) -> None:
    # What a server sends for a str or a bool is an atom; containers may come for numbers, where coercion gives up.
    atoms = ("str", "bool", "datetime")
    NESTED[cls] = tuple(name for name, kind in cls.openapi_types.items() if kind not in atoms)
