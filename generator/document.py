"""In → Out: K8S and SPEC → the normalised OpenAPI document, with its source and digest.

The source is what the user says, never another one in its place.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import fetch, registry
from generator.errors import Failure
from generator.normalise import digest, normalise

if TYPE_CHECKING:
    from generator.lock import Lock

VALIDATE = "kubernetes-validate"


@dataclasses.dataclass(frozen=True)
class Document:
    """A normalised document. `source` is what the wheel's metadata says, without a path of this machine."""

    k8s: str
    source: str
    sha256: str
    content: dict[str, Any]


def read(k8s: str, spec: str, lock: Lock, cache: Path) -> Document:
    """Return the document that `SPEC` names: `registry`, `release` or a path, plain or gzip. Raises Failure."""
    if spec == "registry":
        raw, source = _from_registry(k8s or lock.newest, lock, cache), "registry"
    elif spec == "release":
        version = lock.version(k8s or lock.newest)
        raw, source = parse(fetch.fetch_release(version.release), version.release), f"release {version.release}"
    else:
        raw, source = parse(_from_path(spec), spec), f"file {Path(spec).name}"
    k8s = k8s or (lock.newest if spec in ("registry", "release") else _version_of(raw, spec))
    content = normalise(raw, k8s)
    found = digest(content)
    if spec in ("registry", "release"):
        pinned = lock.version(k8s).sha256
        if pinned and pinned != found:
            raise Failure(
                f"Kubernetes {k8s} from {source}",
                f"normalises to {found}, openapi/lock.toml has {pinned}",
                "find what changed before pinning it",
            )
    return Document(k8s, source, found, content)


def _from_registry(k8s: str, lock: Lock, cache: Path) -> dict[str, Any]:
    version = lock.version(k8s)
    if not version.operations:
        raise Failure(
            f"K8S={k8s} SPEC=registry",
            "no published wheel has its operations in a form that is read",
            "take SPEC=release or SPEC=<path>",
        )
    operations, definitions = lock.wheels[version.operations], lock.wheels[VALIDATE]
    paths = [fetch.fetch_wheel(wheel, cache) for wheel in (operations, definitions)]
    return registry.rebuild(paths[0], paths[1], k8s, operations.version)


def _from_path(spec: str) -> bytes:
    path = Path(spec)
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except FileNotFoundError:
        raise Failure(f"SPEC={spec}", "no such file", "give registry, release, or the path of a document") from None
    except (OSError, EOFError, zlib.error) as error:
        raise Failure(f"SPEC={spec}", f"can't be read ({error})", "check the file") from None


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Return the OpenAPI v2 document in `data`. Raises Failure for anything else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Failure(name, f"not JSON, or cut off ({error})", "fetch the document again") from None
    if not isinstance(document, dict) or document.get("swagger") != "2.0":
        raise Failure(name, "not an OpenAPI v2 document (no `swagger: 2.0`)", "take /openapi/v2 or api/openapi-spec/swagger.json")
    for part in ("paths", "definitions"):
        if not isinstance(document.get(part), dict):
            raise Failure(name, f"has no `{part}`", "check the document")
    return document


def _version_of(document: dict[str, Any], spec: str) -> str:
    """Return the Kubernetes version that the document, or else the file's name, says."""
    for text in (str(document.get("info", {}).get("version", "")), Path(spec).name):
        found = re.search(r"(?:^|\D)(1\.\d+)(?:\D|$)", text)
        if found:
            return found[1]
    raise Failure(f"SPEC={spec}", "says of no Kubernetes version", "give one: K8S=1.36")
