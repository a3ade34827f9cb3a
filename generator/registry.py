"""In → Out: two published wheels → the OpenAPI document of a Kubernetes version.

For where only package registries can be reached: definitions from kubernetes-validate, operations from the
published client of that version. See document.py for how both sources of one version come to the same digest.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from generator import legacy, pydantic_style
from generator.definitions import read_definitions
from generator.errors import Failure
from generator.names import class_name, short_names

if TYPE_CHECKING:
    from pathlib import Path

_API = "kubernetes/client/api/"
_STYLES = {"37": pydantic_style, "36": legacy}
# Hand-written upstream, not part of the document.
_FOREIGN = "custom_objects_api.py"


def rebuild(client: Path, validate: Path, k8s: str, client_version: str) -> dict[str, Any]:
    """Return the document. Raises Failure for a wheel of a style that isn't known and for an unknown type."""
    style = _STYLES.get(client_version.split(".", maxsplit=1)[0])
    if style is None:
        raise Failure(f"kubernetes {client_version}", "operations of this release can't be read", "take SPEC=release or a path")
    with zipfile.ZipFile(validate) as wheel:
        definitions = read_definitions(wheel, k8s)
    known = {class_name(short): full for full, short in short_names(definitions).items()}

    def ref(name: str) -> str:
        if name not in known:
            raise Failure(name, f"a type that the definitions of {k8s} don't have", "the two wheels don't fit together")
        return known[name]

    paths: dict[str, Any] = {}
    with zipfile.ZipFile(client) as wheel:
        for member in sorted(wheel.namelist()):
            file = member.removeprefix(_API)
            if member.startswith(_API) and file.endswith("_api.py") and file != _FOREIGN:
                for path, verb, operation in style.operations(wheel.read(member).decode("utf-8"), ref):
                    paths.setdefault(path, {})[verb] = {**operation, "tags": [file.removesuffix("_api.py")]}
    return {"swagger": "2.0", "info": {"title": "Kubernetes", "version": f"v{k8s}"}, "paths": paths, "definitions": definitions}
