"""Objects of many groups: created, read, replaced, patched in every way, deleted."""

from __future__ import annotations

import pytest
from kubernetes import client
from kubernetes.client import ApiException

CONTAINER = {"name": "c", "image": "example.com/i:1", "ports": [{"containerPort": 80}]}
TEMPLATE = {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [CONTAINER]}}
SELECTOR = {"matchLabels": {"app": "a"}}
RULE = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
PATH = {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "s", "port": {"number": 80}}}}
OBJECTS = [
    ("CoreV1Api", "config_map", {"data": {"a": "ü", "b": ""}}),
    ("CoreV1Api", "secret", {"stringData": {"a": "b"}, "type": "Opaque"}),
    ("CoreV1Api", "service", {"spec": {"selector": {"app": "a"}, "ports": [{"name": "h", "port": 80, "targetPort": "http"}], "clusterIP": "None"}}),
    ("CoreV1Api", "pod", {"spec": {"containers": [CONTAINER]}}),
    ("CoreV1Api", "service_account", {}),
    ("CoreV1Api", "resource_quota", {"spec": {"hard": {"pods": "100", "requests.cpu": "1500m"}}}),
    ("AppsV1Api", "deployment", {"spec": {"replicas": 2, "selector": SELECTOR, "template": TEMPLATE}}),
    ("AppsV1Api", "stateful_set", {"spec": {"serviceName": "s", "selector": SELECTOR, "template": TEMPLATE}}),
    ("AppsV1Api", "daemon_set", {"spec": {"selector": SELECTOR, "template": TEMPLATE}}),
    ("BatchV1Api", "job", {"spec": {"template": {"spec": {**TEMPLATE["spec"], "restartPolicy": "Never"}}}}),
    ("RbacAuthorizationV1Api", "role", {"rules": [RULE]}),
    ("RbacAuthorizationV1Api", "role_binding", {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "x"}, "subjects": [{"kind": "User", "name": "u", "apiGroup": "rbac.authorization.k8s.io"}]}),
    ("NetworkingV1Api", "ingress", {"spec": {"rules": [{"host": "example.com", "http": {"paths": [PATH]}}]}}),
    ("NetworkingV1Api", "network_policy", {"spec": {"podSelector": {}, "ingress": [{"ports": [{"port": "http"}, {"port": 80}]}]}}),
    ("CoordinationV1Api", "lease", {"spec": {"holderIdentity": "a", "leaseDurationSeconds": 15, "renewTime": "2026-09-01T08:00:00.123456Z"}}),
]  # fmt: skip


class Kind:
    """The methods of one kind."""

    def __init__(self, api_client, namespace, api, kind):
        self.api, self.kind, self.namespace = getattr(client, api)(api_client), kind, namespace

    def __getattr__(self, verb):
        method = getattr(self.api, f"{verb}_namespaced_{self.kind}")
        if verb in ("list", "create") or verb.startswith("delete_collection"):
            return lambda *arguments, **named: method(self.namespace, *arguments, **named)
        return lambda name, *arguments, **named: method(name, self.namespace, *arguments, **named)


@pytest.mark.parametrize(("api", "kind", "body"), OBJECTS, ids=[kind for _, kind, _ in OBJECTS])
def test_life_of_an_object(api_client, namespace, see, api, kind, body):
    objects, name = Kind(api_client, namespace, api, kind), f"{kind.replace('_', '-')}-a"
    see(objects.create({"metadata": {"name": name, "labels": {"e2e": "a"}}, **body}))
    found = see(objects.read(name))
    assert (found.metadata.name, found.metadata.namespace) == (name, namespace)
    found.metadata.annotations = {"a": "b", "u": "ü"}
    replaced = see(objects.replace(name, found))
    assert replaced.metadata.resource_version != found.metadata.resource_version or replaced.metadata.annotations == {
        "a": "b",
        "u": "ü",
    }
    see(objects.patch(name, {"metadata": {"labels": {"strategic": "1"}}}))
    see(objects.patch(name, [{"op": "add", "path": "/metadata/labels/json", "value": "2"}]))
    merged = see(
        objects.patch(name, {"metadata": {"labels": {"e2e": None, "merge": "3"}}}, _content_type="application/merge-patch+json")
    )
    assert merged.metadata.labels == {"strategic": "1", "json": "2", "merge": "3"}
    listed = objects.list(label_selector="merge=3")
    assert [item.metadata.name for item in listed.items] == [name]
    # A Pod answers with itself, other kinds with a Status: both clients say what the server sent.
    objects.delete(name, grace_period_seconds=0, propagation_policy="Background")
    with pytest.raises(ApiException) as caught:
        objects.read(name)
    assert caught.value.status == 404


def test_deleting_a_collection(api_client, namespace, core, see):
    for number in range(5):
        core.create_namespaced_config_map(
            namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(name=f"many-{number}", labels={"many": "1"}))
        )
    see(core.delete_collection_namespaced_config_map(namespace, label_selector="many=1"))
    assert core.list_namespaced_config_map(namespace, label_selector="many=1").items == []


def test_objects_of_the_cluster(api_client, core, see):
    node = see(core.create_node({"metadata": {"name": f"node-{id(see)}"}, "spec": {"podCIDR": "10.1.0.0/24"}}))
    core.delete_node(node.metadata.name)
    see(client.VersionApi(api_client).get_code().git_version)
    see([resource.name for resource in client.AppsV1Api(api_client).get_api_resources().resources])


def test_server_side_apply(api_client, namespace, core, see):
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"a": "1"}}
    options = {"_content_type": "application/apply-patch+yaml"}
    see(core.patch_namespaced_config_map("applied", namespace, body, field_manager="one", **options))
    body["data"]["a"] = "2"
    with pytest.raises(ApiException) as caught:
        core.patch_namespaced_config_map("applied", namespace, body, field_manager="two", **options)
    assert caught.value.status == 409
    assert "conflict" in caught.value.body
    forced = see(core.patch_namespaced_config_map("applied", namespace, body, field_manager="two", force=True, **options))
    assert forced.data == {"a": "2"}
    assert {entry.manager for entry in forced.metadata.managed_fields} == {"one", "two"} or forced.metadata.managed_fields[
        0
    ].manager == "two"


def test_subresources(api_client, namespace, core, see):
    apps = client.AppsV1Api(api_client)
    apps.create_namespaced_deployment(
        namespace, {"metadata": {"name": "scaled"}, "spec": {"selector": SELECTOR, "template": TEMPLATE}}
    )
    scale = see(apps.read_namespaced_deployment_scale("scaled", namespace))
    scale.spec.replicas = 7
    see(apps.replace_namespaced_deployment_scale("scaled", namespace, scale))
    assert apps.read_namespaced_deployment("scaled", namespace).spec.replicas == 7
    status = see(
        apps.patch_namespaced_deployment_status("scaled", namespace, {"status": {"replicas": 7, "observedGeneration": 2}})
    )
    assert (status.status.replicas, status.spec.replicas) == (7, 7)


def test_binding_and_eviction(api_client, namespace, core, see):
    name = f"bound-{id(see)}"
    core.create_node({"metadata": {"name": name}})
    core.create_namespaced_pod(
        namespace, {"metadata": {"name": name, "labels": {"evicted": "1"}}, "spec": {"containers": [CONTAINER]}}
    )
    target = client.V1ObjectReference(kind="Node", name=name)
    binding = client.V1Binding(metadata=client.V1ObjectMeta(name=name), target=target)
    core.create_namespaced_pod_binding(name, namespace, binding, _preload_content=False)
    assert core.read_namespaced_pod(name, namespace).spec.node_name == name
    core.patch_namespaced_pod_status(name, namespace, {"status": {"phase": "Running"}})
    budget = {
        "apiVersion": "policy/v1beta1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": name},
        "spec": {"minAvailable": 1, "selector": {"matchLabels": {"evicted": "1"}}},
    }
    client.CustomObjectsApi(api_client).create_namespaced_custom_object(
        "policy", "v1beta1", namespace, "poddisruptionbudgets", budget
    )
    eviction = {"apiVersion": "policy/v1beta1", "kind": "Eviction", "metadata": {"name": name}}
    with pytest.raises(ApiException) as caught:
        core.create_namespaced_pod_eviction(name, namespace, eviction)
    assert caught.value.status == 429
    client.CustomObjectsApi(api_client).delete_namespaced_custom_object(
        "policy", "v1beta1", namespace, "poddisruptionbudgets", name
    )
    core.create_namespaced_pod_eviction(name, namespace, eviction, _preload_content=False)
    core.delete_node(name)


def test_dry_run_stores_nothing(namespace, core, see):
    see(core.create_namespaced_config_map(namespace, {"metadata": {"name": "dry"}}, dry_run="All"))
    with pytest.raises(ApiException, match="404"):
        core.read_namespaced_config_map("dry", namespace)
