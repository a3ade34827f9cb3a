"""In → Out: Python types in the docstrings of published clients → Swagger schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_SCALARS = {"str": "string", "int": "integer", "bool": "boolean", "float": "number", "object": "object"}
_LIST = re.compile(r"[Ll]ist\[(.*)\]")


def schema_of(text: str, ref: Callable[[str], str]) -> dict[str, Any]:
    """Return the schema of a type as docstrings spell it. What `ref` raises for an unknown class is passed on."""
    text = text.strip()
    found = _LIST.fullmatch(text)
    if found:
        return {"type": "array", "items": schema_of(found[1], ref)}
    if text in _SCALARS:
        return {"type": _SCALARS[text]}
    return {"$ref": f"#/definitions/{ref(text)}"}


def wire_body(text: str, verb: str, ref: Callable[[str], str]) -> dict[str, Any]:
    """Return the schema of a body; a PATCH's is `Patch`, which published clients show as object."""
    if verb == "patch" and text == "object":
        return {"$ref": f"#/definitions/{META}Patch"}
    return schema_of(text, ref)
