"""Interpreter with a client of 37's names → JSON on stdout: what the packages of `kubernetes.aio` offer, with classes' members."""

from __future__ import annotations

import importlib
import inspect
import json

MODULES = (
    "dynamic", "dynamic.client", "dynamic.discovery", "dynamic.exceptions", "dynamic.resource",
    "leaderelection.electionconfig", "leaderelection.leaderelection", "leaderelection.leaderelectionrecord",
    "leaderelection.resourcelock.baselock", "leaderelection.resourcelock.configmaplock", "leaderelection.resourcelock.leaselock",
    "stream", "stream.ws_client", "utils", "utils.create_from_yaml", "utils.retry", "watch",
)  # fmt: skip


def names(module: str) -> list[str]:
    found = []
    for name, value in vars(importlib.import_module(f"kubernetes.aio.{module}")).items():
        own = getattr(value, "__module__", "").startswith(f"kubernetes.aio.{module.partition('.')[0]}")
        if name[0] == "_" or inspect.ismodule(value) or not (own or name.isupper()):
            continue
        found.append(name)
        if inspect.isclass(value):
            found.extend(f"{name}.{member}" for member in dir(value) if member[0] != "_")
    return sorted(found)


print(json.dumps({module: names(module) for module in MODULES}))
