"""Model → dict of Python values, as the published `to_dict` gives it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model.rawjson import plain

if TYPE_CHECKING:
    from typing import Any

ATOMS = frozenset({str, int, bool, float, type(None), datetime.datetime, bytes})
"""Types of values that have no `to_dict` and nothing inside."""
_asdict = msgspec.structs.asdict


def to_dict(model: Any, serialize: bool) -> dict[str, Any]:
    """Return the fields of `model` by attribute name, or by JSON name if `serialize` is true."""
    cls = type(model)
    if cls._extended_:
        result = {name: getattr(model, name) for name in model.openapi_types}
    else:
        result = _asdict(model)
    for name, value in result.items():
        if value.__class__ not in ATOMS:
            result[name] = _field(value, serialize)
    if serialize:
        names = model.attribute_map
        return {names.get(name, name): value for name, value in result.items()}
    return result


def _field(value: Any, serialize: bool) -> Any:
    if isinstance(value, list):
        return [item if item.__class__ in ATOMS else _item(item, serialize) for item in value]
    if isinstance(value, dict):
        return {key: item if item.__class__ in ATOMS else _item(item, serialize) for key, item in value.items()}
    return _item(value, serialize)


def _item(value: Any, serialize: bool) -> Any:
    if isinstance(value, msgspec.Raw):
        return plain(value)
    if not hasattr(value, "to_dict"):
        return value
    if getattr(value.to_dict, "__func__", None) is _model_to_dict():
        return to_dict(value, serialize)
    from inspect import getfullargspec

    # A to_dict of somebody else's may take no argument (published rule).
    return value.to_dict() if len(getfullargspec(value.to_dict).args) == 1 else value.to_dict(serialize)


def _model_to_dict() -> Any:
    from kubernetes.client._model.base import Model

    return Model.to_dict
