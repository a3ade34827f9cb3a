"""What a user writes with typed custom kinds; pyright checks it strictly, nothing runs it."""

from __future__ import annotations

from typing import Literal

import acme_crds
from acme_crds import CertKeeperExampleIoV1Api, FlowExampleComV1Api, aio
from acme_crds import IoExampleCertKeeperV1Certificate as Certificate
from acme_crds import IoExampleCertKeeperV1CertificateSpec as CertificateSpec
from acme_crds import IoExampleCertKeeperV1CertificateSpecIssuerRef as IssuerRef
from acme_crds import IoExampleCertKeeperV1CertificateSpecPrivateKey as PrivateKey
from kubernetes import client
from kubernetes.aio import client as aio_client
from typing_extensions import assert_type

api_client = client.ApiClient()
api = CertKeeperExampleIoV1Api(api_client)
certificate = Certificate(
    api_version="cert-keeper.example.io/v1",
    kind="Certificate",
    metadata=client.V1ObjectMeta(name="one"),
    spec=CertificateSpec(secret_name="s", issuer_ref=IssuerRef(name="i"), private_key=PrivateKey(algorithm="RSA", size=2048)),
)
made = api.create_namespaced_certificate("default", certificate)
assert_type(made, Certificate)
assert_type(made.spec, CertificateSpec)
assert_type(made.metadata, "client.V1ObjectMeta | None")
key = made.spec.private_key
if key is not None:
    assert_type(key.algorithm, Literal["RSA", "ECDSA", "Ed25519"] | None)
    assert_type(key.size, Literal[2048, 4096] | None)
template = made.spec.secret_template
if template is not None and template.zones:
    assert_type(template.zones["a"][0].weight, float | None)
for item in api.list_certificate_for_all_namespaces(limit=10).items:
    assert_type(item, Certificate)
scale = FlowExampleComV1Api(api_client).read_namespaced_workflow_scale("one", "default")
assert_type(scale, client.V1Scale)
workflow = acme_crds.ComExampleFlowV1Workflow(metadata=client.V1ObjectMeta(), spec=acme_crds.ComExampleFlowV1WorkflowSpec())
arguments = workflow.spec.arguments
if arguments is not None and arguments.parameters:
    assert_type(arguments.parameters[0].value, "int | str | None")

PrivateKey(algorithm="DSA")  # pyright: ignore[reportArgumentType]
spec = acme_crds.OrgExampleNamesV1alpha1OdditySpec(_class="c")
assert_type(spec.url2, "str | None")
assert_type(spec.list, "list[str] | None")


async def work() -> None:
    async with aio_client.ApiClient() as asynchronous:
        flows = aio.FlowExampleComV1Api(asynchronous)
        assert_type(await flows.read_namespaced_workflow("one", "default"), acme_crds.ComExampleFlowV1Workflow)
        for item in (await flows.list_namespaced_workflow("default")).items:
            assert_type(item, aio.ComExampleFlowV1Workflow)
