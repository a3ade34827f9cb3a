"""The rare state of a model: a configuration given explicitly, attributes that the model doesn't declare.

msgspec refuses `dict=True` and `weakref=True` together with `gc=False`, which decoding fast needs. One slot from a
mixin class keeps what is rare; it stays unset in nearly every object.
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

    def __init__(self) -> None:
        self.configuration: Configuration | None = None
        self.attributes: dict[str, Any] = {}


class RareSlot:
    """Mixin that gives a Struct one slot, unset until `rare` is called."""

    __slots__ = ("_rare_",)


_SLOT: Any = RareSlot.__dict__["_rare_"]


def peek(model: Any) -> Rare | None:
    """Return the rare state of `model`, or None where it has none."""
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
        _SLOT.__set__(model, found)
    return found


def set_rare(model: Any, value: Rare) -> None:
    """Give `model` this rare state."""
    _SLOT.__set__(model, value)


def validates(model: Any) -> bool:
    """Tell whether changes of `model` are validated: by its own configuration, else by the process-wide default."""
    own = peek(model)
    if own is not None and own.configuration is not None:
        return bool(own.configuration.client_side_validation)
    module = sys.modules.get("kubernetes.client.configuration")
    default = module.Configuration._default if module is not None else None
    return default is None or bool(default.client_side_validation)
