"""In → Out: a structural schema, as CRDs have it → a Swagger schema in which every object is a definition of its own.

The rules of structural schemas: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
What Swagger 2 or a model can't hold becomes a plain JSON value with a warning that names its path; nothing is dropped.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from generator.fields import UNSPEAKABLE, python_keys
from generator.names import DEFINITIONS, class_name, snake
from generator.schemas import META

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY: dict[str, Any] = {"type": "object"}
"""Any JSON value; openapi-generator's `object`."""
FREE: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "object"}}
"""Any JSON object."""
_UNKNOWN = "x-kubernetes-preserve-unknown-fields"
_EMBEDDED = "x-kubernetes-embedded-resource"
_FORMATS = {"string": ("byte", "date-time"), "integer": ("int32", "int64")}
_SCALARS = {"string": str, "integer": int, "boolean": bool}
_COMBINED = ("oneOf", "anyOf", "allOf")
_LONGEST = 120
"""Characters of a definition's name; its module's file name has more, and file systems stop at 255 bytes."""
_LONGEST_DEFAULT = 200


class Objects:
    """The definitions that come out of schemas, and the warnings; names are unique among them and `taken`, the document's."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}
        self.warnings: list[str] = []
        self._known = {DEFINITIONS + name: snake(class_name(name)) for name in taken}
        self._modules = set(self._known.values())

    def add_kind(self, name: str, schema: dict[str, Any], where: str) -> None:
        """Add the definition of a kind: an object with apiVersion, kind and metadata, whatever its schema says."""
        if schema.get(_UNKNOWN) or not schema.get("properties"):
            self._warn(where, "fields of any name; spec and status are kept as plain JSON objects, others aren't")
            schema = {**schema, "properties": {"spec": FREE, "status": FREE, **schema.get("properties", {})}}
        for key in filter(UNSPEAKABLE.search, schema["properties"]):
            self._warn(where, f"{json.dumps(key)} is a name that no model can have; left out")
            schema = {**schema, "properties": {one: value for one, value in schema["properties"].items() if one != key}}
        self.definitions[name] = {
            **self._object(name, schema, where, resource=True),
            **{key: value for key, value in schema.items() if key == "x-kubernetes-group-version-kind"},
        }

    def add_part(self, name: str, schema: dict[str, Any], where: str) -> None:
        """Add a definition that others refer to; one without properties is a value and stays as it is."""
        self.definitions[name] = self._object(name, schema, where, resource=False) if "properties" in schema else schema

    def _object(self, name: str, schema: dict[str, Any], where: str, *, resource: bool) -> dict[str, Any]:
        properties = {key: value if isinstance(value, dict) else {} for key, value in schema["properties"].items()}
        if resource:
            properties = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, **properties}
            described = _described(properties.get("metadata", {}))
            properties["metadata"] = {**described, "$ref": f"{DEFINITIONS}{META}ObjectMeta"}
        keys = python_keys(properties)
        made = {keys[key]: self._value(properties[key], name + _pascal(key), f"{where}.{key}") for key in sorted(properties)}
        required = [key for key in schema.get("required", ()) if key in properties]
        for key in required:
            if properties[key].get("nullable"):
                self._warn(f"{where}.{key}", "required but nullable; optional here, as a model's None isn't sent")
        required = sorted(keys[key] for key in required if not properties[key].get("nullable"))
        renamed = [{"name": keys[key], "wire": repr(key)} for key in sorted(keys) if keys[key] != key]
        return {
            **_described(schema),
            "type": "object",
            "properties": made,
            **({"required": required} if required else {}),
            **({"x-kubernetes-wire-names": renamed} if renamed else {}),
        }

    def _value(self, raw: dict[str, Any], name: str, where: str) -> dict[str, Any]:
        """Return the schema of a value; `name` is what a definition of it is called."""
        combined: list[dict[str, Any]] = raw.get("allOf") or []
        reference = raw.get("$ref") or (combined[0].get("$ref") if len(combined) == 1 else None)
        described = _described(raw)
        if reference in self._known:
            return {**described, "$ref": reference}
        if reference:
            self._warn(where, f"a reference to nothing ({reference}); any JSON value")
            return {**described, **ANY}
        if _is_int_or_string(raw):
            return {**described, **ANY, "x-kubernetes-int-or-string": True}
        kind = _type(raw)
        if kind == "object":
            return {**described, **self._object_value(raw, name, where)}
        if kind == "array":
            return {**described, "type": "array", "items": self._items(raw, name, where)}
        if kind == "number":  # 2 must not become 2.0, which servers store as another value
            return {**described, **ANY, "x-kubernetes-number": True}
        if kind in _SCALARS and (_allowed(kind, raw) or all(one is None for one in raw.get("enum") or ())):
            return {**described, **_scalar(kind, raw)}
        if kind in _SCALARS:  # NooBaa's `debugLevel` is an integer out of four texts
            self._warn(where, f"an enum without any {kind}; any JSON value")
        elif kind is not None:
            self._warn(where, f"type {json.dumps(kind)} isn't known; any JSON value")
        elif any(raw.get(one) for one in _COMBINED) and not raw.get(_UNKNOWN):
            self._warn(where, "alternatives without a type in common; any JSON value")
        return {**described, **ANY}

    def _object_value(self, raw: dict[str, Any], name: str, where: str) -> dict[str, Any]:
        properties, others = raw.get("properties"), raw.get("additionalProperties")
        if properties and (raw.get(_UNKNOWN) or others):
            self._warn(where, "properties beside fields of any name; a plain JSON object, so that all of them are kept")
            return FREE
        if properties and any(map(UNSPEAKABLE.search, properties)):
            self._warn(where, "a property whose name no model can have; a plain JSON object")
            return FREE
        if properties:
            return {"$ref": DEFINITIONS + self._hoist(name, raw, where)}
        if isinstance(others, dict) and others:
            return {"type": "object", "additionalProperties": self._value(others, name, f"{where}.*")}
        return FREE

    def _items(self, raw: dict[str, Any], name: str, where: str) -> dict[str, Any]:
        items = raw.get("items")
        if not isinstance(items, dict):
            self._warn(where, "items without one schema; any JSON values")
            return ANY
        return self._value(items, name, f"{where}[]")

    def _hoist(self, name: str, raw: dict[str, Any], where: str) -> str:
        name = self._unique(name, where)
        self.definitions[name] = {}  # keeps its place before the objects inside it
        self.definitions[name] = self._object(name, raw, where, resource=bool(raw.get(_EMBEDDED)))
        return name

    def _unique(self, name: str, where: str) -> str:
        if len(name) > _LONGEST:
            digest = hashlib.sha256(where.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            name = f"{name[: _LONGEST // 2]}X{digest}{name[-_LONGEST // 4 :].lstrip('._-')}"
        number, unique = 1, name
        while snake(class_name(unique)) in self._modules:
            number += 1
            unique = f"{name}{number}"
        self._modules.add(snake(class_name(unique)))
        return unique

    def _warn(self, where: str, text: str) -> None:
        self.warnings.append(f"{where.strip()}: {text}")


def _pascal(key: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", key)) or "Field"


def _type(raw: dict[str, Any]) -> Any:
    found = raw.get("type")
    if isinstance(found, list):
        named = [one for one in found if one != "null"]
        found = named[0] if len(named) == 1 else found
    if found is None and ("properties" in raw or "additionalProperties" in raw or raw.get(_EMBEDDED)):
        return "object"
    return "array" if found is None and "items" in raw else found


def _is_int_or_string(raw: dict[str, Any]) -> bool:
    if raw.get("x-kubernetes-int-or-string") or raw.get("format") == "int-or-string":
        return True
    for combined in ("anyOf", "oneOf"):
        types = [one.get("type") for one in raw.get(combined) or () if isinstance(one, dict)]
        if sorted(map(str, types)) == ["integer", "string"] and "type" not in raw:
            return True
    return False


def _allowed(kind: str, raw: dict[str, Any]) -> list[Any]:
    """Return the enum's values that the type has; null is `nullable`'s affair."""
    return list(dict.fromkeys(value for value in raw.get("enum") or () if type(value) is _SCALARS[kind]))


def _scalar(kind: str, raw: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": kind}
    if raw.get("format") in _FORMATS.get(kind, ()):
        schema["format"] = raw["format"]
    values = _allowed(kind, raw)
    if values and kind == "integer":
        schema.setdefault("format", "int64")  # openapi-generator loses the enum of an integer without a format
    if values and kind != "boolean" and schema.get("format") not in _FORMATS["string"]:
        schema["enum"] = values
    return schema


def _described(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the description, which also tells the default: servers fill it in, clients don't."""
    text = str(raw.get("description") or "")
    if "default" in raw and raw["default"] != {}:
        default = json.dumps(raw["default"], ensure_ascii=False)
        shown = default if len(default) <= _LONGEST_DEFAULT else f"{default[:_LONGEST_DEFAULT]}…"
        text = f"{text}\n\nThe server's default: {shown}".strip()
    return {"description": text} if text else {}
