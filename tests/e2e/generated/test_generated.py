"""The wheel that SPEC=cluster made of the real server, against that server: objects make the round unchanged."""

from __future__ import annotations

import sys
from pathlib import Path

import kubernetes
import pytest
from kubernetes import client, watch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "custom"))

from objects import OBJECTS


@pytest.mark.parametrize(("key", "body"), OBJECTS.items(), ids=[key[0] for key in OBJECTS])
def test_objects_make_the_round_unchanged(api_client, namespace, key, body):
    model, api_name, suffix = key
    cls, api = getattr(client, model), getattr(client, api_name)(api_client)
    body = {**body, "metadata": {"name": "one", "labels": {"a": "b"}}}
    created = getattr(api, f"create_{suffix}")(namespace, cls.from_dict(body))
    assert type(created) is cls
    found = getattr(api, f"read_{suffix}")("one", namespace)
    sent, received = api_client.sanitize_for_serialization(cls.from_dict(body)), api_client.sanitize_for_serialization(found)
    assert received["spec"] == sent["spec"] == body["spec"]
    assert isinstance(found.metadata, client.V1ObjectMeta)
    listed = getattr(api, f"list_{suffix}")(namespace, limit=1)
    assert listed.items == [found]
    events = watch.Watch().stream(getattr(api, f"list_{suffix}"), namespace, timeout_seconds=2)
    assert next(iter(events))["object"] == found
    patched = getattr(api, f"patch_{suffix}")("one", namespace, {"metadata": {"labels": {"a": None, "c": "d"}}})
    assert patched.metadata.labels == {"c": "d"}
    found = getattr(api, f"read_{suffix}")("one", namespace)
    found.metadata.annotations = {"x": "y"}
    assert getattr(api, f"replace_{suffix}")("one", namespace, found).metadata.annotations == {"x": "y"}
    if hasattr(api, f"replace_{suffix}_status") and "status" in body:
        found = getattr(api, f"read_{suffix}")("one", namespace)
        found.status = cls.from_dict(body).status
        kept = getattr(api, f"replace_{suffix}_status")("one", namespace, found)
        assert api_client.sanitize_for_serialization(kept)["status"] == sent["status"]
    getattr(api, f"delete_{suffix}")("one", namespace)
    with pytest.raises(client.ApiException, match="404"):
        getattr(api, f"read_{suffix}")("one", namespace)


def test_it_is_the_client_of_this_server(api_client):
    assert client.VersionApi(api_client).get_code().git_version.startswith(f"v{kubernetes.__kubernetes_version__}")
    assert not hasattr(client, "PolicyV1Api")  # the server has none
    assert hasattr(client, "PolicyV1beta1Api")
