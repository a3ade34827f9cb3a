"""What programs see of a model's fields on its class, and what they put in their place.

The published classes have a property for each field, and a well-known workaround for refused answers replaces one
(`V1ContainerImage.names = V1ContainerImage.names.setter(…)`, kubernetes-client/python #895). Here a field is a slot, which
is faster; a data descriptor of the metaclass shows it as a property on the class alone, and hears of replacements.
What a replaced field or class is reached from is decoded value by value, so that the replacement takes part.
"""

from __future__ import annotations

import threading
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LOCK = threading.RLock()
"""Held while classes are made, changed and resolved, and while msgspec builds its own description of them."""
OVERRIDDEN: set[str] = set()
"""Names of generated models of which a field, or all of the class, was replaced by a user."""
LISTENERS: list[Callable[[], None]] = []
"""Called when `OVERRIDDEN` changes: caches that depend on it are emptied."""
_METACLASSES: list[type] = []
_set = type.__setattr__


class Declared(dict[str, str]):
    """`openapi_types` or `attribute_map` of a class: programs add the field of a newer server, which is then sent and read."""

    __slots__ = ("model",)
    model: Any

    def __setitem__(self, name: str, text: str) -> None:
        changed = self.get(name) != text
        super().__setitem__(name, text)
        if changed:
            self.model._override_(name)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    update, setdefault = MutableMapping.update, MutableMapping.setdefault


class FieldOnClass:
    """Data descriptor of the metaclass for one field name: what `V1Pod.kind` is, and what assigning to it does."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, cls: Any, metaclass: Any = None) -> Any:
        if cls is None:
            return self
        for base in cls.__mro__:
            if self.name in base.__dict__:
                return self._shown(cls, base, base.__dict__[self.name])
        raise AttributeError(f"type object '{cls.__name__}' has no attribute '{self.name}'", name=self.name, obj=cls)

    def _shown(self, cls: Any, base: Any, member: Any) -> Any:
        generated: Any = base if base.__dict__.get("_model_") is base else None
        if generated is not None and self.name in generated.openapi_types and self.name not in generated._replaced_:
            return _as_property(base, self.name, member)
        bound = getattr(type(member), "__get__", None)
        return bound(member, None, cls) if bound else member

    def __set__(self, cls: Any, value: Any) -> None:
        set_on_class(cls, self.name, value)
        if cls._model_ is cls and self.name in cls.openapi_types:
            cls._override_(self.name)

    def __delete__(self, cls: Any) -> None:
        with LOCK:
            _hidden(self.name, lambda: type.__delattr__(cls, self.name))


def _as_property(cls: Any, name: str, member: Any) -> property:
    def put(model: Any, value: Any) -> None:
        if name in cls._checked_:
            from kubernetes.client._model.checks import check_value

            check_value(model, name, value)
        member.__set__(model, value)

    return property(member.__get__, put, doc=f":rtype: {cls.openapi_types[name]}")


def _hidden(name: str, change: Callable[[], None]) -> None:
    """Make a change of a class's own dict, which the metaclass's descriptor of that name would else take over."""
    (metaclass,) = _METACLASSES
    shown = metaclass.__dict__.get(name)
    if shown is None:
        change()
        return
    type.__delattr__(metaclass, name)
    try:
        change()
    finally:
        _set(metaclass, name, shown)


def show_fields(metaclass: type, names: tuple[str, ...]) -> None:
    """Show fields of these names as properties on classes of `metaclass`."""
    if not _METACLASSES:
        _METACLASSES.append(metaclass)
    known = metaclass.__dict__
    for name in names:
        if name not in known:
            _set(metaclass, name, FieldOnClass(name))


def set_on_class(cls: Any, name: str, value: Any) -> None:
    """Set an attribute of a class itself, whatever its metaclass shows under that name."""
    with LOCK:
        _hidden(name, lambda: _set(cls, name, value))


def override(name: str, *, active: bool = True) -> None:
    """Note that the model called `name` was replaced by a user, or put back."""
    with LOCK:
        if active is (name in OVERRIDDEN):
            return
        (OVERRIDDEN.add if active else OVERRIDDEN.discard)(name)
        for empty in LISTENERS:
            empty()
