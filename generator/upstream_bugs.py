"""In → Out: a normalised document → the same with what is wrong in it put right, in place.

Each fix returns how many places it changed; shape.py decides whether it applies at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def _queries(document: dict[str, Any], path_end: str, name: str) -> Iterator[dict[str, Any]]:
    for path, item in document["paths"].items():
        if path.endswith(path_end):
            for operation in item.values():
                yield from (one for one in operation["parameters"] if one["in"] == "query" and one["name"] == name)


def has_pod_exec(document: dict[str, Any]) -> bool:
    """Tell whether Pods can execute commands."""
    return any(path.endswith("/pods/{name}/exec") for path in document["paths"])


def exec_command_is_a_list(document: dict[str, Any]) -> int:
    """Pod exec's `command` repeats; the document says string.

    PodExecOptions.Command is []string: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/types.go
    """
    changed = 0
    for parameter in _queries(document, "/pods/{name}/exec", "command"):
        if parameter.get("type") == "string":
            parameter.update(type="array", items={"type": "string"}, collectionFormat="multi")
            changed += 1
    return changed


def has_pod_portforward(document: dict[str, Any]) -> bool:
    """Tell whether ports of Pods can be forwarded."""
    return any(path.endswith("/pods/{name}/portforward") for path in document["paths"])


def portforward_ports_are_text(document: dict[str, Any]) -> int:
    """Pod portforward's `ports` is a list in one text ("80,443"); the document says integer.

    PodPortForwardOptions.Ports is []int32: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/types.go
    """
    changed = 0
    for parameter in _queries(document, "/pods/{name}/portforward", "ports"):
        if parameter.get("type") == "integer":
            parameter["type"] = "string"
            changed += 1
    return changed
