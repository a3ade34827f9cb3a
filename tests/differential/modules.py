"""Interpreter with a client → JSON on stdout: the public names of every module but models and APIs, with their signatures."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
import types
from typing import TYPE_CHECKING, Any

import kubernetes

if TYPE_CHECKING:
    from collections.abc import Iterable

# `test.py` and the like; example.py runs at import.
_LEFT_OUT = ("test", "setup", "example")


def modules() -> list[str]:
    names = [found.name for found in pkgutil.walk_packages(kubernetes.__path__, "kubernetes.")]
    return [name for name in names if not any(part.endswith(_LEFT_OUT) or part.startswith("test_") for part in name.split("."))]


def described(value: Any) -> Any:
    if inspect.isclass(value):
        return {
            "class": {
                name: member(value, name)
                for name in dir(value)
                if name[0] != "_" or name in ("__init__", "__enter__", "__exit__")
            }
        }
    if callable(value):
        return {"signature": parameters(value)}
    return {"value": repr(value) if isinstance(value, (str, int, bool, type(None), float)) else type(value).__name__}


def member(cls: Any, name: str) -> Any:
    value = inspect.getattr_static(cls, name)
    if isinstance(value, (staticmethod, classmethod, types.FunctionType)) or name == "__init__":
        return parameters(getattr(cls, name))
    return "property" if isinstance(getattr(cls, name), property) else "value"


def parameters(value: Any) -> Any:
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return None
    return [
        [
            p.name,
            p.kind.name,
            ""
            if p.default is p.empty
            else repr(p.default)
            if isinstance(p.default, (str, int, bool, type(None)))
            else type(p.default).__name__,
        ]
        for p in found.parameters.values()
    ]


def public(module: Any, expected: Iterable[str]) -> dict[str, Any]:
    """Return what the module itself offers: not what it imports from elsewhere, nor its modules."""
    found = {}
    for name in {*dir(module), *expected}:
        value = getattr(module, name, module)
        home = getattr(value, "__module__", None)
        ours = home is None or home.startswith("kubernetes")
        # `annotations` and the like come of how a module is written.
        if name[0] != "_" and ours and not isinstance(value, types.ModuleType) and type(value).__module__ != "__future__":
            found[name] = described(value)
    return found


def main() -> None:
    found: dict[str, Any] = {}
    expected = json.loads(sys.stdin.read() or "{}")  # names that are there only when they are asked for
    for name in modules():
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            found[name] = {"ImportError": str(error)}
            continue
        parts = [part for part in name.split(".") if part != "aio"]
        if parts[1:2] == ["client"] and parts[2:3] in (["models"], ["api"]) and len(parts) == 4:
            # Their classes are compared method by method elsewhere; here, how they are constructed and what they hold.
            found[name] = {
                key: value
                for key, value in public(module, expected.get(name, ())).items()
                if "class" in value and getattr(module, key).__module__.replace(".aio.", ".") == name.replace(".aio.", ".")
            }
        else:
            found[name] = public(module, expected.get(name, ()))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
