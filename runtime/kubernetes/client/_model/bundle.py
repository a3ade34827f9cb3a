"""Makes the classes of all models that a Pod reaches at once, when the first of them is about to be decoded.

A class that exists stays, and a module that is imported later finds the class that exists (`meta.ModelMeta`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubernetes.client._model.base import Model, alias
from kubernetes.client._model.meta import MODELS
from kubernetes.client._model.overrides import LOCK

if TYPE_CHECKING:
    from typing import Any

TRIGGER = "V1PodSpec"
"""The model that reaches all that are bundled."""


def make_all() -> None:
    """Make the classes that aren't there yet."""
    from kubernetes.client.models._bundle import MODELS as BUNDLED

    with LOCK:
        for name, module, doc, fields, aliases in BUNDLED:
            if name not in MODELS:
                _make(name, f"kubernetes.client.models.{module}", doc, fields, aliases)


def _make(name: str, module: str, doc: str, fields: tuple[Any, ...], aliases: tuple[Any, ...]) -> None:
    types = {field: kind for field, _, kind, _ in fields}
    namespace: dict[str, Any] = {
        "__module__": module,
        "__qualname__": name,
        "__doc__": doc,
        "openapi_types": types,
        "attribute_map": {field: key for field, key, _, _ in fields},
        "__annotations__": types,
        **{field: marker for field, _, _, marker in fields},
    }
    namespace.update((other, alias(field)) for other, field in aliases)
    metaclass: Any = type(Model)
    metaclass(name, (Model,), namespace)
