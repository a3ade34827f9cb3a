"""In → Out: a normalised document → the same as our generator and templates want it, in place.

Each fix returns how many places it changed; shape.py decides whether it applies at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.lock import ROOT
from generator.names import DEFINITIONS, class_name, is_kubernetes, short_names
from generator.refs import references

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERLAYS = ROOT / "openapi" / "overlays"
_MERGE_PATCH = "application/merge-patch+json"
# What becomes of definitions that are one value; templates print what the marks say (models' `_model/markers.py`).
_MARKS = {
    "MicroTime": "x-kubernetes-micro-time",
    "FieldsV1": "x-kubernetes-raw-json",
    "IntOrString": "x-kubernetes-int-or-string",
}

# Fields that stay JSON text until they are read, and the definitions of what is in them.
_SELDOM_READ = {"managedFields": ".ManagedFieldsEntry", "openAPIV3Schema": ".JSONSchemaProps"}


def is_api_server(document: dict[str, Any]) -> bool:
    """Tell whether the document is a whole API server's: it lists its API groups."""
    return "/apis/" in document["paths"]


def _overlay(name: str) -> Any:
    return json.loads((OVERLAYS / name).read_text(encoding="utf-8"))


def add_custom_objects(document: dict[str, Any]) -> int:
    """Objects of CRDs by group, version and plural, which no document describes (kubernetes-client/gen has them too)."""
    added = {path: item for path, item in _overlay("custom_objects.json").items() if path not in document["paths"]}
    document["paths"].update(added)
    return len(added)


def add_api_discovery(document: dict[str, Any]) -> int:
    """The types of aggregated discovery, which servers answer with but don't describe (KEP-3352)."""
    added = {k: v for k, v in _overlay("apidiscovery.json").items() if k not in document["definitions"]}
    document["definitions"].update(added)
    return len(added)


def has_kubernetes_names(document: dict[str, Any]) -> bool:
    """Tell whether some definition is Kubernetes' own."""
    return any(is_kubernetes(name) for name in document["definitions"])


def shorten_definition_names(document: dict[str, Any]) -> int:
    """`io.k8s.api.core.v1.Pod` → `v1.Pod`: class names of the published client come from the shortest unique suffix."""
    new = short_names(document["definitions"])
    document["definitions"] = {new.get(name, name): value for name, value in document["definitions"].items()}
    for reference in references(document):
        old = reference["$ref"].removeprefix(DEFINITIONS)
        if old in new:
            reference["$ref"] = DEFINITIONS + new[old]
    return len(new)


def has_custom_patches(document: dict[str, Any]) -> bool:
    """Tell whether some objects can't be patched strategically, as those of CRDs."""
    return any(_is_custom_patch(item) for item in document["paths"].values())


def merge_patches_first(document: dict[str, Any]) -> int:
    """A dict as a patch is a merge patch where there is no strategic one: clients take the first type that is offered."""
    changed = 0
    for item in document["paths"].values():
        if _is_custom_patch(item):
            item["patch"]["consumes"].sort(key=lambda one: one != _MERGE_PATCH)
            changed += 1
    return changed


def _is_custom_patch(item: dict[str, Any]) -> bool:
    offered = item.get("patch", {}).get("consumes", ())
    return _MERGE_PATCH in offered and offered[0] != _MERGE_PATCH and not any("strategic" in one for one in offered)


def has_values(document: dict[str, Any]) -> bool:
    """Tell whether some definition is no object with properties."""
    return any("properties" not in value for value in document["definitions"].values())


def inline_values(document: dict[str, Any]) -> int:
    """Time, Quantity, IntOrString, FieldsV1, Patch …: definitions without properties are values, not models."""
    inline = {}
    for name, value in list(document["definitions"].items()):
        if "properties" not in value:
            kind = name.rpartition(".")[2]
            body = {"type": "object", **document["definitions"].pop(name)}
            if kind == "IntOrString":
                body["type"] = "object"
            body.pop("x-kubernetes-group-version-kind", None)
            inline[DEFINITIONS + name] = {**body, **({_MARKS[kind]: True} if kind in _MARKS else {})}
    for reference in list(references(document)):
        value = inline.get(reference.get("$ref", ""))  # a shared part is met more than once
        if value is not None:
            del reference["$ref"]
            clashing = [key for key in value if key in reference and key != "description"]
            if clashing:
                raise Failure(", ".join(clashing), "beside a reference to a value that has it too", "check the document")
            reference.update({**value, **reference})
    return len(inline)


def has_seldom_read(document: dict[str, Any]) -> bool:
    """Tell whether some model has a field that few programs read."""
    return any(True for _ in _seldom_read(document))


def keep_seldom_read_raw(document: dict[str, Any]) -> int:
    """Keep managedFields, a quarter of what servers send, and CRDs' schemas as text: few programs read them."""
    found = list(_seldom_read(document))
    for field in found:
        if "$ref" in field:  # openapi-generator drops what stands beside a reference
            field["allOf"] = [{"$ref": field.pop("$ref")}]
        field["x-kubernetes-raw-json"] = True
    return len(found)


def _seldom_read(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in document["definitions"].values():
        for name, kind in _SELDOM_READ.items():
            field = value.get("properties", {}).get(name, {})
            if field.get("items", field).get("$ref", "").endswith(kind):
                yield field


def has_deletions(document: dict[str, Any]) -> bool:
    """Tell whether some deletion is declared to answer with Status."""
    return any(_answers_status(item.get("delete")) for item in document["paths"].values())


def mark_deletions(document: dict[str, Any]) -> int:
    """A deletion answers with Status or with the object deleted (Kubernetes API conventions); Swagger 2 has no union.

    The document says Status, and the published client decoded objects as such. The other type is what GET answers.
    """
    changed = 0
    for item in document["paths"].values():
        schema = item.get("get", {}).get("responses", {}).get("200", {}).get("schema", {})
        if _answers_status(item.get("delete")) and "$ref" in schema:
            item["delete"]["x-kubernetes-deleted"] = class_name(schema["$ref"].removeprefix(DEFINITIONS))
            changed += 1
    return changed


def _answers_status(operation: dict[str, Any] | None) -> bool:
    schema = (operation or {}).get("responses", {}).get("200", {}).get("schema", {})
    return str(schema.get("$ref", "")).endswith("v1.Status")


def has_free_objects(document: dict[str, Any]) -> bool:
    """Tell whether some operation answers with an object of no declared type."""
    return any(True for _ in _free_objects(document))


def mark_free_objects(document: dict[str, Any]) -> int:
    """An operation that answers with any JSON object, as those of custom objects do, has a dict for type checkers."""
    found = list(_free_objects(document))
    for operation in found:
        operation["x-kubernetes-free-form"] = True
    return len(found)


def _free_objects(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and operation.get("responses", {}).get("200", {}).get("schema") == {"type": "object"}:
                yield operation


def has_renamed_fields(document: dict[str, Any]) -> bool:
    """Tell whether a model has fields that earlier releases spelled otherwise."""
    return any(name in document["definitions"] for name in _overlay("aliases.json"))


def alias_renamed_fields(document: dict[str, Any]) -> int:
    """`external_i_ps` became `external_ips` in release 36 without a word (kubernetes-client/python #2597): keep both."""
    changed = 0
    for name, aliases in _overlay("aliases.json").items():
        if name in document["definitions"]:
            document["definitions"][name]["x-kubernetes-aliases"] = aliases
            changed += 1
    return changed
