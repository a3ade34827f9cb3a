"""Interpreter with a client → JSON on stdout: what its models declare and what its API methods pass to `call_api`.

Run by test_surface.py in two environments: `describe` in the published client's, where the parameters of every method
are read from its docstrings; `replay` in ours, with those very calls on standard input.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from typing import Any

from kubernetes import client
from kubernetes.client import api, models

_PARAMETER = re.compile(r"^\s*:param (?:\w+ )?(\w+):(.*?)(?=^\s*:)", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"^\s*:type (\w+): (.*)$", re.MULTILINE)
_OPTIONS = {"async_req"}


class Recorder(client.ApiClient):
    """Records what a method passes to `call_api`."""

    def call_api(self, resource_path: str, method: str, *positional: Any, **named: Any) -> Any:
        names = ("path_params", "query_params", "header_params")
        self.recorded = {"path": resource_path, "method": method, **dict(zip(names, positional, strict=False)), **named}
        return (None, None, None)


def public_models() -> dict[str, Any]:
    return {name: getattr(models, name) for name in sorted(names_of(models)) if hasattr(getattr(models, name), "openapi_types")}


def names_of(module: Any) -> set[str]:
    return {name for name in dir(module) if name[:1].isupper()}


def describe_models() -> dict[str, Any]:
    found = {}
    for name, cls in public_models().items():
        checked = []
        for field in cls.openapi_types:
            blank = cls.__new__(cls)
            blank.local_vars_configuration = client.Configuration()
            try:
                setattr(blank, field, None)
            except ValueError as error:
                checked.append([field, str(error)])
        found[name] = {
            "module": cls.__module__,
            "types": list(cls.openapi_types.items()),
            "keys": list(cls.attribute_map.items()),
            "required": checked,
            "signature": str(inspect.signature(cls)),
        }
    return found


def api_classes() -> dict[str, Any]:
    return {name: getattr(api, name) for name in sorted(names_of(api)) if name.endswith("Api")}


def methods_of(cls: Any) -> list[str]:
    """Return the names of the operations; release 37 and ours also have `close`."""
    names = (name for name, _ in inspect.getmembers(cls, inspect.isfunction) if name[0] != "_" and name != "close")
    return sorted(name for name in names if not name.endswith("_with_http_info"))


def documented(cls: Any, method: str) -> dict[str, Any]:
    doc = inspect.getdoc(getattr(cls, method)) or ""
    parameters = {
        name: "(required)" in text for name, text in _PARAMETER.findall(doc) if not name.startswith("_") and name not in _OPTIONS
    }
    types = {name: kind for name, kind in _TYPE.findall(doc) if name in parameters}
    returned = re.search(r"^:rtype: (.*)$", doc, re.MULTILINE)
    positional = [
        p.name for p in inspect.signature(getattr(cls, method)).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    return {"parameters": parameters, "types": types, "returns": returned and returned[1], "positional": positional[1:]}


def record(cls: Any, method: str, parameters: dict[str, bool]) -> dict[str, Any]:
    calls = {}
    required = {name: f"<{name}>" for name, needed in parameters.items() if needed}
    every = {name: f"<{name}>" for name in parameters}
    listed = {name: [1] if name == "body" else f"<{name}>" for name in parameters}
    for case, arguments in (("required", required), ("every", every), ("list body", listed)):
        recorder = Recorder(client.Configuration())
        getattr(cls(recorder), method)(**arguments)
        calls[case] = recorder.recorded
    return calls


def describe() -> dict[str, Any]:
    operations = {}
    for name, cls in api_classes().items():
        for method in methods_of(cls):
            said = documented(cls, method)
            for suffix in ("", "_with_http_info"):
                operations[f"{name}.{method}{suffix}"] = {**said, "calls": record(cls, method + suffix, said["parameters"])}
    return {"models": describe_models(), "operations": operations}


def replay(published: dict[str, Any]) -> dict[str, Any]:
    operations = {}
    for key, said in published["operations"].items():
        name, method = key.split(".")
        cls = getattr(api, name, None)
        if cls is None or not hasattr(cls, method):
            continue
        plain = method.removesuffix("_with_http_info")
        operations[key] = {**documented(cls, plain), "calls": record(cls, method, said["parameters"])}
    return {"models": describe_models(), "operations": operations, "apis": {n: methods_of(c) for n, c in api_classes().items()}}


if __name__ == "__main__":
    result = replay(json.load(sys.stdin)) if sys.argv[1:] == ["replay"] else describe()
    json.dump(result, sys.stdout)
