"""Parameters and media types → what an HTTP request carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DELIMITERS = {"ssv": " ", "tsv": "\t", "pipes": "|"}


def parameters_to_tuples(params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
    """Return parameters as pairs; a collection becomes one delimited value, or one pair an item if its format is multi."""
    formats = collection_formats or {}
    result: list[tuple[str, Any]] = []
    for name, value in params.items() if isinstance(params, dict) else params:
        form = formats.get(name)
        if form is None:
            result.append((name, value))
        elif form == "multi":
            result.extend((name, item) for item in value)
        else:
            result.append((name, _DELIMITERS.get(form, ",").join(str(item) for item in value)))
    return result


def files_parameters(files: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """Return (name, (file name, bytes, media type)) of each file; a value may be a path or a list of paths."""
    import mimetypes
    from pathlib import Path

    result: list[tuple[str, Any]] = []
    for name, value in (files or {}).items():
        for item in (value if isinstance(value, list) else [value]) if value else ():
            path = Path(item)
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            result.append((name, (path.name, path.read_bytes(), media_type)))
    return result


def select_accept(accepts: list[str]) -> str | None:
    """Return the Accept header: JSON alone where it is offered."""
    if not accepts:
        return None
    lowered = [media_type.lower() for media_type in accepts]
    return "application/json" if "application/json" in lowered else ", ".join(lowered)


def select_content_type(content_types: list[str], method: str | None, body: Any) -> str | None:
    """Return the Content-Type header: JSON Patch for a list that is patched in, JSON where offered, else the first."""
    if not content_types:
        return None
    lowered = [media_type.lower() for media_type in content_types]
    if method == "PATCH" and "application/json-patch+json" in lowered and isinstance(body, list):
        return "application/json-patch+json"
    return "application/json" if "application/json" in lowered or "*/*" in lowered else lowered[0]
