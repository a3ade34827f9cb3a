"""Names of a package that are imported when they are first used (PEP 562).

Importing every model took most of the published client's start (kubernetes-client/python #771). A resolved name stays
in the package's namespace, so that the second use is an ordinary attribute.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


def lazy(
    package: str, exports: Mapping[str, str], submodules: Collection[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a package.

    :param package: the package's own `__name__`
    :param exports: the full name of the module that defines each name
    :param submodules: modules of the package that are reachable as its attributes
    """
    namespace = sys.modules[package].__dict__

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes a module's
        module = exports.get(name)
        if module is not None:
            value = getattr(importlib.import_module(module), name)
        elif name in submodules:
            value = importlib.import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return namespace.setdefault(name, value)

    def __dir__() -> list[str]:  # noqa: N807 - it becomes a module's
        return sorted({*namespace, *exports, *submodules})

    return __getattr__, __dir__


def late(module: str, sources: Mapping[str, str | Callable[[], Any]]) -> Callable[[str], Any]:
    """Return `__getattr__` for a module whose imports wait: tests and programs patch `api_client.atexit` and the like there.

    :param sources: by name, the module to import, `module:name`, or what makes the value
    """

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes a module's
        source = sources.get(name)
        if source is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name, obj=sys.modules[module])
        return sys.modules[module].__dict__.setdefault(name, _imported(source) if isinstance(source, str) else source())

    return __getattr__


def deepcopy(value: Any, memo: dict[int, Any] | None = None) -> Any:
    """Return `copy.deepcopy(value, memo)`; not every program copies, so the module waits."""
    from copy import deepcopy

    return deepcopy(value, memo)


def _imported(source: str) -> Any:
    where, _, attribute = source.partition(":")
    module = importlib.import_module(where)
    return getattr(module, attribute) if attribute else module


class _Models(types.ModuleType):
    """The package of models: hears of classes that users put into it or in place of generated ones, which are decoded into."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        module = self.EXPORTS.get(name)
        if module is not None or isinstance(value, type):
            from kubernetes.client._model.overrides import override

            override(name, active=getattr(value, "__module__", None) != module)


def replaceable(package: str) -> None:
    """Let users put classes of theirs into the package of models."""
    sys.modules[package].__class__ = _Models
