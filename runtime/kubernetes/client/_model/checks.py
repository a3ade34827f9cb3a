"""Validation of what users set, with the published messages.

Only values that a user gives are checked: what a server sends is never refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kubernetes.client._model.state import validates

if TYPE_CHECKING:
    from typing import Any

# The pattern that openapi-generator derives from `format: byte`; users see it in the message.
_PATTERN = r"^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$"


def check_value(model: Any, name: str, value: Any) -> None:
    """Raise ValueError if `value` may not be set as field `name` of `model` (TypeError for base64 that is no string)."""
    cls = type(model)
    if value is None:
        if name in cls._required_ and validates(model):
            raise ValueError(f"Invalid value for `{name}`, must not be `None`")
    elif name in cls._base64_ and validates(model) and not re.search(_PATTERN, value):
        raise ValueError(f"Invalid value for `{name}`, must be a follow pattern or equal to `/{_PATTERN}/`")


def set_checked(model: Any, name: str, value: Any) -> None:
    """`__setattr__` of models with base64 fields: their values are checked, not only whether there is one."""
    if name in type(model)._checked_:
        check_value(model, name, value)
    super(type(model)._model_, model).__setattr__(name, value)


def check_model(model: Any) -> None:
    """Check every field of a model just constructed, in the order of its fields."""
    cls = type(model)
    for name in cls.openapi_types:
        if name in cls._checked_:
            check_value(model, name, getattr(model, name))
