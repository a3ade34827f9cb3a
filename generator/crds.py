"""In → Out: CRDs and a Kubernetes document → the paths and definitions that an API server would have for them.

The operations are those of Deployments with other names: a kind of the same shape, whose parameters are the version's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from generator.custom import tag
from generator.errors import Failure
from generator.names import DEFINITIONS, snake
from generator.schemas import META

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MODEL = "/apis/apps/v1/namespaces/{namespace}/deployments"
_MODEL_KIND = "io.k8s.api.apps.v1.Deployment"
_EVERYWHERE = "/apis/apps/v1/deployments"
# Custom objects have no protobuf and no strategic merge patch; CBOR is still behind a feature gate.
_ABSENT = ("protobuf", "cbor", "strategic-merge-patch")


def add(document: dict[str, Any], crds: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a normalised document with the CRDs' paths and kinds beside its own.

    Raises Failure if the document has no Deployments to take operations from, or has one of the kinds already.
    """
    for path in (_MODEL, _EVERYWHERE, f"{_MODEL}/{{name}}/status", f"{_MODEL}/{{name}}/scale"):
        if path not in document["paths"]:
            raise Failure(path, "not in the base document, whose operations CRDs' are made from", "take another BASE=")
    paths, definitions = dict(document["paths"]), dict(document["definitions"])
    for crd in crds:
        for version in crd["spec"]["versions"]:
            kind = f"{_package(crd)}.{version['name']}.{crd['spec']['names']['kind']}"
            taken = next((name for name in (kind, _list_name(crd, kind)) if name in definitions), None)
            if taken:
                raise Failure(taken, "the base document or another CRD has this kind already", "leave its CRD out")
            definitions.update(_definitions(crd, version, kind))
            paths.update(_paths(crd, version, kind, document["paths"]))
    return {**document, "paths": dict(sorted(paths.items())), "definitions": definitions}


def _package(crd: dict[str, Any]) -> str:
    return ".".join(reversed(crd["spec"]["group"].split(".")))


def _list_name(crd: dict[str, Any], kind: str) -> str:
    return f"{kind.rpartition('.')[0]}.{crd['spec']['names']['listKind']}"


def _definitions(crd: dict[str, Any], version: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    names, group = crd["spec"]["names"], crd["spec"]["group"]
    schema = (version.get("schema") or {}).get("openAPIV3Schema") or {}
    gvk = {"group": group, "version": version["name"]}
    text = str(schema.get("description") or f"{names['kind']} is a custom kind of {group}.")
    storage = " Its objects are stored in this version." if version.get("storage") else ""
    yield (
        kind,
        {
            **schema,
            "description": text + storage,
            "x-kubernetes-group-version-kind": [{**gvk, "kind": names["kind"]}],
        },
    )
    yield (
        _list_name(crd, kind),
        {
            "description": f"{names['listKind']} is a list of {names['kind']}.",
            "type": "object",
            "required": ["items"],
            "properties": {
                "apiVersion": {"type": "string"},
                "items": {"type": "array", "items": {"$ref": DEFINITIONS + kind}},
                "kind": {"type": "string"},
                "metadata": {"$ref": f"{DEFINITIONS}{META}ListMeta"},
            },
            "x-kubernetes-group-version-kind": [{**gvk, "kind": names["listKind"]}],
        },
    )


def _paths(crd: dict[str, Any], version: dict[str, Any], kind: str, models: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    spec = crd["spec"]
    prefix, plural = f"/apis/{spec['group']}/{version['name']}", spec["names"]["plural"]
    inside = f"{prefix}/namespaces/{{namespace}}/{plural}" if spec["namespaced"] else f"{prefix}/{plural}"
    subresources = version.get("subresources") or {}
    wanted = {_MODEL: inside, f"{_MODEL}/{{name}}": f"{inside}/{{name}}"}
    for name in ("status", "scale"):
        if subresources.get(name) is not None:
            wanted[f"{_MODEL}/{{name}}/{name}"] = f"{inside}/{{name}}/{name}"
    if spec["namespaced"]:
        wanted[_EVERYWHERE] = f"{prefix}/{plural}"
    for model, path in wanted.items():
        yield path, {verb: _operation(operation, crd, version, kind) for verb, operation in models[model].items()}


def _operation(model: dict[str, Any], crd: dict[str, Any], version: dict[str, Any], kind: str) -> dict[str, Any]:
    spec = crd["spec"]
    name = spec["names"]["kind"]
    text = json.dumps({key: value for key, value in model.items() if key != "tags"})
    text = text.replace(f"{DEFINITIONS}{_MODEL_KIND}List", DEFINITIONS + _list_name(crd, kind))
    text = text.replace(f"{DEFINITIONS}{_MODEL_KIND}", DEFINITIONS + kind)
    operation: dict[str, Any] = json.loads(re.sub(r"\bDeployment\b", lambda _: name, text))
    words = "".join(word.capitalize() for word in operation["operationId"].split("_"))
    scoped = words if spec["namespaced"] else words.replace("Namespaced", "")
    operation["operationId"] = snake(scoped.replace("Deployment", name))
    operation["tags"] = [tag(spec["group"], version["name"])]
    if not spec["namespaced"]:
        operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "namespace"]
    for key in ("produces", "consumes"):
        if key in operation:
            operation[key] = [one for one in operation[key] if not any(absent in one for absent in _ABSENT)]
    return operation
