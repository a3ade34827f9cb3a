"""The rare state of a model: a configuration given explicitly, attributes that the model doesn't declare.

msgspec refuses `dict=True` and `weakref=True` together with `gc=False`, which decoding fast needs. One slot from a
mixin class keeps what is rare; it stays unset in nearly every object. Looking at an unset slot costs an exception, so
classes of which no object has any rare state are known without looking.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from kubernetes.client.configuration import Configuration


class Rare:
    """What a few models carry beyond their declared fields."""

    __slots__ = ("attributes", "configuration")

    def __init__(self, configuration: Configuration | None = None, attributes: dict[str, Any] | None = None) -> None:
        self.configuration = configuration
        self.attributes: dict[str, Any] = attributes or {}


class RareSlot:
    """Mixin that gives a Struct one slot, unset until `rare` is called."""

    __slots__ = ("_rare_",)


_SLOT: Any = RareSlot.__dict__["_rare_"]
WITH_RARE: set[type] = set()
"""Classes of which objects have, or may have, more than fields: of one that had rare state, and users' classes."""


def peek(model: Any) -> Rare | None:
    """Return the rare state of `model`, or None where it has none."""
    if model.__class__ not in WITH_RARE:
        return None
    try:
        found: Rare = _SLOT.__get__(model)
    except AttributeError:
        return None
    return found


def rare(model: Any) -> Rare:
    """Return the rare state of `model`, made at the first call."""
    found = peek(model)
    if found is None:
        found = Rare()
        set_rare(model, found)
    return found


def set_rare(model: Any, value: Rare) -> None:
    """Give `model` this rare state."""
    WITH_RARE.add(model.__class__)
    _SLOT.__set__(model, value)


def private_name(cls: Any, field: str) -> str:
    """Return what the published classes call a field inside: `_name`, mangled where it begins with an underscore."""
    return f"_{cls.__name__}__{field[1:]}" if field[0] == "_" else f"_{field}"


def user_state(model: Any) -> dict[str, Any]:
    """Return the instance dictionary of an object of a user's class, which is real, unlike the one that Model shows."""
    for cls in type(model).__mro__:
        if cls is type(model)._model_:
            break
        if "__dict__" in cls.__dict__:
            found: dict[str, Any] = cls.__dict__["__dict__"].__get__(model)
            return found
    return {}


def validates(model: Any) -> bool:
    """Tell whether changes of `model` are validated: by its own configuration, else by the process-wide default."""
    own = peek(model)
    if own is not None and own.configuration is not None:
        return bool(own.configuration.client_side_validation)
    module = sys.modules.get("kubernetes.client.configuration")
    default = module.Configuration._default if module is not None else None
    return default is None or bool(default.client_side_validation)
