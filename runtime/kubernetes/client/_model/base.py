"""`Model`, the base of every generated model: what users do with an object that has fields."""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model import checks, copying
from kubernetes.client._model.arguments import bind, initializer_signature
from kubernetes.client._model.meta import ModelMeta, construct, replace_field
from kubernetes.client._model.plain import to_dict
from kubernetes.client._model.state import RareSlot, peek, private_name, rare
from kubernetes.client._model.undeclared import Attributes, home, names_of, set_undeclared, undeclared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, ClassVar

    from kubernetes.client.configuration import Configuration
    from typing_extensions import Self


class Model(RareSlot, msgspec.Struct, metaclass=ModelMeta, base=True, kw_only=True, gc=False, eq=False):
    """A Kubernetes API object or a part of one.

    Fields are typed attributes; the constructor takes them by position or keyword, in the order of `openapi_types`,
    and `local_vars_configuration`. Values that users give are validated unless the configuration's
    `client_side_validation` is off. Any other attribute can be set too; it is never sent.
    """

    if TYPE_CHECKING:
        _model_: ClassVar[Any]
        openapi_types: ClassVar[dict[str, str]]
        attribute_map: ClassVar[dict[str, str]]
        local_vars_configuration: Configuration | None = None
        discriminator: ClassVar[str | None]

    def to_dict(self, serialize: bool = False) -> dict[str, Any]:
        """Return the fields as a dict, nested models too; by their JSON names if `serialize` is true."""
        return to_dict(self, serialize)

    def to_str(self) -> str:
        """Return `to_dict()` as formatted text."""
        import pprint

        return pprint.pformat(self.to_dict())

    def to_json(self) -> str:
        """Return the object as a JSON text, as it would be sent (fields that are None left out)."""
        from kubernetes.client._model.wire import to_json

        return to_json(self).decode()

    @classmethod
    def from_json(cls, json_str: str | bytes) -> Self:
        """Return the object that a JSON text describes. Raises ApiValueError for text that isn't JSON."""
        from kubernetes.client._model.decode import decode

        found: Self = decode(json_str, cls._model_.__name__)
        return found

    @classmethod
    def from_dict(cls, obj: dict[str, Any] | None) -> Self | None:
        """Return the object that a dict with JSON names describes (None for None)."""
        from kubernetes.client._model.decode import from_builtins

        found: Self | None = from_builtins(obj, cls._model_.__name__)
        return found

    def __repr__(self) -> str:
        return self.to_str()

    def __eq__(self, other: object) -> bool:
        return _same_fields(self, other) is True or copying.same(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Self:
        found: Self = copying.shallow(self)
        return found

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        found: Self = copying.deep(self, memo)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        from kubernetes.client._model import pickling

        return pickling.reduce(self)

    def __setstate__(self, state: dict[str, Any]) -> None:
        from kubernetes.client._model import pickling

        pickling.set_published_state(self, state)

    def __dir__(self) -> Iterable[str]:
        return names_of(self)

    if not TYPE_CHECKING:

        def __setattr__(self, name, value):
            if value is None and name in type(self)._checked_:
                checks.check_value(self, name, value)
            try:
                _set_field(self, name, value)
            except AttributeError:
                set_undeclared(self, name, value)

        def __delattr__(self, name):
            if name in type(self).openapi_types:
                message = f"property '{name}' of '{type(self).__name__}' object has no deleter"
                raise AttributeError(message)
            object.__delattr__(self, name)

        @property
        def __dict__(self):
            model = type(self)._model_
            found = {"local_vars_configuration": self.local_vars_configuration}
            found.update((private_name(model, name), getattr(self, name)) for name in model.__struct_fields__)
            return Attributes(self, {**found, "discriminator": None, **undeclared(self)})

        @property
        def discriminator(self):
            """None: no Kubernetes model has one."""
            return undeclared(self).get("discriminator")

        @discriminator.setter
        def discriminator(self, value):
            home(self)["discriminator"] = value

        @discriminator.deleter
        def discriminator(self):
            undeclared(self).pop("discriminator", None)

        @property
        def local_vars_configuration(self):
            """The configuration given to the constructor, else the process-wide default."""
            own = peek(self)
            if own is not None and own.configuration is not None:
                return own.configuration
            from kubernetes.client.configuration import Configuration

            return Configuration.get_default()

        @local_vars_configuration.setter
        def local_vars_configuration(self, value):
            rare(self).configuration = value

        @local_vars_configuration.deleter
        def local_vars_configuration(self):
            rare(self).configuration = None


class alias:  # noqa: N801 - reads as a declaration in generated models
    """Descriptor: another name of a field, for releases that spelled it differently."""

    def __init__(self, name: str) -> None:
        self.alias_of = name

    def __get__(self, model: Any, owner: Any = None) -> Any:
        return self if model is None else getattr(model, self.alias_of)

    def __set__(self, model: Any, value: Any) -> None:
        setattr(model, self.alias_of, value)


def _blank(cls: Any, *_: Any, **__: Any) -> Any:
    """Make an object with every field None, as the published `__new__` leaves it to `__init__` or to pickle."""
    return construct(cls)


def _init(self: Any, *args: Any, **kwargs: Any) -> None:
    """Set the fields as the published constructors did; for subclasses that call `super().__init__`."""
    values, configuration = bind(type(self), args, kwargs)
    if configuration is not None:
        rare(self).configuration = configuration
    for name in self._model_.openapi_types:
        value = values.get(name)
        if value is not None or name in self._required_:
            setattr(self, name, value)


class _Init:
    """`__init__` of models: on a class it is a function with the class's own signature, as in the published classes."""

    def __get__(self, model: Any, owner: Any) -> Any:
        if model is not None:
            return MethodType(_init, model)
        found = _INITS.get(owner)
        if found is None:
            found = _INITS[owner] = FunctionType(_init.__code__, _init.__globals__, "__init__")
            found.__qualname__, found.__module__ = f"{owner.__qualname__}.__init__", owner.__module__
            found.__signature__ = initializer_signature(owner)  # type: ignore[attr-defined]
        return found


_INITS: dict[Any, FunctionType] = {}
# Not Struct.__setattr__: CPython up to 3.12 refuses it, because the mixin is the first base; and this one is faster.
_set_field = msgspec.structs.force_setattr
_same_fields: Any = vars(msgspec.Struct.__base__)["__eq__"]
type.__setattr__(Model, "__init__", _Init())
type.__setattr__(Model, "__new__", staticmethod(_blank))
type.__setattr__(Model, "_own_init_", False)
type.__setattr__(Model, "_own_new_", False)
type.__setattr__(Model, "_replaced_", frozenset())
type.__setattr__(Model, "_model_", None)
type.__setattr__(Model, "_override_", classmethod(replace_field))
