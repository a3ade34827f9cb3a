"""Server-side apply: who owns which field, conflicts, force."""

from __future__ import annotations

import json

import pytest
from kinds import config_map, deployment
from kubernetes import client

APPLY = {"_content_type": "application/apply-patch+yaml"}


def applied(data):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "data": data}


def test_two_managers_of_one_object(core, namespace):
    def apply(manager, data, **options):
        return core.patch_namespaced_config_map("one", namespace, applied(data), field_manager=manager, **APPLY, **options)

    assert apply("first", {"a": "1", "b": "1"}).data == {"a": "1", "b": "1"}
    assert apply("second", {"c": "2"}).data == {"a": "1", "b": "1", "c": "2"}
    with pytest.raises(client.ApiException) as caught:
        apply("second", {"c": "2", "a": "2"})
    assert caught.value.status == 409
    causes = json.loads(caught.value.body)["details"]["causes"]
    assert [(cause["reason"], cause["field"]) for cause in causes] == [("FieldManagerConflict", ".data.a")]
    taken = apply("second", {"c": "2", "a": "2"}, force=True)
    assert taken.data == {"a": "2", "b": "1", "c": "2"}
    owned = {entry.manager: entry.fields_v1 for entry in taken.metadata.managed_fields}
    assert owned["first"]["f:data"] == {"f:b": {}}
    assert set(owned["second"]["f:data"]) == {"f:a", "f:c"}
    # What a manager no longer applies, and nobody else owns, is gone.
    assert apply("second", {"a": "2"}).data == {"a": "2", "b": "1"}


def test_models_can_be_applied(api_client, core, namespace):
    made = config_map("one")
    made.api_version, made.kind = "v1", "ConfigMap"
    assert core.patch_namespaced_config_map("one", namespace, made, field_manager="m", **APPLY).data == made.data
    apps = client.AppsV1Api(api_client)
    wanted = deployment("one")
    wanted.api_version, wanted.kind = "apps/v1", "Deployment"
    once = apps.patch_namespaced_deployment("one", namespace, wanted, field_manager="m", **APPLY)
    again = apps.patch_namespaced_deployment("one", namespace, wanted, field_manager="m", **APPLY)
    assert again.metadata.resource_version == once.metadata.resource_version
    assert again.spec == once.spec


def test_yaml_text_can_be_applied(core, namespace):
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: 'yes'}\n"
    with pytest.raises(client.ApiException) as caught:
        core.patch_namespaced_config_map("one", namespace, text, field_manager="m", **APPLY)
    assert caught.value.status == 400  # text is sent as a JSON string: what is applied must be a dict or a model


def test_applying_without_a_manager_is_refused(core, namespace):
    with pytest.raises(client.ApiException) as caught:
        core.patch_namespaced_config_map("one", namespace, applied({}), **APPLY)
    assert caught.value.status == 400


def test_updates_and_applies_are_told_apart(core, namespace):
    core.patch_namespaced_config_map("one", namespace, applied({"a": "1"}), field_manager="applier", **APPLY)
    core.patch_namespaced_config_map("one", namespace, {"data": {"b": "2"}}, field_manager="updater")
    entries = core.read_namespaced_config_map("one", namespace).metadata.managed_fields
    assert {(entry.manager, entry.operation, entry.fields_type) for entry in entries} == {
        ("applier", "Apply", "FieldsV1"),
        ("updater", "Update", "FieldsV1"),
    }
    # Reading it back and applying it needs managedFields gone, as kubectl does it.
    read = core.read_namespaced_config_map("one", namespace)
    read.metadata.managed_fields = None
    read.data["b"] = "3"
    with pytest.raises(client.ApiException) as caught:
        core.patch_namespaced_config_map("one", namespace, read, field_manager="applier", **APPLY)
    assert caught.value.status == 409
    assert core.patch_namespaced_config_map("one", namespace, read, field_manager="applier", force=True, **APPLY).data["b"] == "3"
