"""Whether a model's JSON says all of it: values of the declared types only, nothing undeclared.

Such a model comes back from its JSON as it was, so that pickling can use msgspec for all of it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from kubernetes.client._model.overrides import LISTENERS, OVERRIDDEN
from kubernetes.client._model.rawjson import ABSENT
from kubernetes.client._model.state import WITH_RARE
from kubernetes.client._model.types import model_class, split
from kubernetes.client._model.undeclared import undeclared

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[Any], bool]

_CHECKS: dict[type, Check] = {}
LISTENERS.append(_CHECKS.clear)
_astuple = msgspec.structs.astuple
_LARGEST = 2**63


def is_exact(model: Any) -> bool:
    """Tell whether decoding the JSON of `model` would make an equal object, values of the same types in it."""
    if type(model)._model_ is not type(model) or OVERRIDDEN:
        return False
    try:
        return _check_of(type(model))(model)
    except (RecursionError, AttributeError, TypeError):  # a model in itself; a type that doesn't exist; a mock
        return False


def _check_of(cls: Any) -> Check:
    found = _CHECKS.get(cls)
    if found is None:
        found = _CHECKS[cls] = _model_of(cls)
    return found


def _model_of(cls: Any) -> Check:
    fields: list[tuple[Any, Check]] = []
    expected: tuple[Any, ...] = ()
    checks: tuple[Check, ...] = ()

    def exact(model: Any) -> bool:
        nonlocal expected, checks
        if model.__class__ is not cls:
            return False
        if not fields:  # only now: a model may hold others of its own class
            fields.extend(_check_field(cls, name, kind) for name, kind in cls.openapi_types.items())
            expected, checks = zip(*fields, strict=True)
        for value, atom, check in zip(_astuple(model), expected, checks):  # noqa: B905 - `strict` costs more than the loop
            if value is not None and value.__class__ is not atom and not check(value):
                return False
        return cls not in WITH_RARE or not undeclared(model)

    return exact


def _check_field(cls: Any, name: str, type_string: str) -> tuple[Any, Check]:
    expected, check = _check(type_string)
    if name not in cls._raw_json_:
        return expected, check

    def exact(value: Any) -> bool:
        return value is ABSENT or value.__class__ is expected or check(value)

    return cls.__dict__[name].text, exact


def _check(type_string: str) -> tuple[Any, Check]:
    """Return the class whose objects are exact without a look inside, and the check of other values."""
    if type_string in _ATOMS:
        return _ATOMS[type_string]
    container = split(type_string)
    if container is None:
        return None, _check_of(model_class(type_string))
    expected, check = _check(container[1])
    return None, (_list_of if container[0] == "list" else _dict_of)(expected, check)


def _list_of(expected: Any, check: Check) -> Check:
    def exact(value: Any) -> bool:
        if value.__class__ is not list:
            return False
        for item in value:  # noqa: SIM110 - `all` costs a generator
            if item.__class__ is not expected and item is not None and not check(item):
                return False
        return True

    return exact


def _dict_of(expected: Any, check: Check) -> Check:
    def exact(value: Any) -> bool:
        if value.__class__ is not dict:
            return False
        for key, item in value.items():
            if key.__class__ is not str:
                return False
            if item.__class__ is not expected and item is not None and not check(item):
                return False
        return True

    return exact


def _never(value: Any) -> bool:  # noqa: ARG001
    return False


def _int(value: Any) -> bool:
    return value.__class__ is int and -_LARGEST <= value < _LARGEST


def _float(value: Any) -> bool:
    return value.__class__ is float and value - value == 0.0  # neither infinite nor NaN


def _datetime(value: Any) -> bool:
    return value.__class__ is datetime.datetime and value.tzinfo is datetime.timezone.utc


def _json(value: Any) -> bool:
    cls = value.__class__
    if cls is dict:
        return _any_dict(value)
    if cls is list:
        return _any_list(value)
    return cls is bool or cls is str or _int(value) or _float(value)


_any_list = _list_of(str, _json)
_any_dict = _dict_of(str, _json)
_ATOMS: dict[str, tuple[Any, Check]] = {
    "str": (str, _never),
    "bool": (bool, _never),
    "int": (None, _int),
    "float": (None, _float),
    "datetime": (None, _datetime),
    "object": (str, _json),
}
