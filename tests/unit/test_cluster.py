"""SPEC=cluster against a loopback HTTPS server: choice of context, credentials, true schemas, one wheel for it."""

from __future__ import annotations

import base64
import gzip
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import trustme

from generator import cluster, custom, document, kubeconfig, lock
from generator.errors import Failure

META = "io.k8s.apimachinery.pkg.apis.meta.v1."
GVK = {"x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Widget"}]}
RESPONSE = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/com.example.v1.Widget"}}}
READ = {"operationId": "readExampleComV1Widget", "tags": ["exampleCom_v1"], "parameters": [], "responses": RESPONSE}
V2 = {
    "swagger": "2.0",
    "info": {"version": "unversioned"},
    "paths": {"/apis/example.com/v1/widgets/{name}": {"get": READ}},
    "definitions": {
        "com.example.v1.Widget": {
            "type": "object",
            "properties": {
                "metadata": {"$ref": f"#/definitions/{META}ObjectMeta_v2"},
                "spec": {"type": "object", "properties": {"from": {}}},  # what becomes of a nullable string
            },
            **GVK,
        },
        f"{META}ObjectMeta": {"type": "object", "properties": {"name": {"type": "string"}}},
        f"{META}ObjectMeta_v2": {"type": "object", "properties": {"name": {"type": "string"}}},
    },
}
SCHEMA = {
    "type": "object",
    "properties": {
        "metadata": {"allOf": [{"$ref": f"#/components/schemas/{META}ObjectMeta"}], "default": {}},
        "spec": {"type": "object", "properties": {"from": {"type": "string", "nullable": True, "enum": ["here", "there"]}}},
    },
}
V3 = {"components": {"schemas": {"com.example.v1.Widget": {**SCHEMA, **GVK}}}}
CRD = {
    "metadata": {"name": "widgets.example.com"},
    "spec": {
        "group": "example.com",
        "names": {"kind": "Widget", "plural": "widgets"},
        "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {**SCHEMA}}}],
    },
}
ANSWERS = {
    "/version": {"gitVersion": "v1.36.2-acme.1"},
    "/openapi/v2": V2,
    "/openapi/v3": {"paths": {"apis/example.com/v1": {"serverRelativeURL": "/openapi/v3/apis/example.com/v1?hash=1"}}},
    "/openapi/v3/apis/example.com/v1?hash=1": V3,
}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Authorization"), self.connection.getpeercert()))
        allowed = self.headers.get("Authorization") in (None, "Bearer good") and self.path != "/redirect"
        answer = self.server.answers.get(self.path)
        code = (
            302
            if self.path == "/redirect"
            else 403
            if not allowed
            else 404
            if answer is None
            else answer
            if isinstance(answer, int)
            else 200
        )
        data = gzip.compress(json.dumps(answer).encode())
        self.send_response(code)
        self.send_header("Location", "/openapi/v2")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def server(authority):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("api.internal").configure_cert(tls)
    authority.configure_trust(tls)
    tls.verify_mode = ssl.CERT_OPTIONAL
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.socket = tls.wrap_socket(found.socket, server_side=True)
    found.handle_error = lambda *_: None  # clients that refuse the certificate
    found.seen, found.answers = [], dict(ANSWERS)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def config(server, authority, tmp_path):
    """A kubeconfig with a context for each way to be known to the server."""
    client = authority.issue_cert("user@example.com")
    (tmp_path / "ca.crt").write_bytes(authority.cert_pem.bytes())
    key = base64.b64encode(client.private_key_pem.bytes()).decode()
    certificate = base64.b64encode(b"".join(pem.bytes() for pem in client.cert_chain_pems)).decode()
    print_token = "import json; print(json.dumps({'status': {'token': 'good'}}))"
    users = {
        "token": {"token": "good"},
        "wrong": {"token": "bad-secret"},
        "certificate": {"client-certificate-data": certificate, "client-key-data": key},
        "exec": {
            "exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": sys.executable, "args": ["-c", print_token]}
        },
        "broken": {"exec": {"command": sys.executable, "args": ["-c", "print('good')"]}},
        "legacy": {"auth-provider": {"name": "gcp"}},
    }
    address = {"server": f"https://127.0.0.1:{server.server_address[1]}", "tls-server-name": "api.internal"}
    content = {
        "current-context": "token",
        "clusters": [
            {"name": "good", "cluster": {**address, "certificate-authority": "ca.crt"}},
            {"name": "strange", "cluster": address},
        ],
        "users": [{"name": name, "user": user} for name, user in users.items()],
        "contexts": [
            *({"name": name, "context": {"cluster": "good", "user": name}} for name in users),
            {"name": "strange", "context": {"cluster": "strange", "user": "token"}},
        ],
    }
    path = tmp_path / "config"
    path.write_text(json.dumps(content))
    return {"KUBECONFIG": str(path)}


def reach(config, context=""):
    return cluster.Server(kubeconfig.access(context, config))


def schema_of(server_document):
    return server_document["definitions"]["com.example.v1.Widget"]["properties"]["spec"]["properties"]["from"]


@pytest.mark.parametrize("context", ["", "token", "certificate", "exec"])
def test_every_way_in_reads_the_true_schemas(server, config, context):
    found, source = cluster.read(reach(config, context))
    assert source == "/openapi/v3"
    assert schema_of(found) == {"type": "string", "nullable": True, "enum": ["here", "there"]}
    _, authorization, certificate = server.seen[-1]
    assert (authorization is None) == (context == "certificate")
    assert bool(certificate) == (context == "certificate")


def test_crds_where_there_is_no_openapi_v3(server, config):
    del server.answers["/openapi/v3"]
    page = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=500"
    server.answers[page] = {"items": [], "metadata": {"continue": "a/b+c="}}
    server.answers[f"{page}&continue=a%2Fb%2Bc%3D"] = {"items": [CRD], "metadata": {}}
    found, source = cluster.read(reach(config))
    assert (source, schema_of(found)["type"]) == ("CRDs", "string")
    server.answers.pop(page)
    found, source = cluster.read(reach(config))
    assert (source, schema_of(found)) == ("/openapi/v2, which lacks nullable types", {})


def test_what_a_server_serves_before_it_describes_it(server, config, monkeypatch):
    """A CRD that was just made is in no OpenAPI document; an aggregated API may never be, or be down."""
    for name, value in config.items():
        monkeypatch.setenv(name, value)
    raw = json.loads((lock.ROOT / "tests/golden/cases/crd/document.json").read_text())
    names = {"kind": "Gadget", "plural": "gadgets"}
    gadgets = {
        "metadata": {"name": "gadgets.new.example.com"},
        "spec": {**CRD["spec"], "group": "new.example.com", "names": names},
    }
    groups = {"new.example.com": "v1", "agg.example.com": "v1", "down.example.com": "v1", "apps": "v1"}
    server.answers |= {
        "/openapi/v2": raw,
        "/apis": {"groups": [{"name": name, "versions": [{"version": version}]} for name, version in groups.items()]},
        "/apis/new.example.com/v1": {"resources": [{"name": "gadgets"}, {"name": "gadgets/status"}]},
        "/apis/agg.example.com/v1": {"resources": [{"name": "things"}]},
        "/apis/down.example.com/v1": 503,
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=500": {"items": [CRD, gadgets], "metadata": {}},
    }
    read = document.read("", "cluster", lock.load(), lock.ROOT)
    assert read.source == "cluster, custom schemas from CRDs"
    assert "/apis/new.example.com/v1/namespaces/{namespace}/gadgets/{name}" in read.content["paths"]
    why = "served, but not in /openapi/v2, nor a CRD that can be read; left out"
    assert read.warnings == (
        "down.example.com/v1: the API server of context token answered 503 Service Unavailable; whether it has more kinds isn't known",
        f"things.v1.agg.example.com: {why}",
    )
    _, told = custom.convert(read.content, read.warnings)
    assert told.kinds["new.example.com", "v1"] == ["Gadget"]
    assert told.warnings[0] == read.warnings[0]


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ("wrong", "GET /openapi/v2: the API server of context wrong answered 403 Forbidden"),
        ("strange", "the API server of context strange: can't be reached .*CERTIFICATE_VERIFY_FAILED"),
        ("broken", "context broken: its exec plugin .* gave no credential"),
        ("legacy", "context legacy: an auth-provider"),
        ("nowhere", "CONTEXT=nowhere: not in the kubeconfig, which has token, wrong"),
    ],
)
def test_every_refusal_is_one_line_without_a_credential(config, context, said):
    with pytest.raises(Failure, match=said) as caught:
        cluster.read(reach(config, context))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"users": [{"name": "token", "user": {"token": "secret\n"}}]}, "context token: its token or user has characters"),
        ({"users": [{"name": "token", "user": {"token": "secret€"}}]}, "context token: its token or user has characters"),
        ({"users": "secret"}, "kubeconfig: isn't in the form that kubectl writes; check with: kubectl config view"),
        ({"contexts": [None]}, "kubeconfig: isn't in the form"),
        (
            {"clusters": [{"name": "good", "cluster": {"server": "127.0.0.1:6443"}}]},
            "its cluster's server isn't an address of http",
        ),
        ({"clusters": [{"name": "good", "cluster": {"server": "https://[::1"}}]}, "kubeconfig: isn't in the form"),
        (
            {"clusters": [{"name": "good", "cluster": {"server": "https://a", "proxy-url": "socks5://b"}}]},
            "its cluster's proxy-url isn't an address of http",
        ),
        (
            {"users": [{"name": "token", "user": {"exec": {"command": "echo", "args": ['{"status": null, "secret": 1}']}}}]},
            "its exec plugin echo gave no credential",
        ),
    ],
)
def test_a_kubeconfig_that_is_wrong(config, changed, said):
    path = Path(config["KUBECONFIG"])
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    with pytest.raises(Failure, match=said) as caught:
        reach(config).get("/version")
    assert "secret" not in str(caught.value)


def test_credentials_follow_no_redirect_and_are_in_no_repr(server, config):
    with pytest.raises(Failure, match="answered 302"):
        reach(config).get("/redirect")
    assert [path for path, *_ in server.seen] == ["/redirect"]
    assert "good" not in repr(kubeconfig.access("token", config)).replace("api.internal", "")


def test_kubeconfigs_are_merged_as_kubectl_does(config, tmp_path):
    first = tmp_path / "first"
    first.write_text(
        "contexts: [{name: mine, context: {cluster: good, user: token}}]\nusers: [{name: token, user: {token: good}}]\n"
    )
    merged = {"KUBECONFIG": os.pathsep.join([str(first), str(tmp_path / "missing"), config["KUBECONFIG"]])}
    assert kubeconfig.access("", merged).context == "token"
    assert kubeconfig.access("mine", merged).headers == {"Authorization": "Bearer good"}
    with pytest.raises(Failure, match="says of no current context"):
        kubeconfig.access("", {"KUBECONFIG": str(first)})
    with pytest.raises(Failure, match="names no file that is there"):
        kubeconfig.access("", {"KUBECONFIG": str(tmp_path / "missing")})


def test_nothing_of_a_kubeconfig_is_left_on_disk(config, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    kubeconfig.access("certificate", config)
    assert not list((tmp_path / "tmp").iterdir())


def test_copies_of_meta_types_become_one(config, monkeypatch):
    for name, value in config.items():
        monkeypatch.setenv(name, value)
    read = document.read("", "cluster", lock.load(), lock.ROOT)
    assert (read.k8s, read.pinned, read.source) == ("1.36", False, "cluster, custom schemas from /openapi/v3")
    found, told = custom.convert(read.content)
    assert sorted(found["definitions"]) == ["com.example.v1.Widget", "com.example.v1.WidgetSpec", f"{META}ObjectMeta"]
    assert told.facts() == {"groups": 1, "kinds": 1, "models": 2, "warnings": 0}


def test_the_command_builds_a_wheel_of_exactly_this_cluster(config, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "generator", "--out", str(out), "generate", "--spec", "cluster", "--context", "certificate"]
    result = subprocess.run(command, cwd=lock.ROOT, env={**os.environ, **config}, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "  example.com/v1  ExampleComV1Api: Widget\n" in result.stderr
    (wheel,) = (out / "dist").iterdir()
    assert wheel.name.startswith(f"kubernetes-36.0.3+k8s.1.36.{lock.load().build}.custom.")
    spec = (out / "package" / "kubernetes" / "client" / "models" / "com_example_v1_widget_spec.py").read_text()
    assert '_from: Literal["here", "there"] | None = None' in spec
    assert (out / "warnings.txt").read_text() == ""
