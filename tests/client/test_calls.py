"""API methods against a server: what goes over the wire and what comes back."""

from __future__ import annotations

import datetime
import json
import pickle

import pytest
import urllib3
import yaml
from apiserver import Answer, status
from kubernetes import client
from kubernetes.client.rest import ApiException

POD = {"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}


def test_create_read_replace_patch_list_delete(server, api):
    made = api.create_namespaced_pod("ns", client.V1Pod(metadata=client.V1ObjectMeta(name="a"), spec=POD["spec"]))
    assert isinstance(made, client.V1Pod)
    assert made.metadata.creation_timestamp == datetime.datetime(2026, 9, 1, 8, tzinfo=datetime.timezone.utc)
    assert made.spec.containers[0].image == "i"
    made.metadata.labels = {"x": "y"}
    assert api.replace_namespaced_pod("a", "ns", made).metadata.labels == {"x": "y"}
    assert api.patch_namespaced_pod("a", "ns", {"metadata": {"labels": {"x": None, "z": "1"}}}).metadata.labels == {"z": "1"}
    found = api.list_namespaced_pod("ns", limit=5, label_selector="z=1")
    assert [item.metadata.name for item in found.items] == ["a"]
    assert server.requests[-1].query == {"limit": ["5"], "labelSelector": ["z=1"]}
    assert api.read_namespaced_pod("a", "ns") == found.items[0]
    assert api.delete_namespaced_pod("a", "ns").metadata.name == "a"
    with pytest.raises(ApiException) as caught:
        api.read_namespaced_pod("a", "ns")
    assert caught.value.status == 404


def test_whoever_stands_between_sees_plain_values(server, monkeypatch):
    pod, seen = client.V1Pod(metadata=client.V1ObjectMeta(name="ä", labels={"a": "b"})), []

    class Between(client.ApiClient):
        def request(self, *args, **kwargs):
            seen.append(kwargs["body"])
            return super().request(*args, **kwargs)

    class Sanitizing(client.ApiClient):
        def sanitize_for_serialization(self, obj):
            seen.append(obj)
            return super().sanitize_for_serialization(obj)

    plain = {"metadata": {"labels": {"a": "b"}, "name": "ä"}}
    for kind in (Between, Sanitizing, client.ApiClient):
        client.CoreV1Api(kind(client.Configuration(host=server.url))).create_namespaced_pod("ns", pod)
        assert server.requests[-1].body == plain
        server.objects.clear()
    assert seen[0] == plain
    assert pod in seen[1:]
    sent = server.requests[-1].raw
    api_client = client.ApiClient(client.Configuration(host=server.url))
    monkeypatch.setattr(
        client.rest.RESTClientObject,
        "POST",
        lambda self, url, **more: seen.append(more["body"]) or self.request("POST", url, **more),
    )
    client.CoreV1Api(api_client).create_namespaced_pod("ns", pod)
    assert (seen[-1], server.requests[-1].raw) == (plain, sent)
    assert json.loads(api_client.last_response.data)["metadata"]["name"] == "ä"
    assert type(api_client.last_response.data) is str


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ([{"op": "remove", "path": "/x"}], "application/json-patch+json"),
        ({"metadata": {}}, "application/strategic-merge-patch+json"),
        (client.V1Pod(), "application/strategic-merge-patch+json"),
    ],
)
def test_content_type_of_a_patch_follows_the_body(server, api, body, sent):
    server.script("PATCH", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    api.patch_namespaced_pod("a", "ns", body)
    assert server.requests[-1].headers["content-type"] == sent


def test_content_type_can_be_chosen(server, api):
    server.script("PATCH", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    api.patch_namespaced_pod("a", "ns", POD, _content_type="application/apply-patch+yaml", field_manager="m", force=True)
    sent = server.requests[-1]
    assert (sent.headers["content-type"], sent.query) == (
        "application/apply-patch+yaml",
        {"fieldManager": ["m"], "force": ["True"]},
    )


@pytest.mark.parametrize("body", [{"a": "\U0001f600ä", "b": "\x7f\x85\u2028\ufeff\\\n"}, "{a: '\U0001f600ä'}", b"{a: 1}"])
def test_what_is_applied_is_yaml(server, api, body):
    server.script("PATCH", "/api/v1/namespaces/ns/configmaps/a", Answer(body={}))
    api.patch_namespaced_config_map("a", "ns", body, _content_type="application/apply-patch+yaml", field_manager="m")
    sent = server.requests[-1].raw
    assert b"\\ud83d" not in sent  # JSON's pairs of escapes are none in YAML
    assert yaml.safe_load(sent) == (body if isinstance(body, dict) else yaml.safe_load(body))


def test_custom_objects_are_merged(server, api):
    server.script("PATCH", "/apis/g.io/v1/namespaces/ns/widgets/a", Answer(body={"spec": {"a": 1}}))
    custom = client.CustomObjectsApi(api.api_client)
    assert custom.patch_namespaced_custom_object("g.io", "v1", "ns", "widgets", "a", {"spec": {}}) == {"spec": {"a": 1}}
    assert server.requests[-1].headers["content-type"] == "application/merge-patch+json"


def test_a_deletion_is_decoded_by_what_the_answer_is(server, api):
    apps = client.AppsV1Api(api.api_client)
    path = "/apis/apps/v1/namespaces/ns/deployments/d"
    deployment = {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "d"}, "status": {"replicas": 1}}
    server.script(
        "DELETE", path, Answer(body=deployment), Answer(body={"kind": "Status", "apiVersion": "v1", "status": "Success"})
    )
    gone = apps.delete_namespaced_deployment("d", "ns")
    assert isinstance(gone, client.V1Deployment)
    assert gone.status.replicas == 1
    assert apps.delete_namespaced_deployment("d", "ns") == client.V1Status(kind="Status", api_version="v1", status="Success")


def test_errors_have_the_answer(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(409, status(409, "Conflict", "no"), {"X-Y": "z"}))
    with pytest.raises(ApiException) as caught:
        api.read_namespaced_pod("a", "ns")
    error = caught.value
    assert (error.status, error.reason, error.headers["x-y"]) == (409, "Conflict", "z")
    assert '"message": "no"' in error.body
    assert str(error).startswith("(409)\nReason: Conflict\nHTTP response headers: ")
    assert pickle.loads(pickle.dumps(error)).body == error.body


@pytest.mark.parametrize(
    ("code", "kind"), [(401, "Unauthorized"), (403, "Forbidden"), (404, "NotFound"), (500, "Service"), (503, "Service")]
)
def test_some_statuses_have_exceptions_of_their_own(server, api, code, kind):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(code, status(code, "r", "m")))
    with pytest.raises(getattr(client.exceptions, f"{kind}Exception")):
        api.read_namespaced_pod("a", "ns")


def test_with_http_info_unpacks_and_names(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD, headers={"X-Y": "z"}))
    answer = api.read_namespaced_pod_with_http_info("a", "ns")
    data, code, headers = answer
    assert (data.metadata.name, code, headers["X-Y"]) == ("a", 200, "z")
    assert (answer.data, answer.status_code) == (data, 200)


def test_async_req_gives_a_result_object(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    assert api.api_client._pool is None
    assert api.read_namespaced_pod("a", "ns", async_req=True).get(10).metadata.name == "a"


def test_preload_content_off_gives_the_unread_response(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    response = api.read_namespaced_pod("a", "ns", _preload_content=False)
    assert isinstance(response, urllib3.HTTPResponse)
    assert response.tell() == 0
    assert b'"image"' in response.read()
    response.release_conn()


def test_request_timeout(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD, stall=1.0))
    api.api_client.configuration.retries = False
    for timeout in (0.1, (1, 0.1)):
        with pytest.raises((urllib3.exceptions.HTTPError,)):
            api.read_namespaced_pod("a", "ns", _request_timeout=timeout)


def test_headers_user_agent_and_authentication(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    api.api_client.configuration.api_key["authorization"] = "Bearer t"
    api.read_namespaced_pod("a", "ns", _headers={"X-A": "b"})
    sent = server.requests[-1].headers
    assert (sent["x-a"], sent["authorization"], sent["user-agent"]) == ("b", "Bearer t", "OpenAPI-Generator/36.0.3/python")
    api.read_namespaced_pod("a", "ns", _request_auth={"in": "header", "key": "authorization", "value": "Bearer other"})
    assert server.requests[-1].headers["authorization"] == "Bearer other"


def test_a_prefix_stands_before_the_token_whatever_its_name_is(server):
    for name, token in (("authorization", "t"), ("authorization", "Bearer t"), ("BearerToken", "t")):
        configuration = client.Configuration(server.url, api_key={name: token}, api_key_prefix={name: "Bearer"})
        client.CoreV1Api(client.ApiClient(configuration)).list_namespaced_pod("ns")
        assert server.requests[-1].headers["authorization"] == "Bearer t"


def test_wrong_arguments(api):
    with pytest.raises(client.ApiTypeError, match="Got an unexpected keyword argument 'nope' to method read_namespaced_pod$"):
        api.read_namespaced_pod("a", "ns", nope=1)
    with pytest.raises(client.ApiValueError, match="Missing the required parameter `name` when calling `read_namespaced_pod`"):
        api.read_namespaced_pod(None, "ns")
    with pytest.raises(TypeError, match="namespace"):
        api.read_namespaced_pod("a")
    with pytest.raises(client.ApiTypeError, match="pass its `api_client`"):
        client.AppsV1Api(api)


def test_call_api_may_be_overridden_and_sees_every_request(server):
    class Counting(client.ApiClient):
        seen = 0

        def call_api(self, *args, **kwargs):
            self.seen += 1
            return super().call_api(*args, **kwargs)

    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=POD))
    api_client = Counting(client.Configuration(host=server.url))
    client.CoreV1Api(api_client).read_namespaced_pod("a", "ns")
    client.CoreV1Api(api_client).read_namespaced_pod_with_http_info("a", "ns")
    assert api_client.seen == 2


def test_call_api_by_hand_as_older_releases_had_it(server, api):
    server.script("GET", "/x/a%2Fb", Answer(body=POD))
    server.script("GET", "/x/a/b", Answer(body=POD))
    data, code, _ = api.api_client.call_api("/x/{n}", "GET", path_params={"n": "a/b"}, response_type="V1Pod")
    assert (type(data), code) == (client.V1Pod, 200)


@pytest.mark.parametrize(("sent", "read"), [("héllo\n".encode(), "héllo\n"), (b"\xff\x00ok", "\ufffd\x00ok")])
def test_logs_are_text(server, api, sent, read):
    server.script("GET", "/api/v1/namespaces/ns/pods/a/log", Answer(body=sent, headers={"Content-Type": "text/plain"}))
    assert api.read_namespaced_pod_log("a", "ns") == read


def test_a_command_of_several_words_is_several_parameters(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a/exec", Answer(body="ok"))
    api.connect_get_namespaced_pod_exec("a", "ns", command=["ls", "-l"])
    assert server.requests[-1].query == {"command": ["ls", "-l"]}
    api.connect_get_namespaced_pod_exec("a", "ns", command="ls")
    assert server.requests[-1].query == {"command": ["ls"]}


def test_an_answer_that_is_not_json_says_so(server, api):
    server.script("GET", "/api/v1/namespaces/ns/pods/a", Answer(body=b"<html>proxy</html>"))
    with pytest.raises(client.ApiValueError, match="cannot decode V1Pod: not JSON .*<html>proxy"):
        api.read_namespaced_pod("a", "ns")


def test_retries_and_pool_size_are_as_configured(server):
    configuration = client.Configuration(host=server.url)
    configuration.retries = 7
    configuration.connection_pool_maxsize = 3
    manager = client.ApiClient(configuration).rest_client.pool_manager
    assert (urllib3.Retry.from_int(manager.connection_pool_kw["retries"]).total, manager.connection_pool_kw["maxsize"]) == (7, 3)
