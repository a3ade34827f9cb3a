"""Wheels of custom kinds (`make generate NAME=acme-crds`) → their models become known to this client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def extend(exports: Mapping[str, str], kinds: Mapping[tuple[str, str], str]) -> None:
    """Let answers be decoded into models of another package, and deletions find them by kind.

    :param exports: the full name of the module that defines each model
    :param kinds: the model of each (apiVersion, kind)

    Raises ImportError if a model of one of these names comes from elsewhere: names are how types refer to models.
    """
    import importlib

    from kubernetes.client._kinds import KINDS

    known: Any = importlib.import_module("kubernetes.client.models")
    for name, module in exports.items():
        if known.EXPORTS.get(name, module) != module:
            raise ImportError(f"{name} is in {known.EXPORTS[name]} already, {module} has it too; install one of the two")
    known.EXPORTS.update(exports)
    KINDS.update(kinds)
