"""The metaclass of models: class body → msgspec Struct with the constructor that users know.

A class that derives directly from `Model` is a generated one and becomes a Struct without garbage-collector overhead.
A class that derives from a generated model is a user's: it keeps its own `__init__`, gets a `__dict__` and weak
references, and adds no Struct fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model import checks
from kubernetes.client._model.arguments import bind, signature_of
from kubernetes.client._model.markers import BASE64, MICRO_TIME, RAW_JSON, REQUIRED
from kubernetes.client._model.overrides import LOCK, Declared, override, show_fields
from kubernetes.client._model.rawjson import ABSENT, RawJson, keeper
from kubernetes.client._model.state import WITH_RARE, private_name, rare

if TYPE_CHECKING:
    from typing import Any

    from msgspec import StructMeta
    from typing_extensions import dataclass_transform
else:
    StructMeta = type(msgspec.Struct)

    def dataclass_transform():
        return lambda cls: cls


construct: Any = StructMeta.__call__
"""The Struct's own constructor: takes fields by position or keyword and checks nothing."""

MODELS: dict[str, Any] = {}
"""Generated model classes that exist by now, by name."""
EXTENDED: list[Any] = []
"""Users' classes that declare fields of their own, which msgspec doesn't know."""
_BLANKS: dict[Any, tuple[Any, tuple[str, ...]]] = {}
"""An object without values, and the required fields, of each generated class in use that has no other checks."""
_changed_copy: Any = msgspec.structs.replace
_set = type.__setattr__


@dataclass_transform()
class ModelMeta(StructMeta):
    """Makes Structs of generated models and ordinary subclasses of users' classes."""

    if not TYPE_CHECKING:

        def __new__(mcls, name, bases, namespace, **options):
            if options.pop("base", False):
                return StructMeta.__new__(mcls, name, bases, namespace, **options)
            if any(getattr(base, "_model_", None) is not None for base in bases):
                return _user_class(name, bases, namespace, options)
            with LOCK:
                existing = MODELS.get(name)
                if existing is not None and _same_module(existing.__module__, namespace["__module__"]):
                    return existing  # made from the bundle, or imported under its other name in kubernetes.aio
                return _generated_class(mcls, name, bases, namespace)

        def __call__(cls, /, *args, **kwargs):
            if args or cls not in _BLANKS:
                return _construct_checked(cls, args, kwargs)
            blank, required = _BLANKS[cls]
            try:
                # StructMeta.__call__ would pack and unpack the arguments once more.
                self = _changed_copy(blank, **kwargs)
            except TypeError:
                return construct_slowly(cls, args, kwargs)
            for name in required:
                if kwargs.get(name) is None:
                    checks.check_model(self)
            return self

        @property
        def __signature__(cls):
            return signature_of(cls)


class UserMeta(ModelMeta):
    """Metaclass of users' classes and of generated ones with a replaced field: `__init__` sets every attribute."""

    if not TYPE_CHECKING:

        def __call__(cls, /, *args, **kwargs):
            if not cls._own_init_:  # a subclass that leaves the constructor as it is
                return super().__call__(*args, **kwargs)
            self = cls.__new__(cls, *args, **kwargs) if cls._own_new_ else construct(cls)
            if isinstance(self, cls):
                cls.__init__(self, *args, **kwargs)
            return self


def _same_module(one: str, other: str) -> bool:
    return one == other.replace("kubernetes.aio.client.", "kubernetes.client.")


def _construct_checked(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if cls._model_ is cls and not cls._base64_:
        _BLANKS[cls] = construct(cls), cls._required_
    try:
        self = construct(cls, *args, **kwargs)
    except TypeError:
        return construct_slowly(cls, args, kwargs)
    if cls._checked_:
        checks.check_model(self)
    return self


def construct_slowly(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Construct a model where the Struct's constructor refused: `local_vars_configuration`, aliases, published errors."""
    values, configuration = bind(cls, args, kwargs)
    self = construct(cls, **values)
    if configuration is not None:
        rare(self).configuration = configuration
    checks.check_model(self)
    return self


def _generated_class(mcls: Any, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
    types = namespace["openapi_types"]
    marked = {field: namespace[field] for field in types if namespace[field] is not None}
    # One at most, so that `keeper` knows its name; a second one is decoded with the rest.
    raw = {field: RawJson(field, types[field]) for field in [field for field in marked if marked[field] & RAW_JSON][:1]}
    for field in marked:
        namespace[field] = ABSENT if field in raw else None
    required = tuple([field for field, marker in marked.items() if marker & REQUIRED])
    base64 = tuple([field for field, marker in marked.items() if marker & BASE64])
    if raw:
        namespace["__post_init__"] = keeper(*raw.values())
    if base64:
        namespace["__setattr__"] = checks.set_checked
    namespace.update(
        _required_=required,
        _base64_=base64,
        _checked_=frozenset((*required, *base64)),
        _micro_time_=tuple([field for field, marker in marked.items() if marker & MICRO_TIME]),
        _raw_json_=tuple(raw),
    )
    # Annotations are replaced by run-time types when the class is first decoded (see types.py); here msgspec takes
    # no more than the names from them.
    cls = StructMeta.__new__(
        mcls, name, bases, namespace, rename=namespace["attribute_map"], gc=False, omit_defaults=True, eq=True
    )
    _set(cls, "_model_", cls)
    for name_of_map in ("openapi_types", "attribute_map"):
        declared = Declared(namespace[name_of_map])
        declared.model = cls
        _set(cls, name_of_map, declared)
    _show(cls, raw)
    MODELS[name] = cls
    return cls


def _show(cls: Any, raw: dict[str, RawJson]) -> None:
    """Put descriptors and private names of the fields into a class that was just made."""
    members, fields = cls.__dict__, cls.__struct_fields__
    for field, descriptor in raw.items():
        descriptor.slot = members[field]
        _set(cls, "_raw_text_", descriptor.slot)  # for `keeper`
        _set(cls, field, descriptor)
    for field in fields:
        _set(cls, private_name(cls, field), members[field])
    show_fields(ModelMeta, fields)


def replace_field(cls: Any, name: str) -> None:
    """Let a descriptor that a user put in place of a field take part in constructing and decoding."""
    from kubernetes.client._model.plain import forget

    _set(cls, "_replaced_", cls._replaced_ | {name})
    _set(cls, "_checked_", cls._checked_ - {name})
    _set(cls, "_own_init_", True)
    _set(cls, "__class__", UserMeta)
    forget(cls)
    EXTENDED.append(cls)
    override(cls.__name__)


def init_of(cls: Any) -> Any:
    """Return the `__init__` that objects of `cls` get, as the class that defines it has it."""
    return next(base.__dict__["__init__"] for base in cls.__mro__ if "__init__" in base.__dict__)


def _user_class(name: str, bases: tuple[type, ...], namespace: dict[str, Any], options: dict[str, Any]) -> Any:
    init, new = namespace.pop("__init__", None), namespace.pop("__new__", None)
    for fixed in ("__annotations__", "__annotate__", "__annotate_func__", "__slots__"):
        namespace.pop(fixed, None)
    if not any(base.__dictoffset__ for base in bases):
        options["dict"] = True
    if not any(base.__weakrefoffset__ for base in bases):
        options["weakref"] = True
    cls: Any = StructMeta.__new__(UserMeta, name, bases, namespace, gc=True, omit_defaults=True, eq=True, **options)
    if init is not None:
        _set(cls, "__init__", init)
    if new is not None:
        _set(cls, "__new__", staticmethod(new))
        _set(cls, "_own_new_", True)
    model = cls._model_
    _set(cls, "_own_init_", cls._own_new_ or init_of(cls) is not init_of(model) or model._own_init_)
    WITH_RARE.add(cls)
    if "openapi_types" in namespace or "attribute_map" in namespace:
        EXTENDED.append(cls)
    return cls
