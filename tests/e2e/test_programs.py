"""What programs do beside single calls: custom resources, YAML, the dynamic client, leader election, many threads, restarts."""

from __future__ import annotations

import os
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml
from electing import led_in_turn
from kubernetes import client, dynamic, utils, watch
from kubernetes.client import ApiException

SCHEMA = {
    "type": "object",
    "properties": {
        "spec": {
            "type": "object",
            "properties": {"size": {"type": "integer"}, "any": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}},
        },
        "status": {"type": "object", "properties": {"replicas": {"type": "integer"}}},
    },
}


@pytest.fixture(scope="module")
def widgets(api_client):
    group = f"g{uuid.uuid4().hex[:8]}.example.com"
    subresources = {"status": {}, "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.replicas"}}
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": SCHEMA}, "subresources": subresources}
    spec = {"group": group, "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"}, "versions": [version]}
    extensions = client.ApiextensionsV1Api(api_client)
    extensions.create_custom_resource_definition({"metadata": {"name": f"widgets.{group}"}, "spec": spec})
    end = time.monotonic() + 30
    while time.monotonic() < end:
        conditions = extensions.read_custom_resource_definition(f"widgets.{group}").status.conditions or []
        if any(condition.type == "Established" and condition.status == "True" for condition in conditions):
            break
        time.sleep(0.2)
    yield group
    extensions.delete_custom_resource_definition(f"widgets.{group}")


def test_custom_objects(api_client, namespace, widgets, see):
    custom = client.CustomObjectsApi(api_client)
    where = (widgets, "v1", namespace, "widgets")
    body = {
        "apiVersion": f"{widgets}/v1",
        "kind": "Widget",
        "metadata": {"name": "w"},
        "spec": {"size": 1, "any": {"a": [1, {"b": None}]}},
    }
    end = time.monotonic() + 20
    while True:  # established a moment before it is served
        try:
            created = custom.create_namespaced_custom_object(*where, body)
            break
        except ApiException as error:
            assert error.status == 404
            assert time.monotonic() < end
            time.sleep(0.2)
    assert see(created["spec"]) == body["spec"]
    assert see(custom.patch_namespaced_custom_object(*where, "w", {"spec": {"size": 2}})["spec"])["size"] == 2
    assert custom.patch_namespaced_custom_object_status(*where, "w", {"status": {"replicas": 2}})["status"] == {"replicas": 2}
    assert see(custom.get_namespaced_custom_object_scale(*where, "w")["status"])["replicas"] == 2
    assert [item["metadata"]["name"] for item in custom.list_namespaced_custom_object(*where)["items"]] == ["w"]
    events = watch.Watch().stream(custom.list_namespaced_custom_object, *where, timeout_seconds=2)
    assert see(next(iter(events))["object"]["status"]) == {"replicas": 2}
    see(custom.delete_namespaced_custom_object(*where, "w")["status"])


YAML = """
apiVersion: v1
kind: ConfigMap
metadata: {name: from-yaml}
data: {a: "1"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: from-yaml}
spec:
  selector: {matchLabels: {app: y}}
  template:
    metadata: {labels: {app: y}}
    spec: {containers: [{name: c, image: example.com/i}]}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: from-yaml}}
"""


def test_create_from_yaml(api_client, namespace, tmp_path, see):
    path = tmp_path / "objects.yaml"
    path.write_text(YAML)
    see(utils.create_from_yaml(api_client, str(path), namespace=namespace))
    with pytest.raises(utils.FailToCreateError, match="AlreadyExists"):
        utils.create_from_yaml(api_client, yaml_objects=list(yaml.safe_load_all(YAML))[:1], namespace=namespace)


def test_the_dynamic_client(api_client, namespace, tmp_path, see):
    found = dynamic.DynamicClient(api_client, cache_file=str(tmp_path / "cache"))
    config_maps = found.resources.get(api_version="v1", kind="ConfigMap")
    body = {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "dynamic"}, "data": {"a": "ü"}}
    assert see(config_maps.create(body=body, namespace=namespace).to_dict())["data"]["a"] == "ü"
    merge = {"content_type": "application/merge-patch+json"}
    patched = config_maps.patch(name="dynamic", namespace=namespace, body={"data": {"b": "2"}}, **merge)
    assert see(patched.to_dict())["data"]["b"] == "2"
    second = {**body, "metadata": {"name": "dynamic2"}}
    applied = config_maps.server_side_apply(second, namespace=namespace, field_manager="m")
    assert see(applied.to_dict())["metadata"]["name"] == "dynamic2"
    assert {"dynamic", "dynamic2"} <= {item.metadata.name for item in config_maps.get(namespace=namespace).items}
    event = next(iter(config_maps.watch(namespace=namespace, name="dynamic", timeout=3)))
    assert event["object"].metadata.name == "dynamic"
    config_maps.delete(name="dynamic", namespace=namespace)
    with pytest.raises(dynamic.exceptions.NotFoundError):
        config_maps.get(name="dynamic", namespace=namespace)


def test_leader_election_survives_a_killed_leader(namespace, tmp_path):
    assert len(set(led_in_turn("configmaplock.ConfigMapLock", namespace, tmp_path))) == 2


def test_many_objects_and_many_threads(core, namespace):
    with ThreadPoolExecutor(32) as pool:
        list(
            pool.map(
                lambda number: core.create_namespaced_config_map(
                    namespace, {"metadata": {"name": f"thread-{number:04}", "labels": {"thread": "1"}}}
                ),
                range(2000),
            )
        )
        listed = list(
            pool.map(lambda _: len(core.list_namespaced_config_map(namespace, label_selector="thread=1").items), range(32))
        )
    assert listed == [2000] * 32
    core.delete_collection_namespaced_config_map(namespace, label_selector="thread=1")


def test_the_server_restarts_in_the_middle(core, namespace):
    old = core.create_namespaced_config_map(namespace, {"metadata": {"generateName": "restart-"}}).metadata.resource_version
    core.create_namespaced_config_map(namespace, {"metadata": {"generateName": "restart-"}})
    os.kill(int(os.environ["CLUSTER_PID"]), signal.SIGUSR1)
    refused, end = 0, time.monotonic() + 60
    while True:
        try:
            core.create_namespaced_config_map(namespace, {"metadata": {"generateName": "restart-"}}, _request_timeout=5)
            if refused:
                break
            time.sleep(0.05)
        except Exception:
            refused += 1
            assert time.monotonic() < end
            time.sleep(0.2)
    assert core.read_namespace(namespace).metadata.name == namespace
    # The new server has not seen what the old one watched.
    with pytest.raises(ApiException) as caught:
        list(watch.Watch().stream(core.list_namespaced_config_map, namespace, resource_version=old, timeout_seconds=5))
    assert caught.value.status == 410
