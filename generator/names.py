"""In → Out: names of the document → names of the Python client.

The published client's names follow from two rules of kubernetes-client/gen (short definition names, operation ids
without their tag) and two of openapi-generator (camelize, underscore), all four of which are here and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFINITIONS = "#/definitions/"


def is_kubernetes(definition: str) -> bool:
    """Tell Kubernetes' own definitions (`io.k8s.api.…`, `io.k8s.….pkg.…`) from CRDs' in a group below k8s.io."""
    return definition.startswith("io.k8s.api.") or (definition.startswith("io.k8s.") and ".pkg." in definition)


# Parts of every cluster: their names never give way to those of an aggregated API.
_CORE = tuple(f"io.k8s.{part}." for part in ("api", "apimachinery.pkg", "apiextensions-apiserver.pkg", "kube-aggregator.pkg"))


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Map each Kubernetes definition to its shortest unique dotted suffix of two parts or more.

    `io.k8s.api.core.v1.Pod` → `v1.Pod`; `io.k8s.api.core.v1.Event` → `core.v1.Event`, as events.v1 has one too.
    Definitions of others (a cluster's CRDs) keep their full name, as with kubernetes-client/gen.
    """
    parts = {name: name.split(".") for name in names if is_kubernetes(name)}
    length = dict.fromkeys(parts, 2)
    while True:
        short = {name: ".".join(parts[name][-length[name] :]) for name in parts}
        count = Counter(short.values())
        core = Counter(short[name] for name in parts if name.startswith(_CORE))
        clashing = [
            name
            for name in parts
            if (core if name.startswith(_CORE) else count)[short[name]] > 1 and length[name] < len(parts[name])
        ]
        if not clashing:
            return short
        for name in clashing:
            length[name] += 1


def class_name(definition: str) -> str:
    """Python class of a definition, as openapi-generator spells it: `v1.Pod` → `V1Pod`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[._-]", definition))


def snake(word: str) -> str:
    """openapi-generator's `underscore`: `listCSIDriver` → `list_csi_driver`. Leaves snake case as it is."""
    word = re.sub(r"([A-Z]+)([A-Z][a-z][a-z]+)", r"\1_\2", word.replace("-", "_").replace(" ", "_"))
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", word).lower()


def tag_name(tag: str) -> str:
    """The normalised spelling of a tag, which API classes are called by: `core_v1`; `3scaleNet_v1` → `api_3scale_net_v1`."""
    return snake(tag) if tag[:1].isalpha() else f"api_{snake(tag)}"


def camel(tag: str) -> str:
    """The spelling of a tag inside operation ids: `core_v1` → `CoreV1`."""
    return "".join(part[:1].upper() + part[1:] for part in tag.split("_"))


def method_name(operation_id: str, tags: Iterable[str]) -> str:
    """Python method of an operation: `listCoreV1NamespacedPod` of tag core_v1 → `list_namespaced_pod`."""
    for tag in tags:
        operation_id = operation_id.replace(camel(tag), "")
    return snake(operation_id)
