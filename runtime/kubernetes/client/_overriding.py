"""Whether users' code sits between our steps: then every step runs as published, else shorter ways are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


def released(cls: type, names: Iterable[str]) -> dict[str, Any]:
    """Return what a class has under these names, for `untouched` to compare later."""
    return {name: getattr(cls, name) for name in names}


def untouched(instance: Any, methods: Mapping[str, Any] | None) -> bool:
    """Tell whether `instance` has these methods as they were released (no: None, for an object of an unknown kind).

    They may be overridden in a subclass, patched in the class, or set on the object.
    """
    if methods is None:
        return False
    cls, own = type(instance), instance.__dict__
    for name, function in methods.items():  # noqa: SIM110 - `all` costs a generator, for each call
        if name in own or getattr(cls, name) is not function:
            return False
    return True


def sends_models(client: Any, body: Any, headers: Mapping[str, Any]) -> bool:
    """Tell whether a body is a model that can be printed at once, with nobody in between who expects a dict."""
    from kubernetes.client._model.base import Model

    return (
        isinstance(body, Model)
        and "json" in headers.get("Content-Type", "json").lower()
        and untouched(client, client._SENDING)
        and untouched(client.rest_client, getattr(type(client.rest_client), "_SENDING", None))
    )
