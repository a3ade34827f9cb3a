"""Model → dict of Python values, as the published `to_dict` gives it.

A function is written for each class when it is first needed, as dataclasses does for its methods: of the forty fields of
a Pod's spec most are None, and a loop over them costs more than all else.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from kubernetes.client._model.types import is_modelled, split

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ATOMS = frozenset({str, int, bool, float, type(None), datetime.datetime, bytes})
"""Types of values that have no `to_dict` and nothing inside."""
BY_NAME: dict[type, Callable[[Any], dict[str, Any]]] = {}
"""The function of each generated model that `to_dict` has seen."""
BY_JSON_NAME: dict[type, Callable[[Any], dict[str, Any]]] = {}
"""The same for `to_dict(serialize=True)`."""


def to_dict(model: Any, serialize: bool) -> dict[str, Any]:
    """Return the fields of `model` by attribute name, or by JSON name if `serialize` is true."""
    cls = type(model)
    known = BY_JSON_NAME if serialize else BY_NAME
    if cls not in known:
        if getattr(cls, "_model_", None) is not cls or cls._replaced_:
            return _by_attribute(model, serialize)
        known[cls] = _function(cls, serialize)
    return known[cls](model)


def forget(cls: type) -> None:
    """Drop what was written for a class that changed."""
    BY_NAME.pop(cls, None)
    BY_JSON_NAME.pop(cls, None)


def _function(cls: Any, serialize: bool) -> Callable[[Any], dict[str, Any]]:
    known = BY_JSON_NAME if serialize else BY_NAME
    keys = {name: cls.attribute_map[name] if serialize else name for name in cls.openapi_types}
    lines = ["def function(model):", " result = blank()"]
    for name, type_string in cls.openapi_types.items():
        lines.append(f" value = model.{name}")
        lines.append(f" if value is not None: result[{keys[name]!r}] = {_expression(type_string)}")
    namespace: dict[str, Any] = {
        "blank": dict.fromkeys(keys.values()).copy,
        "known": known,
        "ATOMS": ATOMS,
        "plain": lambda value: _plain(value, serialize),
        "item": lambda value: _item(value, serialize),
    }
    # Nothing but names and keys that the generated class itself has.
    exec("\n".join([*lines, " return result"]), namespace)  # noqa: S102
    function: Callable[[Any], dict[str, Any]] = namespace["function"]
    return function


def _expression(type_string: str) -> str:
    """Return the code for a value that is expected to be of this type; of any other, the general rule decides."""
    if type_string in ("str", "bool", "int"):
        return f"value if type(value) is {type_string} else plain(value)"
    container = split(type_string)
    if container is None:
        if is_modelled(type_string):
            return "known[type(value)](value) if type(value) in known else plain(value)"
        return "value if type(value) in ATOMS else plain(value)"
    if is_modelled(container[1]):
        one = "known[type(one)](one) if type(one) in known else item(one)"
    else:
        one = "one if type(one) in ATOMS else item(one)"
    if container[0] == "list":
        return f"[{one} for one in value] if type(value) is list else plain(value)"
    return f"{{key: {one} for key, one in value.items()}} if type(value) is dict else plain(value)"


def _plain(value: Any, serialize: bool) -> Any:
    if isinstance(value, list):
        return [item if type(item) in ATOMS else _item(item, serialize) for item in value]
    if isinstance(value, dict):
        return {key: item if type(item) in ATOMS else _item(item, serialize) for key, item in value.items()}
    return value if type(value) in ATOMS else _item(value, serialize)


def _item(value: Any, serialize: bool) -> Any:
    if getattr(type(value), "_model_", None) is type(value):
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
        result[key] = value if type(value) in ATOMS else _plain(value, serialize)
    return result
