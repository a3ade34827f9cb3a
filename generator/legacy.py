"""In → Out: the API modules of a published `kubernetes` wheel up to 36 → the operations of the OpenAPI document.

The modules are read with `ast`, never imported. A method's body has path, verb, parameters and media types; its
docstring has their types and descriptions. A type that isn't known raises: nothing is guessed.
"""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.schemas import schema_of, wire_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIX = "_with_http_info"
_PLACES = {"path_params": "path", "header_params": "header"}


def operations(source: str, ref: Callable[[str], str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (path, verb, operation) of an API module; `ref` maps a class name to a definition's."""
    cls = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    for node in cls.body:
        if isinstance(node, ast.FunctionDef) and node.name.endswith(_SUFFIX):
            yield _operation(node, ref)


def _operation(function: ast.FunctionDef, ref: Callable[[str], str]) -> tuple[str, str, dict[str, Any]]:
    name = function.name.removesuffix(_SUFFIX)
    doc = inspect.cleandoc(ast.get_docstring(function) or "")
    facts = _facts(function)
    path, verb = facts["call"]
    said = _Documented(doc)
    operation: dict[str, Any] = {"operationId": name, "description": _description(doc, name)}
    operation["parameters"] = [_parameter(place, wire, python, said, verb, ref) for place, wire, python in facts["parameters"]]
    operation["responses"] = {
        str(code): {"schema": schema_of(kind, ref)} if kind else {} for code, kind in facts["responses"].items()
    }
    for key in ("produces", "consumes"):
        if facts[key]:
            operation[key] = facts[key]
    return path, verb, operation


class _Documented:
    """What a docstring says of parameters: type, description, whether required."""

    def __init__(self, doc: str) -> None:
        self.types = dict(re.findall(r"^:type (\w+): (.*)$", doc, re.MULTILINE))
        texts = re.findall(r"^:param (\w+): ?(.*(?:\n(?!:).*)*)", doc, re.MULTILINE)
        self.texts = {name: " ".join(text.split()) for name, text in texts}


def _description(doc: str, name: str) -> str:
    body = doc.partition("\n\n")[2] if doc.startswith(name) else doc
    text = body.partition("This method makes a synchronous HTTP request")[0]
    return " ".join(text.replace("# noqa: E501", "").split())


def _parameter(place: str, wire: str, python: str, said: _Documented, verb: str, ref: Callable[[str], str]) -> dict[str, Any]:
    if python not in said.types:
        raise Failure(python, "a parameter without a documented type", "check the wheel's API modules")
    text = said.texts.get(python, "")
    parameter: dict[str, Any] = {"in": place, "name": wire}
    if place == "body":
        parameter["schema"] = wire_body(said.types[python], verb, ref)
    else:
        parameter.update(schema_of(said.types[python], ref))
    description = text.removesuffix("(required)").strip()
    if description:
        parameter["description"] = description
    if text.endswith("(required)"):
        parameter["required"] = True
    return parameter


def _facts(function: ast.FunctionDef) -> dict[str, Any]:
    facts: dict[str, Any] = {"parameters": [], "produces": [], "consumes": [], "responses": {}}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            _assigned(node, facts)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            _called(node, facts)
    return facts


def _assigned(node: ast.Assign, facts: dict[str, Any]) -> None:
    target = node.targets[0]
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id in _PLACES:
        if isinstance(node.value, ast.Subscript):
            wire, python = ast.literal_eval(target.slice), ast.literal_eval(node.value.slice)
            facts["parameters"].append((_PLACES[target.value.id], wire, python))
    elif isinstance(target, ast.Name) and target.id == "body_params" and isinstance(node.value, ast.Subscript):
        facts["parameters"].append(("body", "body", ast.literal_eval(node.value.slice)))
    elif isinstance(target, ast.Name) and target.id == "response_types_map":
        facts["responses"] = ast.literal_eval(node.value)


def _called(node: ast.Call, facts: dict[str, Any]) -> None:
    assert isinstance(node.func, ast.Attribute)
    attribute = node.func.attr
    if attribute == "append" and isinstance(node.func.value, ast.Name) and node.func.value.id == "query_params":
        pair = node.args[0]
        assert isinstance(pair, ast.Tuple)
        value = pair.elts[1]
        assert isinstance(value, ast.Subscript)
        facts["parameters"].append(("query", ast.literal_eval(pair.elts[0]), ast.literal_eval(value.slice)))
    elif attribute == "select_header_accept":
        facts["produces"] = ast.literal_eval(node.args[0])
    elif attribute == "select_header_content_type":
        facts["consumes"] = ast.literal_eval(node.args[0])
    elif attribute == "call_api":
        facts["call"] = (ast.literal_eval(node.args[0]), ast.literal_eval(node.args[1]).lower())
