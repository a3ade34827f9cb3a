"""Fixtures for tests of custom kinds, in a wheel of their own (`acme_crds`) or in the client."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "client"))

import apiserver
from kubernetes import client

KINDS = {
    "certificates": "Certificate",
    "workflows": "Workflow",
    "alertrules": "AlertRule",
    "virtualroutes": "VirtualRoute",
    "oddities": "Oddity",
    "relics": "Relic",
}
PACKAGE = "acme_crds" if importlib.util.find_spec("acme_crds") else "kubernetes.client"


@pytest.fixture
def custom():
    """The package that has the custom kinds."""
    return importlib.import_module(PACKAGE)


@pytest.fixture
def server(monkeypatch):
    for plural, kind in KINDS.items():
        monkeypatch.setitem(apiserver._KINDS, plural, kind)
    with apiserver.serving() as state:
        yield state


@pytest.fixture
def api_client(server):
    with client.ApiClient(client.Configuration(host=server.url)) as api_client:
        yield api_client
