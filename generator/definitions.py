"""In → Out: the JSON schemas of the kubernetes-validate wheel → the definitions of the OpenAPI document.

kubernetes-validate carries, as data, the definitions of every release in JSON Schema's dialect; the change of dialect
is undone here. Compared with the documents of 1.35 and 1.36: equal, but for the texts of Quantity and IntOrString.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.errors import Failure

if TYPE_CHECKING:
    import zipfile

MACHINERY = "io.k8s.apimachinery.pkg."
# Their type was widened for validation; the document's is part of Kubernetes' wire format and has never changed.
WIDENED: dict[str, dict[str, Any]] = {
    MACHINERY + "util.intstr.IntOrString": {"type": "string", "format": "int-or-string"},
    MACHINERY + "api.resource.Quantity": {"type": "string"},
}


def read_definitions(wheel: zipfile.ZipFile, k8s: str) -> dict[str, Any]:
    """Definitions of Kubernetes `k8s` ("1.37"), by full name."""
    path = f"kubernetes_validate/kubernetes-json-schema/v{k8s}.0-local/_definitions.json"
    try:
        schemas = json.loads(wheel.read(path))["$defs"]
    except KeyError:
        raise Failure(path, "not in the kubernetes-validate wheel", "take another K8S= or SPEC=") from None
    definitions: dict[str, Any] = _swagger(schemas)
    for definition in definitions.values():
        if "x-kubernetes-group-version-kind" in definition:
            for name in ("apiVersion", "kind"):  # constants were added here
                definition.get("properties", {}).get(name, {}).pop("enum", None)
    missing = [name for name in WIDENED if name not in definitions]
    if missing:
        raise Failure(missing[0], "not among the schemas", "check definitions.WIDENED against kubernetes-validate")
    return definitions | WIDENED


def _swagger(node: Any) -> Any:
    """Undo nullable types and `$defs`."""
    if isinstance(node, list):
        return [_swagger(item) for item in node]
    if isinstance(node, str):
        return node.replace("#/$defs/", "#/definitions/", 1) if node.startswith("#/$defs/") else node
    if not isinstance(node, dict):
        return node
    return {key: _only(value) if key == "type" and isinstance(value, list) else _swagger(value) for key, value in node.items()}


def _only(types: list[str]) -> str:
    rest = [name for name in types if name != "null"]
    if len(rest) != 1:
        raise Failure(
            str(types),
            "a union that the OpenAPI document can't have had",
            "check definitions.WIDENED against kubernetes-validate",
        )
    return rest[0]
