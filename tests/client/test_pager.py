"""Lists in chunks, over loopback; expired tokens."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from apiserver import Answer, status
from kubernetes import client, dynamic, pager

PODS = "/api/v1/namespaces/d/pods"


@pytest.fixture
def seven(server):
    stored = {f"p{number}": {"metadata": {"name": f"p{number}"}} for number in range(7)}
    server.objects["api/v1", "d", "pods"] = stored
    server.objects["apis/example.com/v1", "d", "widgets"] = stored
    return [f"p{number}" for number in range(7)]


def queries(server):
    return [{name: values[0] for name, values in request.query.items()} for request in server.requests]


def test_pages_and_items(server, api, seven):
    found = list(pager.pages(api.list_namespaced_pod, "d", limit=3, label_selector="a=b", resource_version="5"))
    assert [len(page.items) for page in found] == [3, 3, 1]
    assert queries(server) == [
        {"limit": "3", "labelSelector": "a=b", "resourceVersion": "5"},
        {"limit": "3", "labelSelector": "a=b", "continue": "3"},
        {"limit": "3", "labelSelector": "a=b", "continue": "6"},
    ]
    assert [pod.metadata.name for pod in pager.items(api.list_namespaced_pod, "d", limit=2)] == seven
    assert [pod.metadata.name for pod in pager.Pager(limit=4).items(api.list_namespaced_pod, namespace="d")] == seven


def test_nothing_is_asked_before_it_is_needed(server, api, seven):
    pods = pager.items(api.list_namespaced_pod, "d", limit=3)
    assert server.requests == []
    assert next(pods).metadata.name == seven[0]
    assert len(server.requests) == 1


def test_custom_objects(api, seven):
    custom = client.CustomObjectsApi(api.api_client)
    found = pager.items(custom.list_namespaced_custom_object, "example.com", "v1", "d", "widgets", limit=3)
    assert [item["metadata"]["name"] for item in found] == seven


def test_the_dynamic_client(server, api, seven, tmp_path):
    server.script("GET", "/api", Answer(body={"versions": ["v1"]}))
    server.script("GET", "/apis", Answer(body={"kind": "APIGroupList", "groups": []}))
    resources = [{"name": "pods", "namespaced": True, "kind": "Pod", "verbs": ["get", "list"]}]
    server.script("GET", "/api/v1", Answer(body={"kind": "APIResourceList", "groupVersion": "v1", "resources": resources}))
    found = dynamic.DynamicClient(api.api_client, cache_file=str(tmp_path / "cache")).resources.get(api_version="v1", kind="Pod")
    assert [pod.metadata.name for pod in pager.items(found.get, namespace="d", limit=3)] == seven


def scripted(server, *, token):
    """The second chunk has expired; what the server answers next depends on what it is asked."""
    gone = status(410, "Expired", "The provided continue parameter is too old")
    gone["metadata"] = {"continue": token} if token else {}
    pages = [
        Answer(body={"items": [{"metadata": {"name": "a"}}], "metadata": {"continue": "t1"}}),
        Answer(410, gone),
        Answer(body={"items": [{"metadata": {"name": "b"}}], "metadata": {}}),
    ]
    server.script("GET", PODS, *pages)


def test_an_expired_token_restarts_pages(server, api):
    scripted(server, token="t2")
    found = list(pager.pages(api.list_namespaced_pod, "d", limit=1, resource_version="5"))
    assert [page.items[0].metadata.name for page in found] == ["a", "b"]
    assert queries(server) == [{"limit": "1", "resourceVersion": "5"}, {"limit": "1", "continue": "t1"}, {"resourceVersion": "5"}]


def test_items_go_on_with_the_token_of_the_410(server, api):
    scripted(server, token="t2")
    assert [pod.metadata.name for pod in pager.items(api.list_namespaced_pod, "d", limit=1)] == ["a", "b"]
    assert queries(server)[2] == {"limit": "1", "continue": "t2"}


@pytest.mark.parametrize(("expired", "token"), [("continue", ""), ("raise", "t2"), ("continue", "t1")])
def test_errors_that_are_raised(server, api, expired, token):
    scripted(server, token=token)
    found = pager.Pager(expired=expired).pages(api.list_namespaced_pod, "d", limit=1)
    assert next(found).items[0].metadata.name == "a"
    with pytest.raises(client.ApiException) as caught:
        next(found)
    assert caught.value.status == 410


def test_a_410_without_a_token_sent_is_raised(server, api):
    server.script("GET", PODS, Answer(410, status(410, "Expired", "too old resource version")))
    with pytest.raises(client.ApiException):
        list(pager.pages(api.list_namespaced_pod, "d", resource_version="5"))
    assert len(server.requests) == 1


@pytest.mark.parametrize("wrong", [{"watch": True}, {"async_req": True}, {"_preload_content": False}])
def test_arguments_that_make_no_sense(api, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        list(pager.pages(api.list_namespaced_pod, "d", **wrong))
    with pytest.raises(ValueError, match="limit"):
        pager.Pager(limit=0)
    with pytest.raises(ValueError, match="expired"):
        pager.Pager(expired="ignore")


def test_memory_is_that_of_a_page(server, api):
    chunk = [{"metadata": {"name": f"p{number}", "annotations": {"a": "x" * 1000}}} for number in range(100)]
    body = json.dumps({"items": chunk, "metadata": {"continue": "more"}}).encode()
    last = json.dumps({"items": chunk, "metadata": {}}).encode()
    server.script("GET", PODS, *[Answer(body=body)] * 20, Answer(body=last))
    next(pager.items(api.list_namespaced_pod, "d"))
    tracemalloc.start()
    count = sum(1 for _ in pager.items(api.list_namespaced_pod, "d"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert peak < 8 * len(body)  # the bytes, the text for `last_response`, the objects of one page and of the next
