"""Clients of the real API server that record every call, and a namespace of its own for every test."""

from __future__ import annotations

import secrets

import pytest
from kubernetes import client, config
from recording import RecordedClient, Recorder


@pytest.fixture
def recorder(request):
    return Recorder(request.node.nodeid)


@pytest.fixture
def connect(recorder):
    """Make a recorded client for a context of the kubeconfig."""
    made = []

    def connected(context="token"):
        configuration = client.Configuration()
        config.load_kube_config(context=context, client_configuration=configuration)
        made.append(RecordedClient(recorder, configuration))
        return made[-1]

    yield connected
    for one in made:
        one.close()
        one.rest_client.pool_manager.clear()


@pytest.fixture
def api_client(connect):
    return connect()


@pytest.fixture
def core(api_client):
    return client.CoreV1Api(api_client)


@pytest.fixture
def namespace(core):
    """A namespace; what is in it stays there, as no controller cleans up."""
    name = f"e2e-{secrets.token_hex(4)}"
    core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=name)))
    return name
