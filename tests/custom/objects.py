"""Objects of the custom kinds of tests/crds: by model, API class and the end of its methods' names."""

from __future__ import annotations

META = {"name": "one", "namespace": "default", "labels": {"a": "b"}}
OBJECTS = {
    ("IoExampleCertKeeperV1Certificate", "CertKeeperExampleIoV1Api", "namespaced_certificate"): {
        "apiVersion": "cert-keeper.example.io/v1",
        "kind": "Certificate",
        "metadata": META,
        "spec": {
            "secretName": "s",
            "dnsNames": ["a.example", "b.example"],
            "duration": "2160h",
            "isCA": False,
            "issuerRef": {"name": "i"},
            "privateKey": {"algorithm": "RSA", "size": 4096},
            "keystore": "aGVsbG8=",
            "secretTemplate": {"labels": {"x": "y"}, "zones": {"z": [{"host": "h", "weight": 0.5}, {"host": "g", "weight": 2}]}},
        },
        "status": {
            "notAfter": "2027-01-01T00:00:00Z",
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-10-01T08:30:00Z"}],
        },
    },
    ("ComExampleFlowV1Workflow", "FlowExampleComV1Api", "namespaced_workflow"): {
        "apiVersion": "flow.example.com/v1",
        "kind": "Workflow",
        "metadata": META,
        "spec": {
            "arguments": {"parameters": [{"name": "p", "value": 7}, {"name": "q", "value": "50%"}]},
            "templates": [
                {
                    "name": "t",
                    "container": {"image": "i", "env": [{"name": "E", "value": None}], "deep": {"er": [1, 2.5, None, True]}},
                    "manifest": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"any": "thing"}},
                    "claim": {"apiVersion": "v1", "kind": "Claim", "metadata": {"name": "c"}, "spec": {"storage": "1Gi"}},
                    "plugin": {"name": "n", "unknown": {"kept": True}},
                }
            ],
        },
        "status": {"phase": "", "nodes": {"n1": {"id": "n1", "outputs": [{"any": 1}, "json"], "children": []}}},
    },
    ("ComExampleFlowV1alpha1Workflow", "FlowExampleComV1alpha1Api", "namespaced_workflow"): {
        "apiVersion": "flow.example.com/v1alpha1",
        "kind": "Workflow",
        "metadata": META,
        "spec": {"free": {"of": ["any", {"schema": None}]}},
    },
    ("ComExampleWatchV1AlertRule", "WatchExampleComV1Api", "namespaced_alert_rule"): {
        "apiVersion": "watch.example.com/v1",
        "kind": "AlertRule",
        "metadata": META,
        "spec": {"matchType": "=~", "switch": "on", "for": "5m", "on": ["job"], "limits": {"cpu": 2, "memory": "17"}},
    },
    ("IoExampleMeshV1beta1VirtualRoute", "MeshExampleIoV1beta1Api", "namespaced_virtual_route"): {
        "apiVersion": "mesh.example.io/v1beta1",
        "kind": "VirtualRoute",
        "metadata": META,
        "spec": {
            "http": [
                {
                    "match": [{"uri": {"prefix": "/"}, "headers": {"x-y": {"exact": "1"}}}],
                    "corsPolicy": {"maxAge": "24h"},
                }
            ]
        },
        "status": {"anything": [{}]},
    },
    ("OrgExampleNamesV1alpha1Oddity", "NamesExampleOrgV1alpha1Api", "oddity"): {
        "apiVersion": "names.example.org/v1alpha1",
        "kind": "Oddity",
        "metadata": {"name": "one"},
        "list": {"deep": True},
        "spec": {
            "class": "c", "import": "i", "None": "n", "URL": "upper", "url": "lower", "fooBar": {"a": "1"}, "FooBar": {"b": "2"},
            "foo_bar": "3", "openapiTypes": "o", "to_dict": "t", "model_": "m", "_model_": "n", "datetime": "2026-01-01T00:00:00Z",
            "3scale": "s", "-dash": "d", "$ref": "r", "it's": "q", "über/größe": 5, "{{x}}": "x", "self": "s", "list": ["l"],
            "dict": {"k": 1}, "required_": 'a "b"', "must": "m",
        },
    },
    ("OrgExampleLooseV1Relic", "LooseExampleOrgV1Api", "relic"): {
        "apiVersion": "loose.example.org/v1",
        "kind": "Relic",
        "metadata": {"name": "one"},
        "spec": {"loadBalancer": "round-robin", "timeout": "5s", "initial": 3, "tuple": ["a", 1], "strange": {"any": 1},
                 "phase": "", "outputs": {"x": [{"any": 1}, "json"]}},
    },
}  # fmt: skip
