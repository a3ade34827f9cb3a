"""In → Out: generated model modules → the models that a Pod reaches, as data for one file of the package.

The first list of Pods needs more than a hundred models; to import as many modules costs more than everything else in a
program's first call. From the data their classes are made at once (runtime/kubernetes/client/_model/bundle.py).
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from generator.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROOTS = ("V1PodSpec", "V1PodStatus")
"""The models whose closure is bundled: workloads of all kinds reach the first, lists of Pods both."""
_NAME = re.compile(r"\b[A-Z]\w*")
Bundled = tuple[str, str, str, tuple[tuple[str, str, str, str], ...], tuple[tuple[str, str], ...]]
"""Class, module, docstring, fields (attribute, JSON name, type string, markers as source), aliases (name, field)."""


def bundled(models: Path, modules: Mapping[str, str]) -> list[Bundled]:
    """Return the models that ROOTS reach, those of ROOTS that the document has.

    :param models: the folder of generated model modules
    :param modules: module by class name
    """
    found: dict[str, Bundled] = {}
    waiting = [name for name in ROOTS if name in modules]
    for name in waiting:  # grows while it is walked
        found[name] = read_model(models / f"{modules[name]}.py", name, modules[name])
        for _, _, kind, _ in found[name][3]:
            waiting.extend(reached for reached in _NAME.findall(kind) if reached in modules and reached not in waiting)
    return [found[name] for name in sorted(found)]


def read_model(path: Path, name: str, module: str) -> Bundled:
    """Return what a generated module says of its class. Raises Failure if it isn't what templates/client writes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    try:
        (cls,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
        assigned: dict[str, Any] = {ast.unparse(node.targets[0]): node.value for node in cls.body if isinstance(node, ast.Assign)}
        types, keys = ast.literal_eval(assigned.pop("openapi_types")), ast.literal_eval(assigned.pop("attribute_map"))
        markers = {
            node.target.id: ast.unparse(node.value)
            for node in cls.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None
        }
        fields = tuple((field, keys[field], kind, markers[field]) for field, kind in types.items())
        aliases = tuple((alias, ast.literal_eval(call.args[0])) for alias, call in assigned.items())
    except (ValueError, KeyError, AttributeError) as error:
        raise Failure(
            path.name, f"is not a model as templates/client writes them ({error})", "keep generator/bundle.py in step"
        ) from None
    return name, module, ast.get_docstring(cls, clean=False) or "", fields, aliases
