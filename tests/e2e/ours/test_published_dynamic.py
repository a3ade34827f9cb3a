"""The published 37's own tests of `kubernetes.aio.dynamic`, which need a cluster, with our client under it."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import tempfile
import types
import unittest
import zipfile
from pathlib import Path

from kubernetes.aio import client, config

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path.insert(0, str(ROOT))
fetch, lock = (importlib.import_module(f"generator.{name}") for name in ("fetch", "lock"))
PUBLISHED = fetch.fetch_wheel(lock.load().wheels["kubernetes-37"], ROOT / "out" / "cache")


def configuration():
    found = client.Configuration()
    asyncio.run(config.load_kube_config(context="token", client_configuration=found))
    return found


def published(name):
    """Return the test cases, by name, of a module of the published wheel's dynamic package."""
    base = types.ModuleType("kubernetes.aio.e2e_test.base")
    base.get_e2e_configuration = configuration
    package = types.ModuleType("kubernetes.aio.e2e_test")
    package.base = base
    sys.modules[package.__name__], sys.modules[base.__name__] = package, base
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(PUBLISHED) as archive:
        path = Path(folder) / f"{name}.py"
        path.write_bytes(archive.read(f"kubernetes/aio/dynamic/{name}.py"))
        spec = importlib.util.spec_from_file_location(f"published_{name}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return {key: value for key, value in vars(module).items() if key.startswith("Test") and issubclass(value, unittest.TestCase)}


CASES = {**published("client_test"), **published("discovery_test")}
# It applies a Deployment where a Pod is: a server of 1.20 refuses that from the published client too.
del CASES["TestDynamicClient"].test_server_side_apply_api
globals().update(CASES)


def test_there_are_cases():
    assert len(CASES) > 1
