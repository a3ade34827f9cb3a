"""What goes wrong, as the server says it."""

from __future__ import annotations

import json

import pytest
import urllib3
from kinds import config_map, pod
from kubernetes import client


def failure(call, *args, **kwargs):
    with pytest.raises(client.ApiException) as caught:
        call(*args, **kwargs)
    error = caught.value
    body = json.loads(error.body)
    assert (body["kind"], body["status"], body["code"]) == ("Status", "Failure", error.status)
    assert error.headers["Content-Type"] == "application/json"
    assert f"({error.status})" in str(error)
    assert body["message"] in str(error).replace('\\"', '"') or body["reason"] in str(error)
    return error, body


def test_not_found(core, namespace):
    error, body = failure(core.read_namespaced_config_map, "none", namespace)
    assert (error.status, error.reason) == (404, "Not Found")
    assert body["details"] == {"name": "none", "kind": "configmaps"}
    assert type(error).__name__ == "NotFoundException"


def test_forbidden(connect, namespace):
    error, body = failure(client.CoreV1Api(connect("nobody")).list_namespaced_secret, namespace)
    assert (error.status, body["reason"]) == (403, "Forbidden")
    assert type(error).__name__ == "ForbiddenException"


def test_unauthorized(connect, namespace):
    error, body = failure(client.CoreV1Api(connect("stranger")).list_namespaced_secret, namespace)
    assert (error.status, body["reason"]) == (401, "Unauthorized")
    assert type(error).__name__ == "UnauthorizedException"


def test_already_exists(core, namespace):
    core.create_namespaced_config_map(namespace, config_map("one"))
    error, body = failure(core.create_namespaced_config_map, namespace, config_map("one"))
    assert (error.status, body["reason"]) == (409, "AlreadyExists")


def test_conflict(core, namespace):
    created = core.create_namespaced_config_map(namespace, config_map("one"))
    core.patch_namespaced_config_map("one", namespace, {"data": {"a": "b"}})
    error, body = failure(core.replace_namespaced_config_map, "one", namespace, created)
    assert (error.status, body["reason"]) == (409, "Conflict")


def test_invalid(core, namespace):
    bad = pod("Not_A_Name")
    bad.spec.containers[0].image = ""
    bad.spec.containers[0].ports[0].container_port = 99999
    error, body = failure(core.create_namespaced_pod, namespace, bad)
    assert (error.status, body["reason"]) == (422, "Invalid")
    assert {cause["field"] for cause in body["details"]["causes"]} == {
        "metadata.name",
        "spec.containers[0].image",
        "spec.containers[0].ports[0].containerPort",
    }


def test_immutable(core, namespace):
    core.create_namespaced_config_map(namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(name="one"), immutable=True))
    error, _ = failure(core.patch_namespaced_config_map, "one", namespace, {"data": {"a": "b"}})
    assert error.status == 422


def test_too_many_requests(core, api_client, namespace):
    core.create_namespaced_pod(namespace, pod("one"))
    core.patch_namespaced_pod_status("one", namespace, {"status": {"phase": "Running"}})
    # policy/v1, which the client has, is newer than this server: the budget is a custom object to it.
    budget = {
        "apiVersion": "policy/v1beta1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": "one"},
        "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "e2e"}}},
    }
    client.CustomObjectsApi(api_client).create_namespaced_custom_object(
        "policy", "v1beta1", namespace, "poddisruptionbudgets", budget
    )
    eviction = client.V1Eviction(api_version="policy/v1beta1", kind="Eviction", metadata=client.V1ObjectMeta(name="one"))
    error, body = failure(core.create_namespaced_pod_eviction, "one", namespace, eviction)
    assert (error.status, body["reason"]) == (429, "TooManyRequests")


def test_not_acceptable_content(core, namespace):
    error, _ = failure(core.patch_namespaced_config_map, "one", namespace, {}, _content_type="application/octet+json")
    assert error.status == 415


def test_an_api_that_this_server_lacks(api_client, namespace):
    with pytest.raises(client.ApiException) as caught:
        client.DiscoveryV1Api(api_client).list_namespaced_endpoint_slice(namespace)
    assert caught.value.status == 404
    assert caught.value.body == "404 page not found\n"


def test_namespaces_must_be(core):
    error, body = failure(core.create_namespaced_config_map, "e2e-none", config_map("one"))
    assert (error.status, body["details"]["kind"]) == (404, "namespaces")


def test_a_deadline_of_the_caller(core, namespace):
    with pytest.raises(
        (urllib3.exceptions.ReadTimeoutError, urllib3.exceptions.MaxRetryError, urllib3.exceptions.ConnectTimeoutError)
    ):
        core.list_namespaced_config_map(namespace, watch=True, _request_timeout=0.3)
