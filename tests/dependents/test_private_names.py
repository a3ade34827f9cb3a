"""Programs that use undocumented names the way their authors do; they run with the published client and with ours.

Where each comes from: Airflow, dagster-k8s, mlrun, krkn, zenml, hikaru, openshift-python-wrapper, skypilot, Ansible.
"""

from __future__ import annotations

import copy
import http.server
import json
import pickle
import re
import threading
from collections import defaultdict

import pytest
from kubernetes import client, config, dynamic, watch
from kubernetes.client import *  # noqa: F403 - star imports are among what programs do
from kubernetes.client.api_client import ApiClient
from kubernetes.client.models.v1_pod import V1Pod as ModulePod
from kubernetes.client.rest import ApiException, RESTClientObject, RESTResponse
from kubernetes.dynamic.discovery import Discoverer, LazyDiscoverer
from kubernetes.dynamic.resource import ResourceList

POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "a", "labels": {"x": "y"}, "creationTimestamp": "2026-01-02T03:04:05Z"},
    "spec": {"containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80}]}]},
}


class FakeResponse:
    """The usual trick to turn a dict into a model."""

    def __init__(self, value):
        self.data = json.dumps(value)


class Server(http.server.BaseHTTPRequestHandler):
    answers: dict[str, object] = {}

    def do_GET(self):
        found = self.answers.get(self.path.split("?")[0].rstrip("/") or "/")
        content = json.dumps(found or {"kind": "Status", "status": "Failure", "code": 404}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


RESOURCES = [
    {
        "name": "pods",
        "singularName": "pod",
        "namespaced": True,
        "kind": "Pod",
        "verbs": ["get", "list", "watch"],
        "shortNames": ["po"],
    },
    {"name": "namespaces", "singularName": "", "namespaced": False, "kind": "Namespace", "verbs": ["get", "list"]},
]


@pytest.fixture
def api_client():
    Server.answers = {
        "/version": {"major": "1", "minor": "36"},
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
        "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": RESOURCES},
        "/api/v1/namespaces/d/pods/a": POD,
        "/api/v1/namespaces/d/pods": {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [POD]},
    }
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    configuration = client.Configuration()
    configuration.host = f"http://127.0.0.1:{server.server_address[1]}"
    with ApiClient(configuration) as found:
        yield found
    server.shutdown()
    server.server_close()
    thread.join()


def check_pod(pod):
    assert isinstance(pod, client.V1Pod)
    assert pod.metadata.creation_timestamp.year == 2026
    assert pod.spec.containers[0].ports[0].container_port == 80
    assert pod.spec.containers[0].to_dict()["image"] == "i"


def test_a_dict_becomes_a_model_in_the_usual_ways():
    check_pod(ApiClient().deserialize(FakeResponse(POD), "V1Pod"))
    check_pod(ApiClient().deserialize(FakeResponse(POD), client.V1Pod))
    check_pod(ApiClient()._ApiClient__deserialize(POD, "V1Pod"))
    check_pod(ApiClient()._ApiClient__deserialize_model(POD, client.V1Pod))
    bare = ApiClient.__new__(ApiClient)
    bare.configuration = client.Configuration()
    check_pod(bare._ApiClient__deserialize(POD, ModulePod))
    (pod,) = ApiClient()._ApiClient__deserialize([POD], "list[V1Pod]")
    check_pod(pod)
    assert ApiClient().deserialize(FakeResponse({"a": POD}), "dict[str, V1Pod]")["a"] == pod


def test_airflow_keeps_a_pod_in_a_pickle():
    pod = ApiClient()._ApiClient__deserialize_model(POD, client.V1Pod)
    again = pickle.loads(pickle.dumps(pod))
    check_pod(again)
    assert (again == pod, copy.deepcopy(pod) == pod, again is pod) == (True, True, False)
    assert ApiClient().sanitize_for_serialization(again) == ApiClient().sanitize_for_serialization(pod)


class Patched(ApiClient):
    """As users of old releases were advised, to keep models from making a configuration each."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.counts = defaultdict(int)

    def _ApiClient__deserialize_model(self, data, klass):
        self.counts[klass.__name__] += 1
        arguments = {}
        for attribute, kind in klass.openapi_types.items():
            if data is not None and klass.attribute_map[attribute] in data:
                arguments[attribute] = self._ApiClient__deserialize(data[klass.attribute_map[attribute]], kind)
        return klass(**arguments, local_vars_configuration=self.configuration)


def test_an_overridden_deserialize_model_is_called_for_every_model(api_client):
    patched = Patched(api_client.configuration)
    pods = client.CoreV1Api(patched).list_namespaced_pod("d")
    check_pod(pods.items[0])
    assert patched.counts == {
        "V1PodList": 1,
        "V1ListMeta": 1,
        "V1Pod": 1,
        "V1ObjectMeta": 1,
        "V1PodSpec": 1,
        "V1Container": 1,
        "V1ContainerPort": 1,
    }
    assert pods.items[0].local_vars_configuration is api_client.configuration


def test_call_api_by_hand(api_client):
    path = "/api/v1/namespaces/{namespace}/pods/{name}"
    parameters = {"namespace": "d", "name": "a"}
    accept = {"Accept": api_client.select_header_accept(["application/json", "application/yaml"])}
    data, status, headers = api_client.call_api(
        path, "GET", parameters, [], accept, response_types_map={200: "V1Pod"}, auth_settings=["BearerToken"]
    )
    check_pod(data)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    raw = api_client.call_api(path, "GET", parameters, [], {}, _return_http_data_only=True, _preload_content=False)
    assert json.loads(raw.data) == POD
    plain = api_client.call_api(path, "GET", parameters, response_types_map={200: "object"}, _return_http_data_only=True)
    assert plain == POD
    thread = api_client.call_api(
        path, "GET", parameters, response_types_map={200: "V1Pod"}, async_req=True, _return_http_data_only=True
    )
    check_pod(thread.get(10))


class Watching(ApiClient):
    """Airflow's way to see every request."""

    def call_api(self, *arguments, **named):
        self.seen = [*getattr(self, "seen", []), arguments[:2]]
        return super().call_api(*arguments, **named)

    def request(self, method, url, **named):
        self.urls = [*getattr(self, "urls", []), url]
        return super().request(method, url, **named)


def test_an_overridden_call_api_sees_every_request(api_client):
    watching = Watching(api_client.configuration)
    check_pod(client.CoreV1Api(watching).read_namespaced_pod("a", "d"))
    client.CoreV1Api(watching).list_namespaced_pod_with_http_info("d")
    assert [path for path, _ in watching.seen] == [
        "/api/v1/namespaces/{namespace}/pods/{name}",
        "/api/v1/namespaces/{namespace}/pods",
    ]
    assert watching.urls[0].endswith("/api/v1/namespaces/d/pods/a")


def test_names_of_the_http_layer(api_client):
    assert isinstance(api_client.rest_client, RESTClientObject)
    assert api_client.rest_client.pool_manager.connection_pool_kw["cert_reqs"] is not None
    api_client.rest_client.pool_manager.connection_pool_kw["retries"] = 1
    answer = api_client.rest_client.GET(f"{api_client.configuration.host}/version")
    assert isinstance(answer, RESTResponse)
    assert (answer.status, answer.getheader("content-type"), json.loads(answer.data)["minor"]) == (200, "application/json", "36")
    with pytest.raises(ApiException) as caught:
        api_client.rest_client.GET(f"{api_client.configuration.host}/nothing")
    assert (caught.value.status, json.loads(caught.value.body)["code"]) == (404, 404)
    assert "(404)\nReason: Not Found\nHTTP response headers:" in str(caught.value)


def test_headers_authentication_and_hooks(api_client):
    called = []
    configuration = api_client.configuration
    configuration.refresh_api_key_hook = called.append
    configuration.api_key = {"authorization": "t"}
    configuration.api_key_prefix = {"authorization": "Bearer"}
    assert configuration.get_api_key_with_prefix("authorization") == "Bearer t"
    assert called == [configuration]
    headers = {}
    api_client.update_params_for_auth(headers, [], ["BearerToken"])
    assert headers["authorization"] in ("t", "Bearer t")  # difference: token-prefix
    api_client.set_default_header("X", "1")
    api_client.user_agent = "me"
    assert (api_client.default_headers["X"], api_client.default_headers["User-Agent"]) == ("1", "me")
    assert "t" in configuration.auth_settings()["BearerToken"]["value"]
    copied = copy.deepcopy(configuration)
    assert (copied.api_key, copied.refresh_api_key_hook) == (configuration.api_key, configuration.refresh_api_key_hook)


def test_type_strings_are_read_by_regular_expressions():
    """Skypilot makes classes of its own from them."""
    found = re.match(r"list\[(.*)\]", client.V1PodSpec.openapi_types["containers"])
    assert getattr(client, found[1]) is client.V1Container
    assert re.match(r"dict[\[(]([^,]*), (.*)[\])]", client.V1ObjectMeta.openapi_types["labels"]).groups() == ("str", "str")
    assert client.V1ObjectMeta.attribute_map["creation_timestamp"] == "creationTimestamp"


def test_the_workaround_for_refused_answers():
    """kubernetes-client/python #895: a required field that the server leaves out."""
    condition = client.V1APIServiceCondition
    original = condition.status

    def status(self, value):
        self._status = value

    condition.status = condition.status.setter(status)
    try:
        assert condition(type="a", status=None).status is None
        found = ApiClient().deserialize(FakeResponse({"status": {"conditions": [{"type": "a"}]}}), "V1APIService")
        assert found.status.conditions[0].status is None
        assert condition(type="a", status="True").status == "True"
    finally:
        condition.status = original


def test_subclassed_models_and_old_constructors():
    class Pod(client.V1Pod):
        def __init__(self, name, **named):
            super().__init__(metadata=client.V1ObjectMeta(name=name), **named)
            self.own = [name]

        @property
        def short(self):
            return self.metadata.name[:1]

    pod = Pod("abc", kind="Pod")
    assert (pod.short, pod.own, pod.kind, pod.spec) == ("a", ["abc"], "Pod", None)
    assert ApiClient().sanitize_for_serialization(pod) == {"kind": "Pod", "metadata": {"name": "abc"}}
    assert V1Pod is client.V1Pod  # noqa: F405


class CachedDiscoverer(LazyDiscoverer):
    """Ansible keeps its own cache and its own lists."""

    def _Discoverer__init_cache(self, refresh=False):
        self._cache = {"resources": {}, "library_version": "own"}
        self._load_server_info()
        self.discover()

    def get_resources_for_api_version(self, prefix, group, version, preferred):
        found = super().get_resources_for_api_version(prefix, group, version, preferred)
        self.asked = [*getattr(self, "asked", []), (prefix, group, version)]
        return found


def test_a_subclassed_discoverer(api_client, tmp_path):
    found = dynamic.DynamicClient(api_client, cache_file=str(tmp_path / "cache.json"), discoverer=CachedDiscoverer)
    pods = found.resources.get(api_version="v1", kind="Pod")
    assert pods.get(name="a", namespace="d").metadata.name == "a"
    assert pods.get(namespace="d").items[0].spec.containers[0].image == "i"
    assert isinstance(found.resources, Discoverer)
    assert ("api", "", "v1") in found.resources.asked
    assert isinstance(found.resources.get(api_version="v1", kind="PodList"), ResourceList)


def test_watch_by_hand():
    watching = watch.Watch()
    assert watching.get_return_type(client.CoreV1Api(ApiClient()).list_namespaced_pod) == "V1Pod"
    event = watching.unmarshal_event(
        json.dumps({"type": "ADDED", "object": {**POD, "metadata": {"resourceVersion": "7"}}}), "V1Pod"
    )
    assert (event["type"], event["object"].metadata.resource_version, event["raw_object"]["kind"]) == ("ADDED", "7", "Pod")
    assert watching.resource_version == "7"


def test_configuration_from_a_dict_and_defaults():
    kubeconfig = {
        "apiVersion": "v1",
        "current-context": "c",
        "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u", "namespace": "n"}}],
        "clusters": [{"name": "k", "cluster": {"server": "https://example.com:1"}}],
        "users": [{"name": "u", "user": {"token": "secret"}}],
    }
    own = client.Configuration()
    config.load_kube_config_from_dict(kubeconfig, client_configuration=own)
    assert (own.host, own.auth_settings()["BearerToken"]["value"]) == ("https://example.com:1", "Bearer secret")
    before = client.Configuration._default
    try:
        client.Configuration.set_default(own)
        assert client.Configuration.get_default_copy().host == own.host
        assert ApiClient().configuration.host == own.host
    finally:
        client.Configuration._default = before
