"""In → Out: K8S and SPEC → the normalised OpenAPI document, with its source and digest.

The source is what the user says, never another one in its place.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import cluster, crds, fetch, kubeconfig, manifests, registry
from generator.errors import Failure
from generator.normalise import digest, normalise

if TYPE_CHECKING:
    from generator.lock import Lock

VALIDATE = "kubernetes-validate"
SPECS = "registry, release, cluster, crd:<file or folder of CRD manifests>, or the path of a document, plain or gzip"


@dataclasses.dataclass(frozen=True)
class Document:
    """A normalised document. `source` is what the wheel's metadata says, without a path of this machine."""

    k8s: str
    source: str
    sha256: str
    content: dict[str, Any]
    pinned: bool = True
    """Whether version and source alone say what is in it; else its digest has to."""
    warnings: tuple[str, ...] = ()
    """What the source has and the document doesn't."""


def read(k8s: str, spec: str, lock: Lock, cache: Path, base: str = "registry", context: str = "") -> Document:
    """Return the document that `SPEC` names. Raises Failure.

    Args:
        k8s: Kubernetes version, "" for the newest or for what the document says.
        spec: `registry`, `release`, `cluster`, `crd:<file or folder of CRD manifests>`, or a path, plain or gzip.
        lock: what is pinned.
        cache: folder of downloads.
        base: for `crd:`, the SPEC of the document that the CRDs are added to.
        context: for `cluster`, the kubeconfig's context, "" for the current one.
    """
    if spec.startswith("crd:"):
        return _with_crds(Path(spec.removeprefix("crd:")), read(k8s, base, lock, cache, context=context))
    if spec == "cluster":
        return _of_cluster(cluster.Server(kubeconfig.access(context, dict(os.environ))))
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


def _of_cluster(server: cluster.Server) -> Document:
    raw, schemas = cluster.read(server)
    k8s = _version_of(raw, "cluster")
    lacking, warnings = cluster.undescribed(server, raw)
    content = normalise(raw, k8s)
    if lacking:
        content = crds.add(content, lacking)
    origins = " and ".join(dict.fromkeys(origin for origin in (schemas, "CRDs" if lacking else "") if origin))
    source = f"cluster, custom schemas from {origins}" if origins else "cluster"
    return Document(k8s, source, digest(content), content, pinned=False, warnings=tuple(warnings))


def _with_crds(path: Path, base: Document) -> Document:
    content = crds.add(base.content, manifests.read(path))
    source = f"{base.source} and CRDs of {path.resolve().name}"
    return Document(base.k8s, source, digest(content), content, pinned=False, warnings=base.warnings)


def _from_registry(k8s: str, lock: Lock, cache: Path) -> dict[str, Any]:
    version = lock.version(k8s)
    if not version.operations:
        raise Failure(
            f"K8S={k8s} SPEC=registry",
            "no published wheel has its operations in a form that is read",
            "take SPEC=release or SPEC=<path> (BASE= with crd:)",
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
        raise Failure(
            f"SPEC={spec}", "no such file", "give registry, release, cluster, crd:<path>, or the path of a document"
        ) from None
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
