"""In → Out: a normalised document → the same with its custom kinds, CRDs' and others', as models; what there is of them.

Kinds that aren't Kubernetes' own describe nested objects in place and have what only structural schemas have.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.names import DEFINITIONS, camel, is_kubernetes, tag_name
from generator.refs import references
from generator.structural import Objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SHOWN = 20
"""Warnings on the terminal; out/warnings.txt has all of them."""
_GVK = "x-kubernetes-group-version-kind"


@dataclasses.dataclass(frozen=True)
class Custom:
    """The custom part of a document: kinds by (group, version), its definitions, the warnings."""

    kinds: dict[tuple[str, str], list[str]]
    definitions: list[str]
    warnings: list[str]

    def facts(self) -> dict[str, int]:
        """Return the counts for the terminal."""
        groups = {group for group, _ in self.kinds}
        return {
            "groups": len(groups),
            "kinds": sum(map(len, self.kinds.values())),
            "models": len(self.definitions),
            "warnings": len(self.warnings),
        }

    def lines(self) -> Iterator[str]:
        """Yield the summary: each group and version with its API class and kinds, then the warnings."""
        for (group, version), kinds in sorted(self.kinds.items()):
            yield f"  {group}/{version}  {camel(tag(group, version))}Api: {', '.join(sorted(kinds))}"
        for warning in self.warnings[:_SHOWN]:
            yield f"  warning: {warning}"
        if len(self.warnings) > _SHOWN:
            yield f"  … and {len(self.warnings) - _SHOWN} more warnings in warnings.txt"


def tag(group: str, version: str) -> str:
    """The tag of a group's operations, as normalised: `stable.example.com`, `v1` → `stable_example_com_v1`.

    API servers leave `.k8s.io` out (apiserver's pkg/endpoints/openapi, GetOperationIDAndTags).
    """
    first, *others = re.split(r"[^A-Za-z0-9]+", group.removesuffix(".k8s.io"))
    return tag_name(f"{first}{''.join(part[:1].upper() + part[1:] for part in others)}_{version}")


def convert(document: dict[str, Any], warnings: Iterable[str] = ()) -> tuple[dict[str, Any], Custom]:
    """Return the document with every object of its custom kinds a definition of its own; `warnings` there are already."""
    document = _without_copies(document)
    definitions = document["definitions"]
    roots = {name: value for name, value in definitions.items() if _GVK in value and not is_kubernetes(name)}
    parts = _reached(roots, definitions)
    objects = Objects(definitions)
    kinds: dict[tuple[str, str], list[str]] = {}
    for name, schema in sorted(roots.items()):
        gvk = schema[_GVK][0]
        where = f"{gvk['kind']}.{gvk['version']}.{gvk['group']} "
        if _is_list(schema):
            _add(objects.add_part, name, schema, where)
            objects.definitions[name][_GVK] = schema[_GVK]
        else:
            _add(objects.add_kind, name, schema, where)
            kinds.setdefault((gvk["group"], gvk["version"]), []).append(gvk["kind"])
    for name in parts:
        _add(objects.add_part, name, definitions[name], f"{name} ")
    paths, renamed = _distinct(document["paths"], {group for group, _ in kinds})
    custom = Custom(kinds, list(objects.definitions), [*warnings, *objects.warnings, *renamed])
    kept = {name: value for name, value in definitions.items() if name not in objects.definitions}
    return {**document, "paths": paths, "definitions": {**kept, **objects.definitions}}, custom


def _distinct(paths: dict[str, Any], groups: set[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the paths with a number after a custom kind's method that has another one's name, and warnings.

    The status of a Thing and a kind ThingStatus have the same methods; so have a Thing and a cluster's NamespacedThing.
    """
    own = {path for path in paths if path.startswith("/apis/") and path.split("/")[2] in groups}
    used = {_key(operation) for path, item in paths.items() if path not in own for operation in item.values()}
    renamed, warnings = {}, []
    for path in sorted(own, key=lambda path: (path.count("/"), path)):
        renamed[path] = dict(paths[path])
        for verb, operation in paths[path].items():
            number, name = 1, operation["operationId"]
            while _key(operation) in used:
                number += 1
                operation = {**operation, "operationId": f"{name}{number}"}  # noqa: PLW2901
            used.add(_key(operation))
            renamed[path][verb] = operation
            if number > 1:
                warnings.append(f"{path}: {name} is another one's name; {operation['operationId']}")
    return {path: renamed.get(path, item) for path, item in paths.items()}, warnings


def _key(operation: dict[str, Any]) -> tuple[str, str]:
    return "".join(operation["tags"]), operation["operationId"]


def _add(add: Callable[[str, dict[str, Any], str], None], name: str, schema: dict[str, Any], where: str) -> None:
    try:
        add(name, schema, where)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        step = "see what kubectl apply --dry-run=server says of it"
        raise Failure(where.strip(), f"its schema isn't one ({error})", step) from None


def _without_copies(document: dict[str, Any]) -> dict[str, Any]:
    """Take `ObjectMeta_v2` and its like, which servers give to CRDs, for the types that they are copies of."""
    copies = {name: re.sub(r"_v\d+$", "", name) for name in document["definitions"] if is_kubernetes(name)}
    copies = {name: original for name, original in copies.items() if name != original}
    if not copies:
        return document
    document = copy.deepcopy(document)
    definitions = document["definitions"]
    for name, original in copies.items():
        definition = definitions.pop(name)
        definitions.setdefault(original, definition)
    for reference in references(document):
        name = reference["$ref"].removeprefix(DEFINITIONS)
        reference["$ref"] = DEFINITIONS + copies.get(name, name)
    return document


def _is_list(schema: dict[str, Any]) -> bool:
    properties = schema.get("properties", {})
    return "items" in properties and str(properties.get("metadata", {}).get("$ref", "")).endswith("ListMeta")


def _reached(roots: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    reached = dict.fromkeys(roots)
    for name in (walk := list(roots)):  # grows while it is walked
        for reference in references(definitions[name]):
            found = reference["$ref"].removeprefix(DEFINITIONS)
            if found in definitions and found not in reached and not is_kubernetes(found):
                reached[found] = None
                walk.append(found)
    return sorted(name for name in reached if name not in roots)
