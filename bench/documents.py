"""Size → the JSON of a PodList, as a controller-managed cluster of that many Pods answers; the same bytes every time."""

from __future__ import annotations

import json
import random
from typing import Any

MOMENT = "2026-09-01T08:00:00Z"


def pod_list(count: int, *, managed_fields: bool = True) -> bytes:
    """Return a PodList as UTF-8 JSON without spaces, about 5.5 kB a Pod with managedFields."""
    items = [_pod(number, random.Random(number), managed_fields) for number in range(count)]
    # As with a real server, no object is newer than the list.
    metadata = {"resourceVersion": str(10**8 + count)}
    document = {"kind": "PodList", "apiVersion": "v1", "metadata": metadata, "items": items}
    return json.dumps(document, separators=(",", ":")).encode()


def _pod(number: int, source: random.Random, managed_fields: bool) -> dict[str, Any]:
    app = f"app-{number % 50}"
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": f"{app}-{number}", "uid": _uid(source), "controller": True}
    metadata: dict[str, Any] = {
        "name": f"{app}-{source.getrandbits(40):x}",
        "namespace": f"ns-{number % 20}",
        "uid": _uid(source),
        "resourceVersion": str(10**8 + number),
        "creationTimestamp": MOMENT,
        "labels": {"app": app, "pod-template-hash": f"{source.getrandbits(40):x}", "team": "core"},
        "annotations": {"checksum/config": f"{source.getrandbits(256):x}"},
        "ownerReferences": [owner],
    }
    if managed_fields:
        metadata["managedFields"] = [_managed(manager) for manager in ("kube-controller-manager", "kubelet")]
    return {"metadata": metadata, "spec": _spec(number), "status": _status(number, source)}


def _uid(source: random.Random) -> str:
    return f"{source.getrandbits(128):032x}"


def _managed(manager: str) -> dict[str, Any]:
    names: dict[str, Any] = {
        name: {} for name in ("f:image", "f:imagePullPolicy", "f:name", "f:ports", "f:resources", "f:volumeMounts")
    }
    containers = {f'k:{{"name":"c{number}"}}': {".": {}, **names} for number in range(3)}
    fields = {"f:metadata": {"f:labels": {".": {}, "f:app": {}}}, "f:spec": {"f:containers": containers, "f:dnsPolicy": {}}}
    return {
        "manager": manager,
        "operation": "Update",
        "apiVersion": "v1",
        "time": MOMENT,
        "fieldsType": "FieldsV1",
        "fieldsV1": fields,
    }


def _spec(number: int) -> dict[str, Any]:
    return {
        "volumes": [{"name": "cfg", "configMap": {"name": "cfg", "defaultMode": 420}}],
        "containers": [_container(number, position) for position in range(3)],
        "restartPolicy": "Always",
        "terminationGracePeriodSeconds": 30,
        "dnsPolicy": "ClusterFirst",
        "serviceAccountName": "default",
        "nodeName": f"node-{number % 30}",
        "securityContext": {},
        "schedulerName": "default-scheduler",
        "tolerations": [
            {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}
        ],
        "enableServiceLinks": True,
    }


def _container(number: int, position: int) -> dict[str, Any]:
    return {
        "name": f"c{position}",
        "image": f"registry.example/app{position}:1.{number}",
        "args": ["--verbose", "--level=1"],
        "ports": [{"containerPort": 8080 + position, "protocol": "TCP", "name": "http"}],
        "env": [{"name": "A", "value": "1"}, {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
        "resources": {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
        "volumeMounts": [{"name": "cfg", "mountPath": "/etc/cfg"}],
        "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"}, "periodSeconds": 10},
        "terminationMessagePath": "/dev/termination-log",
        "imagePullPolicy": "IfNotPresent",
    }


def _status(number: int, source: random.Random) -> dict[str, Any]:
    kinds = ("Initialized", "Ready", "ContainersReady", "PodScheduled")
    states = [
        {
            "name": f"c{position}",
            "state": {"running": {"startedAt": MOMENT}},
            "lastState": {},
            "ready": True,
            "restartCount": 0,
            "image": f"registry.example/app{position}:1.{number}",
            "imageID": f"sha256:{source.getrandbits(256):064x}",
            "containerID": f"containerd://{source.getrandbits(256):064x}",
        }
        for position in range(3)
    ]
    return {
        "phase": "Running",
        "conditions": [{"type": kind, "status": "True", "lastProbeTime": None, "lastTransitionTime": MOMENT} for kind in kinds],
        "hostIP": "10.0.0.1",
        "podIP": "10.1.2.3",
        "startTime": MOMENT,
        "containerStatuses": states,
        "qosClass": "Burstable",
    }


def _list(kind: str, api_version: str, items: list[Any]) -> bytes:
    document = {"kind": f"{kind}List", "apiVersion": api_version, "metadata": {"resourceVersion": "1"}, "items": items}
    return json.dumps(document, separators=(",", ":")).encode()


def deployment_list(count: int) -> bytes:
    """Return a DeploymentList: as many Pod templates."""
    items = []
    for number in range(count):
        pod = _pod(number, random.Random(number), managed_fields=True)
        labels = pod["metadata"]["labels"]
        template = {"metadata": {"labels": labels}, "spec": pod["spec"]}
        condition = {"type": "Available", "status": "True", "lastUpdateTime": MOMENT, "lastTransitionTime": MOMENT, "reason": "a"}
        spec = {"replicas": 3, "selector": {"matchLabels": labels}, "template": template, "strategy": {"type": "RollingUpdate"}}
        status = {"replicas": 3, "readyReplicas": 3, "observedGeneration": 1, "conditions": [condition]}
        items.append({"metadata": pod["metadata"], "spec": spec, "status": status})
    return _list("Deployment", "apps/v1", items)


def event_list(count: int) -> bytes:
    """Return an EventList."""
    items = []
    for number in range(count):
        name, source = f"app-{number}", random.Random(number)
        involved = {
            "kind": "Pod",
            "namespace": "d",
            "name": name,
            "uid": _uid(source),
            "apiVersion": "v1",
            "resourceVersion": "1",
        }
        times = {"firstTimestamp": MOMENT, "lastTimestamp": MOMENT, "eventTime": None}
        metadata = {"name": name, "namespace": "d", "uid": _uid(source), "resourceVersion": "1", "creationTimestamp": MOMENT}
        text = {"reason": "Pulled", "message": "Successfully pulled image", "type": "Normal", "count": number % 9}
        items.append({"metadata": metadata, "involvedObject": involved, **text, **times, "source": {"component": "kubelet"}})
    return _list("Event", "v1", items)


def secret_list(count: int) -> bytes:
    """Return a SecretList with a value of 100 kB each."""
    metadata = {"namespace": "d", "resourceVersion": "1", "creationTimestamp": MOMENT}
    items = [{"metadata": {**metadata, "name": f"s{number}"}, "data": {"a": "Zm9v" * 25_000}} for number in range(count)]
    return _list("Secret", "v1", items)


def _schema(depth: int) -> dict[str, Any]:
    if not depth:
        return {"type": "string", "description": "A text that says what this is for.", "maxLength": 63}
    return {"type": "object", "properties": {f"field{number}": _schema(depth - 1) for number in range(3)}, "required": ["field0"]}


def crd_list(count: int) -> bytes:
    """Return a CustomResourceDefinitionList; each has a schema of some 360 parts."""
    items = []
    for number in range(count):
        version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": _schema(5)}}
        names = {"plural": "widgets", "kind": "Widget", "singular": "widget", "listKind": "WidgetList"}
        spec = {"group": "example.com", "scope": "Namespaced", "names": names, "versions": [version]}
        items.append({"metadata": {"name": f"w{number}", "creationTimestamp": MOMENT}, "spec": spec})
    return _list("CustomResourceDefinition", "apiextensions.k8s.io/v1", items)
