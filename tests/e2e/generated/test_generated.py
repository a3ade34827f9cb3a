"""The wheel that SPEC=cluster made of the real server, against that server: objects make the round unchanged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import kubernetes
import pytest
from kubernetes import client, watch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "custom"))

from objects import OBJECTS

# A server serves only kinds whose schemas are structural.
SERVED = {key: body for key, body in OBJECTS.items() if hasattr(client, key[0])}


def merged(value, over):
    """Return a value with another laid over it, as a JSON merge patch does it (RFC 7386)."""
    if isinstance(value, dict) and isinstance(over, dict):
        return value | {name: merged(value.get(name), item) for name, item in over.items()}
    return over


@pytest.mark.parametrize(("key", "body"), SERVED.items(), ids=[key[0] for key in SERVED])
def test_objects_make_the_round_unchanged(api_client, namespace, key, body):
    model, api_name, suffix = key
    cls, api = getattr(client, model), getattr(client, api_name)(api_client)
    body = {**body, "metadata": {"name": "one", "labels": {"a": "b"}}}
    where = (namespace,) if suffix.startswith("namespaced_") else ()
    created = getattr(api, f"create_{suffix}")(*where, cls.from_dict(body))
    assert type(created) is cls
    found = getattr(api, f"read_{suffix}")("one", *where)
    sent, received = api_client.sanitize_for_serialization(cls.from_dict(body)), api_client.sanitize_for_serialization(found)
    raw = json.loads(getattr(api, f"read_{suffix}")("one", *where, _preload_content=False).data)
    assert received == raw
    same = getattr(api, f"replace_{suffix}")("one", *where, found)
    assert same.metadata.resource_version == found.metadata.resource_version  # nothing is another value to the server
    assert sent["spec"] == body["spec"]
    if key[0] != "ComExampleFlowV1alpha1Workflow":  # the server prunes what the version in which it stores doesn't have
        assert merged(raw["spec"], sent["spec"]) == raw["spec"]  # the rest are the schema's defaults
    assert isinstance(found.metadata, client.V1ObjectMeta)
    listed = getattr(api, f"list_{suffix}")(*where, limit=1)
    assert listed.items == [found]
    events = watch.Watch().stream(getattr(api, f"list_{suffix}"), *where, timeout_seconds=2)
    assert next(iter(events))["object"] == found
    patched = getattr(api, f"patch_{suffix}")("one", *where, {"metadata": {"labels": {"a": None, "c": "d"}}})
    assert patched.metadata.labels == {"c": "d"}
    found = getattr(api, f"read_{suffix}")("one", *where)
    found.metadata.annotations = {"x": "y"}
    assert getattr(api, f"replace_{suffix}")("one", *where, found).metadata.annotations == {"x": "y"}
    apply = {"field_manager": "applier", "force": True, "_content_type": "application/apply-patch+yaml"}
    wanted = cls.from_dict({name: value for name, value in body.items() if name != "status"})
    applied = getattr(api, f"patch_{suffix}")("one", *where, wanted, **apply)
    assert type(applied) is cls
    assert "applier" in {entry.manager for entry in applied.metadata.managed_fields}
    test = [{"op": "test", "path": "/metadata/name", "value": "two"}]
    with pytest.raises(client.ApiException, match="422"):
        getattr(api, f"patch_{suffix}")("one", *where, test)
    if hasattr(api, f"patch_{suffix}_scale"):
        scale = getattr(api, f"patch_{suffix}_scale")("one", *where, {"spec": {"replicas": 3}})
        assert (type(scale), scale.spec.replicas) == (client.V1Scale, 3)
        scale.spec.replicas = 4
        getattr(api, f"replace_{suffix}_scale")("one", *where, scale)
        assert getattr(api, f"read_{suffix}_scale")("one", *where).spec.replicas == 4
    if hasattr(api, f"replace_{suffix}_status") and "status" in body:
        found = getattr(api, f"read_{suffix}")("one", *where)
        found.status = cls.from_dict(body).status
        kept = getattr(api, f"replace_{suffix}_status")("one", *where, found)
        assert api_client.sanitize_for_serialization(kept)["status"] == sent["status"]
    getattr(api, f"delete_{suffix}")("one", *where)
    with pytest.raises(client.ApiException, match="404"):
        getattr(api, f"read_{suffix}")("one", *where)


def test_it_is_the_client_of_this_server(api_client):
    assert client.VersionApi(api_client).get_code().git_version.startswith(f"v{kubernetes.__kubernetes_version__}")
    assert not hasattr(client, "PolicyV1Api")  # the server has none
    assert hasattr(client, "PolicyV1beta1Api")


def test_every_served_kind_was_tried():
    assert {key[0] for key in OBJECTS} - {key[0] for key in SERVED} == {"OrgExampleLooseV1Relic"}
