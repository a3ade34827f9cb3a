"""The published hand-written parts on top of our client."""

from __future__ import annotations

import datetime
import threading

import pytest
from apiserver import Answer
from kubernetes import client, informer, utils
from kubernetes.dynamic import DynamicClient, discovery
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock

GROUPS = {
    "kind": "APIGroupList",
    "groups": [
        {
            "name": "g.io",
            "versions": [{"groupVersion": "g.io/v1", "version": "v1"}],
            "preferredVersion": {"groupVersion": "g.io/v1", "version": "v1"},
        }
    ],
}
VERBS = ["create", "delete", "get", "list", "patch", "update", "watch"]


def resources(version, name, kind):
    entry = {"name": name, "singularName": kind.lower(), "kind": kind, "namespaced": True, "verbs": VERBS}
    return {"kind": "APIResourceList", "groupVersion": version, "resources": [entry]}


@pytest.fixture
def discoverable(server):
    server.script("GET", "/api", Answer(body={"kind": "APIVersions", "versions": ["v1"]}))
    server.script("GET", "/apis", Answer(body=GROUPS))
    server.script("GET", "/api/v1", Answer(body=resources("v1", "configmaps", "ConfigMap")))
    server.script("GET", "/apis/g.io/v1", Answer(body=resources("g.io/v1", "widgets", "Widget")))
    return server


@pytest.mark.parametrize("discoverer", [discovery.EagerDiscoverer, discovery.LazyDiscoverer])
def test_dynamic_client(discoverable, api, tmp_path, discoverer):
    dynamic = DynamicClient(api.api_client, cache_file=str(tmp_path / "cache"), discoverer=discoverer)
    widgets = dynamic.resources.get(api_version="g.io/v1", kind="Widget")
    widgets.create(namespace="ns", body={"apiVersion": "g.io/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": {"a": 1}})
    patched = widgets.patch(name="w", namespace="ns", body={"spec": {"a": 2}}, content_type="application/merge-patch+json")
    assert (patched.spec.a, widgets.get(namespace="ns").items[0].metadata.name) == (2, "w")
    assert widgets.delete(name="w", namespace="ns").metadata.name == "w"


def test_create_from_yaml(server, api, tmp_path):
    path = tmp_path / "objects.yaml"
    path.write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n---\n"
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {}, template: {}}\n"
    )
    made = utils.create_from_yaml(api.api_client, str(path), namespace="ns")
    assert [type(item[0]).__name__ for item in made] == ["V1ConfigMap", "V1Deployment"]
    assert api.read_namespaced_config_map("a", "ns").data == {"k": "v"}
    with pytest.raises(utils.FailToCreateError, match="AlreadyExists"):
        utils.create_from_yaml(api.api_client, str(path), namespace="ns")


def test_leader_election(server, monkeypatch):
    client.Configuration.set_default(client.Configuration(host=server.url))
    led = threading.Event()
    config = electionconfig.Config(
        ConfigMapLock("lock", "ns", "me"),
        lease_duration=3,
        renew_deadline=2,
        retry_period=1,
        onstarted_leading=led.set,
        onstopped_leading=None,
    )
    election = leaderelection.LeaderElection(config)
    assert election.acquire()
    stored = server.objects["api/v1", "ns", "configmaps"]["lock"]
    assert '"holderIdentity": "me"' in stored["metadata"]["annotations"]["control-plane.alpha.kubernetes.io/leader"]


def test_informer(server, api):
    api.create_namespaced_pod("ns", {"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c"}]}})
    seen = threading.Event()
    shared = informer.SharedInformer(list_func=api.list_namespaced_pod, namespace="ns")
    shared.add_event_handler("ADDED", lambda obj: seen.set())
    shared.start()
    try:
        assert seen.wait(10)
        assert [item.metadata.name for item in shared.cache.list()] == ["a"]
    finally:
        shared.stop()


def test_quantities_and_durations():
    assert utils.parse_quantity("1Ki") == 1024
    assert utils.parse_duration("1h30m") == datetime.timedelta(hours=1, minutes=30)
