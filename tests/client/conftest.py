"""Fixtures for tests of the installed wheel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from apiserver import serving
from kubernetes import client


@pytest.fixture(autouse=True)
def _no_default_configuration():
    yield
    client.Configuration._default = None


@pytest.fixture
def server():
    with serving() as state:
        yield state


@pytest.fixture
def api(server):
    """CoreV1Api that talks to the server."""
    configuration = client.Configuration(host=server.url)
    with client.ApiClient(configuration) as api_client:
        yield client.CoreV1Api(api_client)
