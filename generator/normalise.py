"""In → Out: a Kubernetes OpenAPI v2 document from any source → the document that all sources agree on.

What the published wheels can't tell is left out or derived: shared parameters are written out, operations get the
published client's method names, deprecated watch operations (the list operations with `watch=true`) go.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.definitions import WIDENED
from generator.errors import Failure
from generator.names import method_name, tag_name

VERBS = ("get", "put", "post", "delete", "options", "head", "patch")
_STATUS = {"200": "OK", "201": "Created", "202": "Accepted", "401": "Unauthorized"}
# The published client calls them without the slash (kubernetes-client/gen, preprocess_spec.py).
_SLASHED = ("/.well-known/openid-configuration/", "/openid/v1/jwks/")
_WATCH = ("watch", "allowWatchBookmarks")


def normalise(document: dict[str, Any], k8s: str) -> dict[str, Any]:
    """Return a new document; `document` is left as it is. Raises Failure for what can't be an OpenAPI v2 document."""
    shared = document.get("parameters", {})
    paths = {}
    for path, item in document["paths"].items():
        operations = {
            verb: _operation(item[verb], item.get("parameters", []), shared, document)
            for verb in VERBS
            if verb in item and not _is_deprecated_watch(item[verb])
        }
        if operations:
            paths[path.rstrip("/") if path in _SLASHED else path] = operations
    return {
        "swagger": "2.0",
        "info": {"title": "Kubernetes", "version": f"v{k8s}"},
        "paths": paths,
        "definitions": {name: _definition(name, value) for name, value in document["definitions"].items()},
        "security": [{"BearerToken": []}],
        "securityDefinitions": {
            "BearerToken": {
                "type": "apiKey",
                "name": "authorization",
                "in": "header",
                "description": "Bearer Token authentication",
            }
        },
    }


def digest(document: dict[str, Any]) -> str:
    """Return the sha256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_deprecated_watch(operation: dict[str, Any]) -> bool:
    """Tell operations that were replaced by `watch=true` on the list operation (Kubernetes API conventions)."""
    return str(operation.get("x-kubernetes-action", "")).startswith("watch")


def _operation(raw: dict[str, Any], common: list[Any], shared: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    tags = raw.get("tags", [])
    if not raw.get("operationId"):
        raise Failure(str(raw.get("description", "an operation")), "has no operationId", "check the document")
    operation: dict[str, Any] = {
        "operationId": method_name(raw["operationId"], tags),
        "tags": [tag_name(tag) for tag in tags[:1]],
    }
    if raw.get("description"):
        operation["description"] = " ".join(raw["description"].split())
    parameters = [_parameter(_dereference(one, shared)) for one in (*common, *raw.get("parameters", []))]
    if operation["operationId"].startswith("delete_collection"):  # they delete, they don't watch
        parameters = [one for one in parameters if one["name"] not in _WATCH]
    # As openapi-generator sorts them: required ones first, a body last among its kind.
    operation["parameters"] = sorted(parameters, key=lambda one: (not one.get("required"), one["in"] == "body"))
    answers = {code: answer for code, answer in raw.get("responses", {}).items() if code != "401"}
    if answers:  # every call may be refused, and sources differ on whether calls without a declared answer say so
        answers["401"] = {}
    operation["responses"] = {code: _response(code, answers[code]) for code in sorted(answers)}
    for key in ("produces", "consumes"):
        media_types = raw.get(key, document.get(key, []))
        if media_types and not (key == "consumes" and not _chooses_media_type(raw, operation)):
            operation[key] = media_types
    return operation


def _chooses_media_type(raw: dict[str, Any], operation: dict[str, Any]) -> bool:
    has_body = any(one["in"] == "body" for one in operation["parameters"])
    return has_body and raw.get("consumes") != ["*/*"]


def _dereference(parameter: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in parameter:
        return parameter
    name = parameter["$ref"].rpartition("/")[2]
    if name not in shared:
        raise Failure(parameter["$ref"], "a parameter that the document doesn't have", "check the document")
    found: dict[str, Any] = shared[name]
    return found


def _parameter(raw: dict[str, Any]) -> dict[str, Any]:
    parameter = {
        key: raw[key] for key in ("in", "name", "type", "schema", "items", "required", "collectionFormat") if raw.get(key)
    }
    if raw.get("description"):
        parameter["description"] = " ".join(raw["description"].split())
    return parameter


def _response(code: str, raw: dict[str, Any]) -> dict[str, Any]:
    schema = raw.get("schema")
    return {"description": _STATUS.get(code, "Answer"), **({"schema": schema} if schema else {})}


def _definition(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    return WIDENED.get(name, raw)
