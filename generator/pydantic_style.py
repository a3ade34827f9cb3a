"""In → Out: the API modules of a published `kubernetes` wheel from 37 → the operations of the OpenAPI document.

The modules are read with `ast`, never imported. `_NAME_serialize` has path, verb, parameters and media types; the
docstring of `NAME_with_http_info` has types and descriptions, its `_response_types_map` the answers.
"""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.schemas import META, schema_of, wire_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PLACES = {"_path_params": "path", "_header_params": "header"}
# Upstream repairs these two before it generates; the document has them otherwise, and shaping repairs them for all.
_REPAIRED = {("exec", "command"): {"type": "string"}, ("portforward", "ports"): {"type": "integer"}}


def operations(source: str, ref: Callable[[str], str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (path, verb, operation) of an API module; `ref` maps a class name to a definition's."""
    cls = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    methods = {node.name: node for node in cls.body if isinstance(node, ast.FunctionDef)}
    for name in methods:
        if f"_{name}_serialize" in methods:
            yield _operation(name, methods[f"{name}_with_http_info"], methods[f"_{name}_serialize"], ref)


def _operation(
    name: str, documented: ast.FunctionDef, serializer: ast.FunctionDef, ref: Callable[[str], str]
) -> tuple[str, str, dict[str, Any]]:
    doc = inspect.cleandoc(ast.get_docstring(documented) or "")
    types = dict(re.findall(r"^:type (\w+): (.*)$", doc, re.MULTILINE))
    texts = {key: " ".join(text.split()) for key, text in re.findall(r"^:param (\w+): ?(.*(?:\n(?!:).*)*)", doc, re.MULTILINE)}
    facts = _facts(serializer)
    path, verb = facts["call"]
    operation: dict[str, Any] = {"operationId": name, "parameters": []}
    operation["description"] = " ".join(doc.partition("\n\n")[2].partition(":param ")[0].split())
    for place, wire, python in facts["parameters"]:
        if python not in types:
            raise Failure(f"{name}({python})", "a parameter without a documented type", "check the wheel's API modules")
        text, required = re.subn(r" *\(required\)$", "", texts.get(python, ""))
        parameter: dict[str, Any] = {"in": place, "name": wire}
        if place == "body":
            parameter["schema"] = wire_body(types[python], verb, ref)
        else:
            parameter.update(_REPAIRED.get((path.rsplit("/", 1)[1], wire)) or schema_of(types[python], ref))
        if text.strip():
            parameter["description"] = text.strip()
        if required:
            parameter["required"] = True
        operation["parameters"].append(parameter)
    operation["responses"] = _responses(documented, verb, ref)
    for key in ("produces", "consumes"):
        if facts[key]:
            operation[key] = facts[key]
    return path, verb, operation


def _responses(function: ast.FunctionDef, verb: str, ref: Callable[[str], str]) -> dict[str, Any]:
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "_response_types_map":
            assert node.value is not None
            answers = ast.literal_eval(node.value)
            found = {code: {"schema": schema_of(kind, ref)} if kind else {} for code, kind in answers.items()}
            for answer in found.values():
                if verb == "delete" and answer.get("schema") == {"type": "object"}:  # widened upstream
                    answer["schema"] = {"$ref": f"#/definitions/{META}Status"}
            return found
    raise Failure(function.name, "no response types", "check the wheel's API modules")


def _facts(function: ast.FunctionDef) -> dict[str, Any]:
    facts: dict[str, Any] = {"parameters": [], "produces": [], "consumes": []}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            _assigned(node.targets[0], node.value.id, facts)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            _called(node, node.func.attr, facts)
    return facts


def _assigned(target: ast.expr, python: str, facts: dict[str, Any]) -> None:
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id in _PLACES:
        wire = ast.literal_eval(target.slice)
        if wire != "Content-Type":
            facts["parameters"].append((_PLACES[target.value.id], wire, python))
    elif isinstance(target, ast.Name) and target.id == "_body_params":
        facts["parameters"].append(("body", "body", python))


def _called(node: ast.Call, attribute: str, facts: dict[str, Any]) -> None:
    if attribute == "append":
        pair = node.args[0]
        if isinstance(pair, ast.Tuple) and isinstance(pair.elts[1], ast.Name):
            facts["parameters"].append(("query", ast.literal_eval(pair.elts[0]), pair.elts[1].id))
    elif attribute == "select_header_accept":
        facts["produces"] = ast.literal_eval(node.args[0])
    elif attribute == "select_header_content_type":
        facts["consumes"] = ast.literal_eval(node.args[0])
    elif attribute == "param_serialize":
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        facts["call"] = (ast.literal_eval(named["resource_path"]), ast.literal_eval(named["method"]).lower())
