"""In → Out: a file or folder of CRD manifests → the CRDs in it, in the form of apiextensions.k8s.io/v1."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUP = "apiextensions.k8s.io/"
_KEEPS = "x-kubernetes-preserve-unknown-fields"
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_SUFFIXES = (".yaml", ".yml", ".json")


def read(path: Path) -> list[dict[str, Any]]:
    """Return the CRDs below a path, by name. Raises Failure for none, for unreadable text, for two that disagree."""
    if not path.exists():
        raise Failure(f"SPEC=crd:{path}", "no such file or folder", "give a CRD manifest, or a folder of them")
    files = sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES) if path.is_dir() else [path]
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for file in files:
        for manifest in documents(file):
            crd = checked(manifest, file.name)
            name = crd["metadata"]["name"]
            if name in found and found[name][1]["spec"] != crd["spec"]:
                raise Failure(name, f"{found[name][0].name} and {file.name} have different CRDs of this name", "remove one")
            found[name] = (file, crd)
    if not found:
        raise Failure(f"SPEC=crd:{path.name}", f"no CustomResourceDefinition in {len(files)} files", "give CRD manifests")
    crds = [found[name][1] for name in sorted(found)]
    if not any(crd["spec"]["versions"] for crd in crds):
        raise Failure(f"SPEC=crd:{path.name}", "no version of its CRDs is served", "give CRDs with `served: true`")
    return crds


def documents(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the CRDs of a file of YAML documents as they are, also those inside a List; other objects are passed over."""
    import yaml

    try:
        text = file.read_text(encoding="utf-8-sig")
        # JSON isn't quite YAML: characters beyond U+FFFF may be pairs of escapes.
        documents = _json(text) or list(yaml.load_all(text, _loader()))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        said = " ".join(str(error).split())
        raise Failure(file.name, f"not YAML ({said})", "check it; render templates before (helm template)") from None
    for document in documents:
        items = document.get("items") if isinstance(document, dict) and document.get("kind") == "List" else None
        for manifest in items if isinstance(items, list) else [document]:
            if isinstance(manifest, dict) and manifest.get("kind") == "CustomResourceDefinition":
                yield manifest


def _json(text: str) -> list[Any]:
    """Return the one JSON document that the text is, if it is."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return []


def _loader() -> Any:
    """Return a safe loader that reads scalars as Kubernetes does: `on` and `=` are texts, and so are dates.

    (YAML 1.1, which PyYAML follows, has booleans, dates and a "value" for these; enums of real CRDs list them.)
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not _is_odd(tag, first)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def _is_odd(tag: str, first: str) -> bool:
    return tag.endswith((":timestamp", ":value")) or (tag.endswith(":bool") and first in "yYnNoO")


def checked(manifest: dict[str, Any], source: str) -> dict[str, Any]:
    """Return a CRD in the form of v1. Raises Failure if it lacks what the API server requires."""
    try:
        name = str(manifest["metadata"]["name"])
        spec = manifest["spec"]
        if str(manifest.get("apiVersion")) == f"{_GROUP}v1beta1":
            spec = _from_v1beta1(spec)
        names = {key: str(spec["names"][key]) for key in ("plural", "kind")}
        names["listKind"] = str(spec["names"].get("listKind") or f"{names['kind']}List")
        versions = [version for version in spec["versions"] if version.get("served", True)]
        for version in versions:
            version["name"] = str(version["name"])
        group = str(spec["group"])
        _check_names(source, group, *names.values(), *(version["name"] for version in versions))
        namespaced = spec.get("scope", "Namespaced") == "Namespaced"
    except (KeyError, TypeError, AttributeError) as error:
        raise Failure(source, f"a CRD without {error}", "check it: kubectl apply --dry-run=server says what is missing") from None
    return {
        "metadata": {"name": name},
        "spec": {"group": group, "names": names, "namespaced": namespaced, "versions": versions},
    }


def _check_names(source: str, *names: str) -> None:
    """Raise Failure for a name that API servers refuse; modules and classes are called by these."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise Failure(source, f"{json.dumps(name)} is no name of a group, version or kind", "see its CRD's spec")


def _from_v1beta1(spec: dict[str, Any]) -> dict[str, Any]:
    """Move what v1beta1 had once for all versions into each (Kubernetes 1.22 removed v1beta1)."""
    common = {
        "schema": spec.get("validation") or {},
        "subresources": spec.get("subresources") or {},
    }
    versions = spec.get("versions") or [{"name": spec["version"], "served": True, "storage": True}]
    free = {_KEEPS: True} if spec.get("preserveUnknownFields", True) else {}
    versions = [{**common, **version} for version in versions]
    for version in versions:
        schema = version["schema"].get("openAPIV3Schema") or {}
        version["schema"] = {"openAPIV3Schema": schema if schema.get("properties") else {**schema, **free}}
    return {**spec, "versions": versions}
