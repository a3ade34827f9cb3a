"""Kinds of six API groups: how each is made, changed, and which methods it has."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from kubernetes import client

LABELS = {"app": "e2e"}


def meta(name, **fields):
    return client.V1ObjectMeta(name=name, labels=dict(LABELS), **fields)


def pod_template():
    container = client.V1Container(
        name="main",
        image="registry.invalid/main:1",
        command=["sleep", "infinity"],
        env=[client.V1EnvVar(name="A", value="ä日"), client.V1EnvVar(name="B", value_from=_pod_name())],
        resources=client.V1ResourceRequirements(requests={"cpu": "100m", "memory": "64Mi"}, limits={"memory": "1Gi"}),
        readiness_probe=client.V1Probe(http_get=client.V1HTTPGetAction(path="/ready", port="http"), period_seconds=3),
        ports=[client.V1ContainerPort(name="http", container_port=8080)],
    )
    spec = client.V1PodSpec(
        containers=[container], tolerations=[client.V1Toleration(operator="Exists")], node_selector={"no": "node"}
    )
    return client.V1PodTemplateSpec(metadata=client.V1ObjectMeta(labels=LABELS), spec=spec)


def _pod_name():
    return client.V1EnvVarSource(field_ref=client.V1ObjectFieldSelector(field_path="metadata.name"))


def config_map(name):
    return client.V1ConfigMap(
        metadata=meta(name), data={"key": "value", "unicode": "ä日本\U0001f600"}, binary_data={"bytes": "AAEC/w=="}
    )


def secret(name):
    return client.V1Secret(metadata=meta(name), string_data={"password": "p"}, type="Opaque")


def service(name):
    ports = [
        client.V1ServicePort(name="web", port=80, target_port="http"),
        client.V1ServicePort(name="raw", port=81, target_port=8081),
    ]
    return client.V1Service(metadata=meta(name), spec=client.V1ServiceSpec(selector=LABELS, ports=ports))


def pod(name):
    template = pod_template()
    return client.V1Pod(metadata=meta(name), spec=template.spec)


def deployment(name):
    strategy = client.V1DeploymentStrategy(
        type="RollingUpdate", rolling_update=client.V1RollingUpdateDeployment(max_surge="25%", max_unavailable=0)
    )
    selector = client.V1LabelSelector(match_labels=LABELS)
    spec = client.V1DeploymentSpec(replicas=2, selector=selector, template=pod_template(), strategy=strategy)
    return client.V1Deployment(metadata=meta(name), spec=spec)


def job(name):
    template = pod_template()
    template.spec.restart_policy = "Never"
    return client.V1Job(metadata=meta(name), spec=client.V1JobSpec(template=template, backoff_limit=2, parallelism=3))


def role(name):
    rules = [client.V1PolicyRule(api_groups=["", "apps"], resources=["pods", "deployments"], verbs=["get"], resource_names=["a"])]
    return client.V1Role(metadata=meta(name), rules=rules)


def network_policy(name):
    peer = client.V1NetworkPolicyPeer(ip_block=client.V1IPBlock(cidr="10.0.0.0/8", _except=["10.1.0.0/16"]))
    rule = client.V1NetworkPolicyIngressRule(_from=[peer], ports=[client.V1NetworkPolicyPort(port="http", protocol="TCP")])
    spec = client.V1NetworkPolicySpec(
        pod_selector=client.V1LabelSelector(match_labels=LABELS), ingress=[rule], policy_types=["Ingress"]
    )
    return client.V1NetworkPolicy(metadata=meta(name), spec=spec)


def ingress(name):
    backend = client.V1IngressBackend(
        service=client.V1IngressServiceBackend(name="web", port=client.V1ServiceBackendPort(number=80))
    )
    path = client.V1HTTPIngressPath(path="/", path_type="Prefix", backend=backend)
    rule = client.V1IngressRule(host="e2e.invalid", http=client.V1HTTPIngressRuleValue(paths=[path]))
    return client.V1Ingress(metadata=meta(name), spec=client.V1IngressSpec(rules=[rule]))


def lease(name):
    now = datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
    return client.V1Lease(
        metadata=meta(name), spec=client.V1LeaseSpec(holder_identity="me", lease_duration_seconds=15, renew_time=now)
    )


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind: its API class, the middle of its methods' names, and how to make one."""

    api: str
    noun: str
    make: Callable

    def __str__(self):
        return self.noun

    def call(self, api_client, verb, *args, **kwargs):
        """Call `VERB_namespaced_NOUN`."""
        return getattr(getattr(client, self.api)(api_client), f"{verb}_namespaced_{self.noun}")(*args, **kwargs)


KINDS = (
    Kind("CoreV1Api", "config_map", config_map),
    Kind("CoreV1Api", "secret", secret),
    Kind("CoreV1Api", "service", service),
    Kind("CoreV1Api", "pod", pod),
    Kind("AppsV1Api", "deployment", deployment),
    Kind("BatchV1Api", "job", job),
    Kind("RbacAuthorizationV1Api", "role", role),
    Kind("NetworkingV1Api", "network_policy", network_policy),
    Kind("NetworkingV1Api", "ingress", ingress),
    Kind("CoordinationV1Api", "lease", lease),
)
