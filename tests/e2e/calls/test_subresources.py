"""Subresources: status, scale, eviction, binding, approval, tokens, finalize, logs."""

from __future__ import annotations

import json

import pytest
from kinds import deployment, pod
from kubernetes import client

# openssl req -new -newkey ec … -subj /CN=e2e | base64: the request alone, its key was thrown away.
REQUEST = (
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISU1IQUNBUUF3RGpFTU1Bb0dBMVVFQXd3RFpUSmxNRmt3RXdZSEtvWkl6aj"
    "BDQVFZSUtvWkl6ajBEQVFjRApRZ0FFTWhFU1JpaEY1QlVUQ1NOUHEvczg3WkRqUjVOcXo0M3pDTEF4ODkyelBtZm1wcXpGeGpUNlVEbDJiSTRj"
    "CmhPa091ZHJXRCtRbDNZZVdoQmxEd09xZ0ZLQUFNQW9HQ0NxR1NNNDlCQU1DQTBnQU1FVUNJQUt4YTNoMFVYUWMKbWg5aU9tT1ZmVUwwQU9XRk"
    "N6WDlaallGZENtbFFTekFBaUVBMHNBd09PYWFnK05kRjRmM3VsdDZLRENVb0NuYwpUSEVDRHl5VFJxSVdscUU9Ci0tLS0tRU5EIENFUlRJRklD"
    "QVRFIFJFUVVFU1QtLS0tLQo="
)


def test_status(core, namespace):
    core.create_namespaced_pod(namespace, pod("one"))
    read = core.read_namespaced_pod_status("one", namespace)
    assert read.status.phase == "Pending"
    assert read.status.container_statuses is None
    read.status.phase = "Running"
    read.status.container_statuses = [
        client.V1ContainerStatus(
            name="main", image="i", image_id="", ready=True, restart_count=3, started=True,
            state=client.V1ContainerState(running=client.V1ContainerStateRunning(started_at=read.metadata.creation_timestamp)),
        )
    ]  # fmt: skip
    read.spec.containers[0].image = "registry.invalid/other"
    replaced = core.replace_namespaced_pod_status("one", namespace, read)
    assert replaced.status.container_statuses[0].state.running.started_at == read.metadata.creation_timestamp
    assert replaced.spec.containers[0].image == "registry.invalid/main:1"  # status alone is written
    patched = core.patch_namespaced_pod_status("one", namespace, {"status": {"message": "patched"}})
    assert (patched.status.phase, patched.status.message) == ("Running", "patched")
    changed = core.replace_namespaced_pod("one", namespace, patched)
    assert changed.metadata.resource_version == patched.metadata.resource_version


def test_status_of_a_deployment(api_client, namespace):
    apps = client.AppsV1Api(api_client)
    apps.create_namespaced_deployment(namespace, deployment("one"))
    condition = client.V1DeploymentCondition(type="Available", status="False", reason="None")
    body = client.V1Deployment(status=client.V1DeploymentStatus(observed_generation=1, replicas=0, conditions=[condition]))
    patched = apps.patch_namespaced_deployment_status("one", namespace, body)
    assert patched.status.conditions[0].reason == "None"
    assert patched.status.replicas is None  # the server leaves zeros out


def test_scale(api_client, namespace):
    apps = client.AppsV1Api(api_client)
    apps.create_namespaced_deployment(namespace, deployment("one"))
    scale = apps.read_namespaced_deployment_scale("one", namespace)
    assert (scale.kind, scale.spec.replicas, scale.status.selector) == ("Scale", 2, "app=e2e")
    scale.spec.replicas = 7
    assert apps.replace_namespaced_deployment_scale("one", namespace, scale).spec.replicas == 7
    assert apps.read_namespaced_deployment("one", namespace).spec.replicas == 7
    assert apps.patch_namespaced_deployment_scale("one", namespace, {"spec": {"replicas": 0}}).spec.replicas in {0, None}
    assert apps.read_namespaced_deployment("one", namespace).spec.replicas == 0


def test_eviction(core, namespace):
    core.create_namespaced_pod(namespace, pod("one"))
    eviction = client.V1Eviction(
        api_version="policy/v1beta1", kind="Eviction", metadata=client.V1ObjectMeta(name="one"),
        delete_options=client.V1DeleteOptions(grace_period_seconds=0),
    )  # fmt: skip
    core.create_namespaced_pod_eviction("one", namespace, eviction, _preload_content=False).close()
    with pytest.raises(client.ApiException) as caught:
        core.read_namespaced_pod("one", namespace)
    assert caught.value.status == 404


def binding():
    return client.V1Binding(
        metadata=client.V1ObjectMeta(name="one"), target=client.V1ObjectReference(kind="Node", name="e2e-node")
    )


def test_binding(core, namespace):
    core.create_namespaced_pod(namespace, pod("one"))
    response = core.create_namespaced_pod_binding("one", namespace, binding(), _preload_content=False)
    assert json.loads(response.data)["status"] == "Success"
    assert core.read_namespaced_pod("one", namespace).spec.node_name == "e2e-node"
    with pytest.raises(client.ApiException) as caught:
        core.create_namespaced_pod_binding("one", namespace, binding())
    assert caught.value.status == 409
    core.delete_namespaced_pod("one", namespace)
    assert core.read_namespaced_pod("one", namespace).metadata.deletion_timestamp  # its node would have to let it go
    core.delete_namespaced_pod("one", namespace, grace_period_seconds=0)


def test_answers_that_are_not_what_the_document_says(core, namespace, recorder):
    ours = recorder.difference("server-not-validated")
    core.create_namespaced_pod(namespace, pod("one"))
    try:  # the answer is a Status, not the Binding that the document promises: it has no target
        assert core.create_namespaced_pod_binding("one", namespace, binding()).target is None
        assert ours
    except ValueError as error:
        assert not ours
        assert "`target`, must not be `None`" in str(error)
    assert core.read_namespaced_pod("one", namespace).spec.node_name == "e2e-node"


def test_nodes(core, api_client):
    node = client.V1Node(metadata=client.V1ObjectMeta(name="e2e-a-node"))
    core.create_node(node)
    capacity = {"status": {"capacity": {"cpu": "4", "memory": "16Gi"}, "conditions": [{"type": "Ready", "status": "True"}]}}
    assert core.patch_node_status("e2e-a-node", capacity).status.capacity == {"cpu": "4", "memory": "16Gi"}
    assert core.patch_node("e2e-a-node", {"spec": {"unschedulable": True}}).spec.unschedulable
    core.delete_node("e2e-a-node")


def test_tokens_of_service_accounts(core, namespace):
    core.create_namespaced_service_account(namespace, client.V1ServiceAccount(metadata=client.V1ObjectMeta(name="robot")))
    request = client.AuthenticationV1TokenRequest(spec=client.V1TokenRequestSpec(audiences=[], expiration_seconds=3600))
    token = core.create_namespaced_service_account_token("robot", namespace, request, _preload_content=False)
    token = json.loads(token.data)["status"]["token"]
    configuration = client.Configuration(host=core.api_client.configuration.host)
    configuration.ssl_ca_cert = core.api_client.configuration.ssl_ca_cert
    configuration.api_key = {"authorization": f"Bearer {token}"}
    with client.ApiClient(configuration) as robot, pytest.raises(client.ApiException) as caught:
        client.CoreV1Api(robot).list_namespaced_pod(namespace)
    assert caught.value.status == 403
    assert f"system:serviceaccount:{namespace}:robot" in str(caught.value.body)


def test_finalize(core):
    made = core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(generate_name="made-")))
    name = made.metadata.name
    core.delete_namespace(name)
    found = core.read_namespace(name)
    assert found.status.phase == "Terminating"
    found.spec.finalizers = []
    core.replace_namespace_finalize(name, found)
    with pytest.raises(client.ApiException) as caught:
        core.read_namespace(name)
    assert caught.value.status == 404


def test_approval(api_client):
    certificates = client.CertificatesV1Api(api_client)
    request = client.V1CertificateSigningRequest(
        metadata=client.V1ObjectMeta(generate_name="made-"),
        spec=client.V1CertificateSigningRequestSpec(request=REQUEST, signer_name="e2e.invalid/signer", usages=["client auth"]),
    )
    created = certificates.create_certificate_signing_request(request)
    created.status.conditions = [client.V1CertificateSigningRequestCondition(type="Approved", status="True", reason="Tested")]
    name = created.metadata.name
    approved = certificates.replace_certificate_signing_request_approval(name, created)
    assert approved.status.conditions[0].last_update_time.tzinfo is not None
    certificates.delete_certificate_signing_request(name)


def test_logs_of_what_no_node_runs(core, namespace):
    core.create_namespaced_pod(namespace, pod("one"))
    assert core.read_namespaced_pod_log("one", namespace) is None
