"""Objects of custom kinds make the round through a server unchanged, typed all the way."""

from __future__ import annotations

import asyncio
import copy
import datetime
import importlib
import importlib.util
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import apiserver
import pytest
from conftest import PACKAGE
from kubernetes import client, watch
from kubernetes.aio import client as aio_client
from objects import OBJECTS


@pytest.mark.parametrize(("names", "value"), OBJECTS.items(), ids=lambda one: one[0] if isinstance(one, tuple) else "")
def test_round_trip(custom, server, api_client, names, value):
    model, api_class, resource = names
    api = getattr(custom, api_class)(api_client)
    where = ("default",) if "namespaced" in resource else ()
    made = getattr(custom, model).from_dict(value)
    created = getattr(api, f"create_{resource}")(*where, made)
    assert server.requests[-1].body == value
    assert type(created).__module__.startswith(f"{PACKAGE}.models.")
    stored = next(iter(next(iter(server.objects.values())).values()))
    assert json.loads(created.to_json()) == stored
    read = getattr(api, f"read_{resource}")("one", *where)
    assert read == created
    getattr(api, f"replace_{resource}")("one", *where, read)
    assert server.requests[-1].body == stored
    listed = getattr(api, f"list_{resource}")(*where)
    assert [type(item) for item in listed.items] == [type(created)]
    assert type(listed.metadata) is client.V1ListMeta
    assert type(created.metadata) is client.V1ObjectMeta
    gone = getattr(api, f"delete_{resource}")("one", *where)
    assert type(gone) is client.V1Status


def test_types_all_the_way(custom):
    value = next(value for names, value in OBJECTS.items() if names[0] == "IoExampleCertKeeperV1Certificate")
    certificate = custom.IoExampleCertKeeperV1Certificate.from_dict(value)
    assert certificate.status.not_after == datetime.datetime(2027, 1, 1, tzinfo=datetime.timezone.utc)
    assert type(certificate.spec.secret_template.zones["z"][0]) is custom.IoExampleCertKeeperV1CertificateSpecSecretTemplateZones
    assert certificate.spec.secret_template.zones["z"][0].weight == 0.5
    with pytest.raises(ValueError, match="must not be `None`"):
        custom.IoExampleCertKeeperV1CertificateSpec(secret_name="s")


def test_what_a_newer_server_sends_is_kept(custom):
    odd = {"spec": {"privateKey": {"algorithm": "Dilithium"}, "issuerRef": {}}}
    certificate = custom.IoExampleCertKeeperV1Certificate.from_dict(odd)
    assert certificate.spec.private_key.algorithm == "Dilithium"
    assert json.loads(certificate.to_json()) == odd


def test_a_number_stays_as_it_was_written(custom):
    """To a server 2.0 is another value than 2: an object that is read and written back would get a new generation."""
    zones = custom.IoExampleCertKeeperV1CertificateSpecSecretTemplateZones
    sent = [zones.from_json(f'{{"host": "h", "weight": {weight}}}').to_json() for weight in ("2", "0.5", "-10")]
    assert sent == [f'{{"host":"h","weight":{weight}}}' for weight in ("2", "0.5", "-10")]


def test_names_that_python_cannot_take(custom):
    spec = custom.OrgExampleNamesV1alpha1OdditySpec(_class="c", url="lower", url2="upper", foo_bar="3")
    assert json.loads(spec.to_json()) == {"class": "c", "url": "lower", "URL": "upper", "foo_bar": "3"}


def test_patches_are_merge_patches_unless_they_are_lists(custom, server, api_client):
    api = custom.FlowExampleComV1Api(api_client)
    value = next(value for names, value in OBJECTS.items() if names[0] == "ComExampleFlowV1Workflow")
    api.create_namespaced_workflow("default", value)
    patched = api.patch_namespaced_workflow("one", "default", {"spec": {"parallelism": 3}})
    assert server.requests[-1].headers["content-type"] == "application/merge-patch+json"
    assert patched.spec.parallelism == 3
    api.patch_namespaced_workflow("one", "default", [{"op": "test", "path": "/kind", "value": "Workflow"}])
    assert server.requests[-1].headers["content-type"] == "application/json-patch+json"


def test_subresources_are_those_that_the_crd_has(custom):
    workflows, rules = custom.FlowExampleComV1Api, custom.WatchExampleComV1Api
    assert ":rtype: V1Scale" in workflows.read_namespaced_workflow_scale.__doc__
    assert ":rtype: ComExampleFlowV1Workflow\n" in workflows.replace_namespaced_workflow_status.__doc__
    assert not [name for name in dir(rules) if "scale" in name or "status" in name]
    assert not hasattr(custom, "FlowExampleComV1beta1Api")  # a version that isn't served


def test_a_deletion_that_answers_with_the_object(custom, server, api_client):
    value = next(value for names, value in OBJECTS.items() if names[0] == "ComExampleFlowV1Workflow")
    server.script("DELETE", "/apis/flow.example.com/v1/namespaces/default/workflows/one", apiserver.Answer(body=value))
    gone = custom.FlowExampleComV1Api(api_client).delete_namespaced_workflow("one", "default")
    assert type(gone) is custom.ComExampleFlowV1Workflow


def test_copies_and_pickles(custom):
    for (name, *_), value in OBJECTS.items():
        made = getattr(custom, name).from_dict(value)
        assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made


def test_watch(custom, server, api_client):
    value = next(value for names, value in OBJECTS.items() if names[0] == "ComExampleFlowV1Workflow")
    event = json.dumps({"type": "ADDED", "object": value}).encode() + b"\n"
    path = "/apis/flow.example.com/v1/namespaces/default/workflows"
    server.script("GET", path, apiserver.Answer(chunks=[event]))
    api = custom.FlowExampleComV1Api(api_client)
    (found,) = list(watch.Watch().stream(api.list_namespaced_workflow, "default", timeout_seconds=1, limit=1))[:1]
    assert type(found["object"]) is custom.ComExampleFlowV1Workflow
    assert found["raw_object"] == value


def test_asyncio(custom, server):
    aio = importlib.import_module("acme_crds.aio" if PACKAGE == "acme_crds" else "kubernetes.aio.client")
    value = next(value for names, value in OBJECTS.items() if names[0] == "ComExampleFlowV1Workflow")

    async def work():
        async with aio_client.ApiClient(aio_client.Configuration(host=server.url)) as api_client:
            api = aio.FlowExampleComV1Api(api_client)
            created = await api.create_namespaced_workflow("default", aio.ComExampleFlowV1Workflow.from_dict(value))
            return created, (await api.list_namespaced_workflow("default")).items

    created, listed = asyncio.run(work())
    assert type(created) is custom.ComExampleFlowV1Workflow
    assert listed == [created]
    assert created.spec == custom.ComExampleFlowV1Workflow.from_dict(value).spec


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_only_what_is_used_is_imported():
    code = (
        f"import sys, {PACKAGE} as p; p.ComExampleWatchV1AlertRule; print([m for m in sys.modules if '{PACKAGE}.models.' in m])"
    )
    assert run(code).stdout.strip() == f"['{PACKAGE}.models.com_example_watch_v1_alert_rule']"


if PACKAGE == "acme_crds":

    def test_the_published_client_is_refused_with_a_reason():
        code = "import sys; sys.modules['kubernetes.client._extensions'] = None; import acme_crds"
        assert "ImportError: acme_crds needs the kubernetes wheel that kuberegen builds" in run(code).stderr

    def test_two_wheels_with_one_kind():
        code = (
            "import acme_crds; from kubernetes.client._extensions import extend\n"
            "extend({'ComExampleFlowV1Workflow': 'other.models.x'}, {})"
        )
        assert "ComExampleFlowV1Workflow is in acme_crds.models.com_example_flow_v1_workflow already" in run(code).stderr

    def test_types_are_declared():
        assert (
            importlib.util.find_spec("acme_crds").loader.get_data(  # type: ignore[union-attr]
                importlib.util.find_spec("acme_crds").origin.replace("__init__.py", "py.typed")
            )
            == b""
        )

    def test_the_session_in_the_documentation():
        text = (Path(__file__).parents[2] / "docs" / "crds.md").read_text()
        program, printed = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL).groups()
        assert run(program).stdout == printed
