"""Who gets in: a real kubeconfig, TLS that is verified, a token, a client certificate, RBAC."""

from __future__ import annotations

import pytest
import urllib3
from behind import wait_until
from kubernetes import client, config


@pytest.mark.parametrize("context", ["token", "certificate"])
def test_an_administrator_gets_in(connect, context):
    api_client = connect(context)
    assert client.VersionApi(api_client).get_code().git_version == "v1.20.2"
    names = {item.metadata.name for item in client.CoreV1Api(api_client).list_namespace(label_selector="none=none").items}
    assert names == set()


def test_the_kubeconfig_that_kubectl_would_take():
    config.load_kube_config()
    try:
        assert client.CoreV1Api().read_namespace("default").metadata.name == "default"
        contexts, active = config.list_kube_config_contexts()
        assert [context["name"] for context in contexts] == ["token", "certificate", "nobody", "stranger"]
        assert active["name"] == "token"
    finally:
        client.Configuration.set_default(None)


def test_a_server_that_nobody_vouches_for_is_refused(connect):
    configuration = connect().configuration
    unverified = client.Configuration(host=configuration.host)  # no ssl_ca_cert: only the system's authorities
    unverified.retries = 0
    unverified.api_key = dict(configuration.api_key)
    with (
        client.ApiClient(unverified) as api_client,
        pytest.raises((urllib3.exceptions.MaxRetryError, client.ApiException)) as caught,
    ):
        client.VersionApi(api_client).get_code()
    assert "CERTIFICATE_VERIFY_FAILED" in str(caught.value)


def test_a_server_by_another_name_is_refused(connect):
    configuration = connect().configuration
    configuration.tls_server_name = "other.example"
    configuration.retries = 0
    with (
        client.ApiClient(configuration) as api_client,
        pytest.raises((urllib3.exceptions.MaxRetryError, client.ApiException)) as caught,
    ):
        client.VersionApi(api_client).get_code()
    assert "CERTIFICATE_VERIFY_FAILED" in str(caught.value)


def test_a_token_that_nobody_knows(connect):
    with pytest.raises(client.ApiException) as caught:
        client.CoreV1Api(connect("stranger")).list_namespace()
    assert caught.value.status == 401


def test_rights_come_with_a_role(core, connect, namespace, api_client, recorder):
    nobody = client.CoreV1Api(connect("nobody"))
    with pytest.raises(client.ApiException) as caught:
        nobody.list_namespaced_config_map(namespace)
    assert caught.value.status == 403
    rbac = client.RbacAuthorizationV1Api(api_client)
    rule = client.V1PolicyRule(api_groups=[""], resources=["configmaps"], verbs=["get", "list"])
    rbac.create_namespaced_role(namespace, client.V1Role(metadata=client.V1ObjectMeta(name="reader"), rules=[rule]))
    rbac.create_namespaced_role_binding(
        namespace,
        client.V1RoleBinding(
            metadata=client.V1ObjectMeta(name="reader"),
            subjects=[client.RbacV1Subject(kind="User", name="nobody", api_group="rbac.authorization.k8s.io")],
            role_ref=client.V1RoleRef(api_group="rbac.authorization.k8s.io", kind="Role", name="reader"),
        ),
    )
    review = client.V1SubjectAccessReview(
        spec=client.V1SubjectAccessReviewSpec(
            user="nobody",
            resource_attributes=client.V1ResourceAttributes(namespace=namespace, verb="list", resource="configmaps"),
        )
    )
    quiet = client.AuthorizationV1Api(client.ApiClient(api_client.configuration))
    wait_until(lambda: quiet.create_subject_access_review(review).status.allowed)
    nobody.list_namespaced_config_map(namespace, label_selector="none=none")
    with pytest.raises(client.ApiException) as caught:
        nobody.create_namespaced_config_map(namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(name="mine")))
    assert caught.value.status == 403
    recorder.pause()  # rules come in any order
    rules = client.AuthorizationV1Api(connect("nobody")).create_self_subject_rules_review(
        client.V1SelfSubjectRulesReview(spec=client.V1SelfSubjectRulesReviewSpec(namespace=namespace))
    )
    assert any(rule.resources == ["configmaps"] for rule in rules.status.resource_rules)
