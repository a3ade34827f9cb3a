"""Copies and equality of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._lazy import deepcopy
from kubernetes.client._model.plain import ATOMS
from kubernetes.client._model.state import WITH_RARE, Rare, peek, private_name, rare, set_rare, user_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_astuple = msgspec.structs.astuple
_SETTERS: dict[type, tuple[Any, ...]] = {}
_COPIERS: dict[type, Callable[[Any, dict[int, Any]], Any]] = {}
_struct_copy: Any = vars(msgspec.Struct.__base__)["__copy__"]


def same(one: Any, other: Any) -> bool:
    """Tell whether two models are equal by the published rule: by their `to_dict`."""
    return isinstance(other, type(one)._model_) and bool(one.to_dict() == other.to_dict())


def shallow(model: Any) -> Any:
    """Return a copy that shares the values; undeclared attributes and the configuration go along."""
    for name in model._raw_json_:
        getattr(model, name)  # both shall have the one object
    new = _struct_copy(model)
    own = peek(model)
    if own is not None:
        set_rare(new, Rare(own.configuration, dict(own.attributes)))
    if type(model)._model_ is not type(model):
        user_state(new).update(user_state(model))
    return new


def deep(model: Any, memo: dict[int, Any]) -> Any:
    """Return a copy that shares nothing but the configuration."""
    cls = model.__class__
    if cls not in _SETTERS:
        _learn(cls)
    try:
        memo[id(model)] = new = _struct_copy(model)
    except TypeError:  # a mock says that it is a model
        return deepcopy(model, memo)
    # By position: slots are set without the checks and costs of an attribute.
    for put, value in zip(_SETTERS[cls], _astuple(model)):  # noqa: B905 - `strict` costs more than all of the loop
        if value is None or value.__class__ in ATOMS:
            continue
        known = id(value)
        put(new, memo[known] if known in memo else _COPIERS.get(value.__class__, deepcopy)(value, memo))
    if cls in WITH_RARE:
        _copy_rest(model, new, memo)
    return new


def _list(value: list[Any], memo: dict[int, Any]) -> list[Any]:
    memo[id(value)] = new = value.copy()
    for index, item in enumerate(value):
        if item is not None and item.__class__ not in ATOMS:
            known = id(item)
            new[index] = memo[known] if known in memo else _COPIERS.get(item.__class__, deepcopy)(item, memo)
    return new


def _dict(value: dict[Any, Any], memo: dict[int, Any]) -> dict[Any, Any]:
    new: dict[Any, Any] = {}
    memo[id(value)] = new
    for key, item in value.items():
        same_key = key if key.__class__ is str else deepcopy(key, memo)
        if item.__class__ in ATOMS:
            new[same_key] = item
        else:
            known = id(item)
            new[same_key] = memo[known] if known in memo else _COPIERS.get(item.__class__, deepcopy)(item, memo)
    return new


def _copy_rest(model: Any, new: Any, memo: dict[int, Any]) -> None:
    """Copy what is not a field: undeclared attributes, and the state of a user's class."""
    own = peek(model)
    if own is not None:
        set_rare(new, Rare(own.configuration, _dict(own.attributes, memo)))
    if type(model)._model_ is not type(model):
        user_state(new).update(_dict(user_state(model), memo))


def _learn(cls: Any) -> None:
    members = cls._model_.__dict__
    _SETTERS[cls] = tuple(members[private_name(cls._model_, field)].__set__ for field in cls.__struct_fields__)
    _COPIERS.update((members[raw].text, _share) for raw in cls._raw_json_)
    if cls._model_ is cls:
        _COPIERS[cls] = deep


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
        for name in value._raw_json_:
            getattr(value, name)
        for item in _astuple(value):
            if item.__class__ not in ATOMS:
                adopt(item, configuration)


def _share(value: Any, memo: dict[int, Any]) -> Any:  # noqa: ARG001
    return value


_COPIERS.update({list: _list, dict: _dict, msgspec.Raw: _share})
