"""Clients of the real server that KUBECONFIG names, a namespace for each run, and a record of what was seen."""

from __future__ import annotations

import json
import os
import re
import uuid
from pathlib import Path

import pytest
from kubernetes import client, config
from recording import SEEN

# What differs between two runs of the same program.
_VOLATILE = {"uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "time", "selfLink", "continue"}


@pytest.fixture(scope="session")
def api_client():
    with config.new_client_from_config(context="token") as found:
        yield found


@pytest.fixture(scope="session")
def core(api_client):
    return client.CoreV1Api(api_client)


@pytest.fixture(scope="session")
def namespace(core):
    name = f"e2e-{uuid.uuid4().hex[:8]}"
    core.create_namespace({"metadata": {"name": name}})
    return name


@pytest.fixture
def see(request, api_client, namespace):
    """Record objects, so that what two clients saw can be compared."""

    def record(value):
        found = json.dumps(stable(api_client.sanitize_for_serialization(value)))
        SEEN.setdefault(request.node.name, []).append(json.loads(re.sub(re.escape(namespace), "NAMESPACE", found)))
        return value

    return record


def stable(value):
    if isinstance(value, dict):
        return {name: stable(item) for name, item in value.items() if name not in _VOLATILE}
    return [stable(item) for item in value] if isinstance(value, list) else value


def pytest_sessionfinish():
    if "OBSERVED" in os.environ:
        Path(os.environ["OBSERVED"]).write_text(json.dumps(SEEN))
