"""In → Out: a document → its references, and whether they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.names import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator


def references(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that is a reference. `$ref` is also the name of a property (of JSONSchemaProps)."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node
        for item in list(node.values()):
            yield from references(item)


def check_references(document: dict[str, Any]) -> None:
    """Raise Failure for a reference to a definition that isn't there."""
    known = {DEFINITIONS + name for name in document["definitions"]}
    for reference in references(document):
        if reference["$ref"] not in known:
            raise Failure(reference["$ref"], "a reference to nothing in the document", "check the document")
