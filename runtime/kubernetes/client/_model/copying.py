"""Copies, pickles and equality of models; no configuration ever goes into a pickle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model.meta import construct
from kubernetes.client._model.plain import ATOMS
from kubernetes.client._model.rawjson import RawJson, plain
from kubernetes.client._model.state import Rare, peek, rare, set_rare

if TYPE_CHECKING:
    from typing import Any

_astuple = msgspec.structs.astuple
_struct_copy: Any = vars(msgspec.Struct.__base__)["__copy__"]


def same(one: Any, other: Any) -> bool:
    """Tell whether two models hold equal values in every field, nested ones too."""
    if type(one) is not type(other) or type(one)._extended_:
        return False
    for mine, its in zip(_astuple(one), _astuple(other), strict=True):
        if mine is not its and mine != its and plain(mine) != plain(its):  # one may have been read, the other not
            return False
    return True


def shallow(model: Any) -> Any:
    """Return a copy that shares the values; undeclared attributes and the configuration go along."""
    new = _struct_copy(model)
    own = peek(model)
    if own is not None:
        _give(new, own.configuration, dict(own.attributes))
    if type(model)._model_ is not type(model):
        user_state(new).update(user_state(model))
    return new


def deep(model: Any, memo: dict[int, Any]) -> Any:
    """Return a copy that shares nothing but the configuration."""
    from copy import deepcopy

    new = _struct_copy(model)
    memo[id(model)] = new
    members = type(model)._model_.__dict__
    for name, value in zip(new.__struct_fields__, _astuple(model), strict=True):
        if value.__class__ not in ATOMS:
            member = members[name]
            slot = member.slot if isinstance(member, RawJson) else member
            slot.__set__(new, value if isinstance(value, msgspec.Raw) else deepcopy(value, memo))
    own = peek(model)
    if own is not None:
        _give(new, own.configuration, deepcopy(own.attributes, memo))
    if type(model)._model_ is not type(model):
        user_state(new).update(deepcopy(user_state(model), memo))
    return new


def reduce(model: Any) -> tuple[Any, ...]:
    """Return what pickle needs: the class, the values, and what is rare. See `restore`."""
    own = peek(model)
    attributes = own.attributes if own is not None else None
    user = user_state(model) if type(model)._model_ is not type(model) else None
    values = _astuple(model)
    if type(model)._raw_json_:
        values = tuple(plain(value) for value in values)
    return restore, (type(model), values, attributes or None, user or None)


def restore(cls: Any, values: tuple[Any, ...], attributes: dict[str, Any] | None, user: dict[str, Any] | None) -> Any:
    """Make the object that `reduce` described; what was valid to hold is valid to restore, so nothing is checked."""
    model = construct(cls, *values)
    for name, value in (attributes or {}).items():
        setattr(model, name, value)
    if user:
        user_state(model).update(user)
    return model


def set_published_state(model: Any, state: dict[str, Any]) -> None:
    """Take the state of a pickle that the published client wrote: private names, its configuration left out."""
    members = type(model)._model_.__dict__
    for name, value in state.items():
        if name.startswith("_") and name in members:
            members[name].__set__(model, value)
        elif name not in ("discriminator", "local_vars_configuration"):
            setattr(model, name, value)


def user_state(model: Any) -> dict[str, Any]:
    """Return the instance dictionary of an object of a user's class, which is real, unlike the one that Model shows."""
    state: dict[str, Any] = type(model).__dict__.get("__dict__", _INSTANCE_DICT).__get__(model)
    return state


class _InstanceDict:
    """Finds the instance dictionary of a class whose own ancestors define it."""

    def __get__(self, model: Any, owner: Any = None) -> dict[str, Any]:
        for cls in type(model).__mro__:
            if cls is type(model)._model_:
                break
            if "__dict__" in cls.__dict__:
                found: dict[str, Any] = cls.__dict__["__dict__"].__get__(model)
                return found
        return {}


_INSTANCE_DICT = _InstanceDict()


def _give(model: Any, configuration: Any, attributes: dict[str, Any]) -> None:
    state = Rare()
    state.configuration = configuration
    state.attributes = attributes
    set_rare(model, state)


def adopt(value: Any, configuration: Any) -> None:
    """Give every model inside `value` this configuration, as the published client did for what it decoded."""
    if isinstance(value, list):
        for item in value:
            adopt(item, configuration)
    elif isinstance(value, dict):
        for item in value.values():
            adopt(item, configuration)
    elif hasattr(type(value), "_model_"):
        rare(value).configuration = configuration
        for item in _astuple(value):
            if item.__class__ not in ATOMS:
                adopt(item, configuration)
