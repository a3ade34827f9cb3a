"""Constructor arguments → values by field, with the errors of the published constructors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import inspect
    from typing import Any

    from kubernetes.client.configuration import Configuration

_CONFIGURATION = "local_vars_configuration"


def bind(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[dict[str, Any], Configuration | None]:
    """Return the given values by field name, and the configuration given, if any.

    Raises TypeError as the published `__init__` does for too many, doubled and unknown arguments.
    """
    model = cls._model_
    where = f"{model.__qualname__}.__init__()"
    names = (*model.openapi_types, _CONFIGURATION)
    if len(args) > len(names):
        message = f"{where} takes from 1 to {len(names) + 1} positional arguments but {len(args) + 1} were given"
        raise TypeError(message)
    values = dict(zip(names, args, strict=False))
    for name, value in kwargs.items():
        field = getattr(model.__dict__.get(name), "alias_of", name)
        if field in values:
            raise TypeError(f"{where} got multiple values for argument '{name}'")
        if field not in model.openapi_types and field != _CONFIGURATION:
            raise TypeError(f"{where} got an unexpected keyword argument '{name}'")
        values[field] = value
    return values, values.pop(_CONFIGURATION, None)


def signature_of(cls: Any) -> inspect.Signature:
    """Return the signature of calling a class, for `inspect.signature` and `help`."""
    import inspect

    own = inspect.signature(cls.__init__)
    return own.replace(parameters=list(own.parameters.values())[1:])


def initializer_signature(cls: Any) -> inspect.Signature:
    """Return the signature of the `__init__` that generated models have."""
    import inspect

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = (*getattr(cls._model_, "openapi_types", ()), _CONFIGURATION)
    return inspect.Signature([inspect.Parameter("self", kind), *(inspect.Parameter(name, kind, default=None) for name in names)])
