"""Create, read, replace, patch, delete: the same life for kinds of six API groups."""

from __future__ import annotations

import copy

import pytest
from kinds import KINDS, LABELS
from kubernetes import client

every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


@every_kind
def test_what_is_created_is_read_and_listed(kind, api_client, namespace):
    created = kind.call(api_client, "create", namespace, kind.make("one"))
    read = kind.call(api_client, "read", "one", namespace)
    assert read == created
    assert read.metadata.labels == LABELS
    assert read.metadata.creation_timestamp.tzinfo is not None
    listed = kind.call(api_client, "list", namespace)
    assert [(item.metadata.name, item.spec if hasattr(item, "spec") else None) for item in listed.items] == [
        ("one", read.spec if hasattr(read, "spec") else None)
    ]
    if kind.noun == "lease":
        assert read.spec.renew_time == kind.make("one").spec.renew_time


@every_kind
def test_what_is_read_can_be_written_back(kind, api_client, namespace):
    kind.call(api_client, "create", namespace, kind.make("one"))
    read = kind.call(api_client, "read", "one", namespace)
    unchanged = kind.call(api_client, "replace", "one", namespace, read)
    # A write that changes nothing is none: the object as it is understood here is all that the server has.
    assert unchanged.metadata.resource_version == read.metadata.resource_version
    changed = copy.deepcopy(read)
    changed.metadata.annotations = {"note": 'ä "quoted" \\ \n'}
    replaced = kind.call(api_client, "replace", "one", namespace, changed)
    assert replaced.metadata.annotations == changed.metadata.annotations
    assert replaced.metadata.resource_version != read.metadata.resource_version
    with pytest.raises(client.ApiException) as caught:
        kind.call(api_client, "replace", "one", namespace, changed)
    assert caught.value.status == 409


PATCHES = {
    "json": ("application/json-patch+json", [{"op": "add", "path": "/metadata/annotations", "value": {"by": "json"}}]),
    "merge": ("application/merge-patch+json", {"metadata": {"annotations": {"by": "merge"}, "labels": None}}),
    "strategic": ("application/strategic-merge-patch+json", {"metadata": {"annotations": {"by": "strategic"}}}),
    "model": (None, None),
}


@every_kind
@pytest.mark.parametrize("how", PATCHES)
def test_patches(kind, how, api_client, namespace):
    kind.call(api_client, "create", namespace, kind.make("one"))
    content_type, body = PATCHES[how]
    options = {"_content_type": content_type} if content_type else {}
    if body is None:
        body = type(kind.make("one"))(metadata=client.V1ObjectMeta(annotations={"by": "model"}), **_required(kind))
    patched = kind.call(api_client, "patch", "one", namespace, body, **options)
    assert patched.metadata.annotations["by"] == how
    if kind.noun != "job":  # which gets its template's labels where it has none
        assert patched.metadata.labels == (None if how == "merge" else LABELS)


def _required(kind):
    made = kind.make("one")
    return {"rules": made.rules} if kind.noun == "role" else {}


def test_strategic_patches_merge_lists_by_their_key(api_client, namespace):
    apps = client.AppsV1Api(api_client)
    deployment = next(kind for kind in KINDS if kind.noun == "deployment").make("one")
    apps.create_namespaced_deployment(namespace, deployment)
    sidecar = {"spec": {"template": {"spec": {"containers": [{"name": "sidecar", "image": "registry.invalid/sidecar"}]}}}}
    strategic = apps.patch_namespaced_deployment("one", namespace, sidecar)
    assert [container.name for container in strategic.spec.template.spec.containers] == ["sidecar", "main"]
    merge = apps.patch_namespaced_deployment("one", namespace, sidecar, _content_type="application/merge-patch+json")
    assert [container.name for container in merge.spec.template.spec.containers] == ["sidecar"]


def test_a_json_patch_that_tests_a_value(core, namespace):
    core.create_namespaced_config_map(namespace, KINDS[0].make("one"))
    patch = [{"op": "test", "path": "/data/key", "value": "other"}, {"op": "replace", "path": "/data/key", "value": "new"}]
    with pytest.raises(client.ApiException) as caught:
        core.patch_namespaced_config_map("one", namespace, patch)
    assert caught.value.status == 422
    patch[0]["value"] = "value"
    assert core.patch_namespaced_config_map("one", namespace, patch).data["key"] == "new"


@every_kind
def test_dry_runs_change_nothing(kind, api_client, namespace):
    dry = kind.call(api_client, "create", namespace, kind.make("dry"), dry_run="All")
    assert dry.metadata.uid
    assert kind.call(api_client, "list", namespace).items == []
    kind.call(api_client, "create", namespace, kind.make("one"))
    kind.call(api_client, "patch", "one", namespace, {"metadata": {"labels": {"dry": "run"}}}, dry_run="All")
    kind.call(api_client, "delete", "one", namespace, body=client.V1DeleteOptions(dry_run=["All"], grace_period_seconds=0))
    assert kind.call(api_client, "read", "one", namespace).metadata.labels == LABELS


@every_kind
def test_deletions(kind, api_client, namespace):
    for name in ("one", "two", "three"):
        kind.call(api_client, "create", namespace, kind.make(name))
    before = kind.call(api_client, "read", "one", namespace)
    wrong = client.V1DeleteOptions(preconditions=client.V1Preconditions(uid="00000000-0000-0000-0000-000000000000"))
    with pytest.raises(client.ApiException) as caught:
        kind.call(api_client, "delete", "one", namespace, body=wrong)
    assert caught.value.status == 409
    right = client.V1DeleteOptions(
        preconditions=client.V1Preconditions(uid=before.metadata.uid), propagation_policy="Background", grace_period_seconds=0
    )
    kind.call(api_client, "delete", "one", namespace, body=right)
    with pytest.raises(client.ApiException) as caught:
        kind.call(api_client, "read", "one", namespace)
    assert caught.value.status == 404


@every_kind
def test_deletions_of_collections(kind, api_client, namespace):
    for name in ("one", "two"):
        kind.call(api_client, "create", namespace, kind.make(name))

    def left(**selectors):
        # Without Background a Job's pods would be orphaned first, by a controller that doesn't run.
        kind.call(
            api_client, "delete_collection", namespace, propagation_policy="Background", grace_period_seconds=0, **selectors
        )
        return [item.metadata.name for item in kind.call(api_client, "list", namespace).items]

    if kind.noun == "service":  # which 1.23 and later can
        with pytest.raises(client.ApiException) as caught:
            left()
        assert caught.value.status == 405
        return
    assert left(label_selector="app=other") == ["one", "two"]
    assert left(field_selector="metadata.name=one") == ["two"]
    assert left() == []


def test_secrets_come_back_as_base64(core, namespace):
    core.create_namespaced_secret(namespace, KINDS[1].make("one"))
    assert core.read_namespaced_secret("one", namespace).data == {"password": "cA=="}


def test_names_that_the_server_makes(core, namespace):
    made = core.create_namespaced_config_map(namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(generate_name="made-")))
    assert made.metadata.name.startswith("made-")
