"""TLS: verified unless switched off; certificates, kubeconfig, proxies."""

from __future__ import annotations

import ssl

import pytest
import trustme
import urllib3
import yaml
from apiserver import serving
from kubernetes import client, config

# The server's side of a handshake that the client breaks off is left to the garbage collector by ssl.SSLSocket.accept.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <ssl:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_OPTIONAL
    with serving(context) as state:
        yield state


@pytest.fixture
def ca_file(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def version(configuration):
    with client.ApiClient(configuration) as api_client:
        return client.VersionApi(api_client).get_code().git_version


def test_a_certificate_that_nobody_vouches_for_is_refused(server):
    configuration = client.Configuration(host=server.url)
    configuration.retries = False
    with pytest.raises((urllib3.exceptions.SSLError, client.ApiException), match="CERTIFICATE_VERIFY_FAILED"):
        version(configuration)
    assert server.requests == []


def test_a_known_authority_is_accepted(server, ca_file):
    assert version(client.Configuration(host=server.url, ssl_ca_cert=ca_file)) == "v1.36.0"


def test_verification_can_be_switched_off(server):
    configuration = client.Configuration(host=server.url)
    configuration.verify_ssl = False
    with pytest.warns(urllib3.exceptions.InsecureRequestWarning):
        assert version(configuration) == "v1.36.0"


def test_kubeconfig_with_token_authority_and_client_certificate(server, authority, ca_file, tmp_path):
    server.token = "s3cret"
    leaf = authority.issue_cert("user@example.org")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    kubeconfig = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "c",
        "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u"}}],
        "clusters": [{"name": "k", "cluster": {"server": server.url, "certificate-authority": ca_file}}],
        "users": [
            {
                "name": "u",
                "user": {
                    "token": "s3cret",
                    "client-certificate": str(tmp_path / "cert.pem"),
                    "client-key": str(tmp_path / "key.pem"),
                },
            }
        ],
    }
    path = tmp_path / "config"
    path.write_text(yaml.safe_dump(kubeconfig))
    config.load_kube_config(str(path))
    with client.ApiClient() as api_client:
        assert client.VersionApi(api_client).get_code().git_version == "v1.36.0"
        assert "s3cret" not in repr(api_client.configuration)


def test_proxy_from_the_environment(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "skip.example")
    through = client.ApiClient(client.Configuration(host="https://api.example"))
    assert type(through.rest_client.pool_manager) is urllib3.ProxyManager
    past = client.ApiClient(client.Configuration(host="https://skip.example"))
    assert type(past.rest_client.pool_manager) is urllib3.PoolManager
