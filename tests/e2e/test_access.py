"""Who may do what, errors as the server says them, lists in chunks, watches."""

from __future__ import annotations

import json
import time

import pytest
from kubernetes import client, config, watch
from kubernetes.client import ApiException


def test_a_client_certificate(namespace):
    with config.new_client_from_config(context="certificate") as certified:
        assert client.CoreV1Api(certified).read_namespace(namespace).metadata.name == namespace


def test_tls_is_verified(api_client):
    configuration = client.Configuration(host=api_client.configuration.host)
    with (
        client.ApiClient(configuration) as stranger,
        pytest.raises(Exception, match="certificate verify failed|CERTIFICATE_VERIFY_FAILED"),
    ):
        client.VersionApi(stranger).get_code(_request_timeout=5)


ERRORS = {
    404: lambda core, namespace: core.read_namespaced_pod("nothing", namespace),
    409: lambda core, namespace: core.create_namespace({"metadata": {"name": namespace}}),
    422: lambda core, namespace: core.create_namespaced_config_map(namespace, {"metadata": {"name": "Bad_Name"}}),
    400: lambda core, namespace: core.list_namespaced_pod(namespace, field_selector="no.such.field=1"),
}


@pytest.mark.parametrize("status", ERRORS)
def test_errors(core, namespace, see, status):
    with pytest.raises(ApiException) as caught:
        ERRORS[status](core, namespace)
    error = caught.value
    assert (error.status, json.loads(error.body)["code"]) == (status, status)
    assert error.headers["Content-Type"] == "application/json"
    see([type(error).__name__, error.reason, json.loads(error.body)])


def test_forbidden(namespace, see):
    with config.new_client_from_config(context="nobody") as nobody, pytest.raises(ApiException) as caught:
        client.CoreV1Api(nobody).list_namespaced_secret(namespace)
    see([type(caught.value).__name__, json.loads(caught.value.body)])
    assert caught.value.status == 403


@pytest.fixture(scope="module")
def many(core, namespace):
    for number in range(25):
        core.create_namespaced_config_map(
            namespace, {"metadata": {"name": f"chunk-{number:02}", "labels": {"chunk": "1", "even": str(number % 2)}}}
        )
    return [f"chunk-{number:02}" for number in range(25)]


def names(listed):
    return [item.metadata.name for item in listed.items]


def test_chunks_and_selectors(core, namespace, see, many):
    found, token = [], None
    while True:
        page = core.list_namespaced_config_map(
            namespace, label_selector="chunk=1", limit=10, **({"_continue": token} if token else {})
        )
        found += names(page)
        token = page.metadata._continue
        if not token:
            break
        assert page.metadata.remaining_item_count is None or page.metadata.remaining_item_count > 0
    assert found == many
    assert len(names(core.list_namespaced_config_map(namespace, label_selector="even in (1),chunk"))) == 12
    assert names(core.list_namespaced_config_map(namespace, field_selector="metadata.name=chunk-03")) == ["chunk-03"]
    see(core.list_namespaced_config_map(namespace, field_selector="metadata.name=chunk-03").items)


def expired(core, namespace):
    """Return a token and a version that the server has forgotten; it forgets what is older than some seconds."""
    page = core.list_namespaced_config_map(namespace, label_selector="chunk=1", limit=10)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        core.patch_namespaced_config_map("chunk-00", namespace, {"data": {"now": str(time.monotonic())}})
        time.sleep(1)
        try:
            core.list_namespaced_config_map(namespace, limit=10, _continue=page.metadata._continue)
        except ApiException as error:
            return page, error
    raise AssertionError("the token did not expire")


def test_expired_tokens(core, namespace, many):
    page, error = expired(core, namespace)
    body = json.loads(error.body)
    assert (error.status, body["reason"]) == (410, "Expired")
    rest = core.list_namespaced_config_map(namespace, limit=50, _continue=body["metadata"]["continue"])
    assert "chunk-24" in names(rest)
    assert page.metadata.resource_version


def test_a_watch_with_bookmarks_that_is_resumed(core, namespace, see):
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    for name in ("w-a", "w-b"):
        core.create_namespaced_config_map(namespace, {"metadata": {"name": name, "labels": {"w": "1"}}})
    core.delete_namespaced_config_map("w-a", namespace)
    watching, seen = watch.Watch(), []
    options = {"label_selector": "w=1", "timeout_seconds": 4, "allow_watch_bookmarks": True}
    for event in watching.stream(core.list_namespaced_config_map, namespace, resource_version=start, **options):
        if event["type"] != "BOOKMARK":
            seen.append((event["type"], event["object"].metadata.name, event["raw_object"]["kind"]))
            see(event["object"])
    assert seen == [("ADDED", "w-a", "ConfigMap"), ("ADDED", "w-b", "ConfigMap"), ("DELETED", "w-a", "ConfigMap")]
    core.create_namespaced_config_map(namespace, {"metadata": {"name": "w-c", "labels": {"w": "1"}}})
    again = watching.stream(
        core.list_namespaced_config_map,
        namespace,
        resource_version=watching.resource_version,
        label_selector="w=1",
        timeout_seconds=2,
    )
    assert [(event["type"], event["object"].metadata.name) for event in again if event["type"] != "BOOKMARK"] == [
        ("ADDED", "w-c")
    ]
