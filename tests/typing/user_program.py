"""A user's program: mypy --strict and pyright strict must know its types, and accept it without a complaint."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kubernetes import client, config, pager, watch
from kubernetes.client import (
    ApiException,
    V1Container,
    V1ContainerState,
    V1ContainerStatus,
    V1ObjectMeta,
    V1Pod,
    V1PodList,
    V1PodSpec,
)
from kubernetes.client.models.v1_deployment import V1Deployment
from typing_extensions import assert_type


def started_at(pod: V1Pod) -> datetime | None:
    assert pod.status is not None
    assert pod.status.container_statuses is not None
    status = pod.status.container_statuses[0]
    assert_type(status, V1ContainerStatus)
    assert_type(status.state, V1ContainerState | None)
    assert status.state is not None
    assert status.state.running is not None
    assert_type(status.state.running.started_at, datetime | None)
    return status.state.running.started_at


def build() -> V1Pod:
    container = V1Container(name="a", image="b", command=["x"])
    assert_type(container.name, str)
    assert_type(container.image, str | None)
    configuration = client.Configuration(host="https://example")
    metadata = V1ObjectMeta(name="p", labels={"a": "b"}, local_vars_configuration=configuration)
    return V1Pod("v1", "Pod", metadata, V1PodSpec(containers=[container]))


def call(core: client.CoreV1Api, apps: client.AppsV1Api) -> list[str | None]:
    try:
        pods = core.list_namespaced_pod("ns", limit=500, label_selector="a=b", _request_timeout=(1.0, 30))
    except ApiException as error:
        raise SystemExit(error.status) from error
    assert_type(pods, V1PodList)
    answer = core.list_namespaced_pod_with_http_info("ns")
    assert_type(answer.data, V1PodList)
    data, code, _headers = answer
    assert_type(data, V1PodList)
    assert_type(code, int)
    assert_type(apps.delete_namespaced_deployment("d", "ns"), client.V1Status | V1Deployment)
    core.create_namespaced_pod("ns", build(), dry_run="All")
    core.patch_namespaced_pod("a", "ns", {"metadata": {"labels": None}}, field_manager="m")
    core.connect_get_namespaced_pod_exec("a", "ns", command=["ls"], tty=False)
    return [pod.metadata.name for pod in pods.items if pod.metadata is not None]


def changes(pod: V1Pod) -> None:
    assert_type(pod.to_json(), str)
    assert_type(V1Pod.from_json(b"{}"), V1Pod)
    pod.metadata = V1ObjectMeta(name="x")
    value: client.V1DeviceAttribute = client.V1DeviceAttribute(bool=True, int=5)
    assert_type(value.bool, bool | None)
    assert_type(value.ints, list[int] | None)
    assert_type(client.V1ServicePort(port=1).target_port, int | str | None)


def main() -> None:
    config.load_kube_config()
    with client.ApiClient() as api_client:
        core = client.CoreV1Api(api_client)
        call(core, client.AppsV1Api(api_client))
        watcher: watch.Watch[V1Pod] = watch.Watch()
        for event in watcher.stream(core.list_namespaced_pod, "ns", timeout_seconds=5):
            print(event["type"], started_at(event["object"]))
        for event in watch.Watch(forever=True).stream(core.list_namespaced_pod, "ns"):
            assert_type(event["object"], V1Pod)
            assert_type(event["raw_object"], dict[str, Any])
        for line in watch.Watch().stream(core.read_namespaced_pod_log, "a", "ns"):
            assert_type(line, str)
        typed = watch.Watch(V1Deployment)
        assert_type(typed, watch.Watch[V1Deployment])
        for change in typed.stream(client.CustomObjectsApi().list_cluster_custom_object, "g", "v1", "things"):
            assert_type(change["object"], V1Deployment)


if __name__ == "__main__":
    main()


def list_in_chunks(api: client.CoreV1Api) -> int:
    """Pages and items know what they hold."""
    total = 0
    for page in pager.pages(api.list_namespaced_pod, "default", limit=100, label_selector="a=b"):
        assert_type(page, client.V1PodList)
        total += len(page.items)
    for pod in pager.items(api.list_namespaced_pod, namespace="default"):
        assert_type(pod, client.V1Pod)
    for node in pager.Pager(limit=50, expired="raise").items(api.list_node):
        assert_type(node, client.V1Node)
    return total
