"""Attributes that a model's class doesn't declare: any can be set, as with the published client; none is ever sent."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from kubernetes.client._model.overrides import set_on_class
from kubernetes.client._model.state import peek, rare, user_state

if TYPE_CHECKING:
    from typing import Any


def undeclared(model: Any) -> dict[str, Any]:
    """Return the attributes of `model` that its class doesn't declare."""
    if type(model)._model_ is not type(model):
        return user_state(model)
    own = peek(model)
    return {} if own is None else own.attributes


def names_of(model: Any) -> list[str]:
    """Return what `dir` shows: all that can be read of `model`, without what is ours alone."""
    own = undeclared(model)
    found = {"discriminator", "local_vars_configuration", *own}
    for name in object.__dir__(model):
        ours = name[0] == "_" == name[-1] and name[1] != "_"
        if not ours and not (name not in own and _is_of_others(type(model), name)):
            found.add(name)
    return sorted(found)


def _is_of_others(cls: type, name: str) -> bool:
    member = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
    return isinstance(member, _Undeclared) and member.original is None


class Attributes(dict[str, "Any"]):
    """What `vars` gives of a model: its attributes as a dict; changes of it change the model."""

    def __init__(self, model: Any, values: dict[str, Any]) -> None:
        super().__init__(values)
        self._model = model

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        setattr(self._model, name, value)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        delattr(self._model, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    update, pop, setdefault = MutableMapping.update, MutableMapping.pop, MutableMapping.setdefault


def home(model: Any) -> dict[str, Any]:
    """Return the dict that keeps what the class of `model` doesn't declare, made if there is none."""
    return rare(model).attributes if type(model)._model_ is type(model) else user_state(model)


class _Undeclared:
    """Descriptor for a name that was set on some object of the class without being declared.

    It goes into the class at the first such assignment, so that reading declared fields needs no `__getattr__`.
    """

    def __init__(self, name: str, original: Any) -> None:
        self.name = name
        self.original = original

    def __get__(self, model: Any, owner: type) -> Any:
        attributes = undeclared(model) if model is not None else {}
        if self.name in attributes:
            return attributes[self.name]
        if self.original is None:
            kind = f"type object '{owner.__name__}'" if model is None else f"'{owner.__name__}' object"
            raise AttributeError(f"{kind} has no attribute '{self.name}'", name=self.name, obj=model)
        bound = getattr(type(self.original), "__get__", None)
        return bound(self.original, model, owner) if bound else self.original

    def __set__(self, model: Any, value: Any) -> None:
        home(model)[self.name] = value

    def __delete__(self, model: Any) -> None:
        if undeclared(model).pop(self.name, self) is self:
            raise AttributeError(self.name)


def set_undeclared(model: Any, name: str, value: Any) -> None:
    """Set an attribute that the class doesn't declare, or hide one that isn't a field, for this object alone."""
    cls = type(model)
    original = next((base.__dict__[name] for base in cls.__mro__ if name in base.__dict__), None)
    if original is not None and hasattr(type(original), "__set__"):
        raise AttributeError(f"can't set attribute '{name}'")
    set_on_class(cls._model_, name, _Undeclared(name, original))
    home(model)[name] = value
