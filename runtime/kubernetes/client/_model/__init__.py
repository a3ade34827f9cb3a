"""How models work: what a generated model module imports.

A generated model is a `msgspec.Struct` (see `base.Model`). The markers say, as a field's default, what the OpenAPI
document knows of it beyond its type; every field's run-time default is None.
"""

from __future__ import annotations

from kubernetes.client._model.base import Model, alias
from kubernetes.client._model.markers import BASE64, MICRO_TIME, RAW_JSON, REQUIRED

__all__ = ("BASE64", "MICRO_TIME", "RAW_JSON", "REQUIRED", "Model", "alias")
