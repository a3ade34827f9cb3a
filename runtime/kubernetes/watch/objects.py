"""What a watch must know of an object, be it a model or a dict."""

from __future__ import annotations

from typing import Any


def namespaced_name(value: Any) -> Any:
    """Return what an object goes by among those of its kind: (namespace, name)."""
    metadata = metadata_of(value)
    return _field(metadata, "namespace"), _field(metadata, "name")


def metadata_of(value: Any) -> Any:
    return value.get("metadata") if isinstance(value, dict) else getattr(value, "metadata", None)


def _field(metadata: Any, name: str, key: str | None = None) -> Any:
    return metadata.get(key or name) if isinstance(metadata, dict) else getattr(metadata, name, None)


def version_of(value: Any) -> str | None:
    found: str | None = _field(metadata_of(value), "resource_version", "resourceVersion")
    return found


def uid_of(value: Any) -> Any:
    return _field(metadata_of(value), "uid")


def is_newer(version: str | None, known: str | None) -> bool:
    """Compare two versions; they are decimal numbers (Kubernetes enhancement 5504), or can only be the same."""
    if version is None or known is None or not (version.isdecimal() and known.isdecimal()):
        return version is None or version != known
    return (len(version), version) > (len(known), known)


def kind_of_items(page: Any) -> tuple[str, str]:
    kind, version = (page.get("kind"), page.get("apiVersion")) if isinstance(page, dict) else (page.kind, page.api_version)
    return (kind or "").removesuffix("List"), version or ""


def give_kind(item: Any, kind: str, api_version: str) -> None:
    """Say of what kind an object is: servers leave it out in lists, and say it in events."""
    if isinstance(item, dict):
        item.setdefault("kind", kind)
        item.setdefault("apiVersion", api_version)
    elif getattr(item, "kind", kind) is None:
        item.kind, item.api_version = kind, api_version
