"""In → Out: kubeconfig and context, chosen as kubectl chooses them → address, TLS and headers of an API server.

https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ has the rules of choice.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import os
import ssl
import subprocess
import tempfile
import urllib.parse
from pathlib import Path
from typing import Any

from generator.errors import Failure

_IN_CLUSTER = Path("/var/run/secrets/kubernetes.io/serviceaccount")
_FILES = ("certificate-authority", "client-certificate", "client-key", "tokenFile")


@dataclasses.dataclass(frozen=True)
class Access:
    """How to reach a server. The headers hold credentials: never print them, nor this."""

    context: str
    server: str
    tls: ssl.SSLContext
    headers: dict[str, str] = dataclasses.field(repr=False)
    server_name: str | None = None
    proxy: str | None = None


def access(context: str, environment: dict[str, str]) -> Access:
    """Return how to reach the server of `context` ("" for the current one). Raises Failure."""
    try:
        return _access(context, environment)
    except (AttributeError, KeyError, TypeError, ValueError):  # their texts may quote a credential
        raise Failure("kubeconfig", "isn't in the form that kubectl writes", "check with: kubectl config view") from None


def _access(context: str, environment: dict[str, str]) -> Access:
    config = _merged(environment)
    name = context or config.get("current-context") or ""
    if not name:
        if not config["contexts"] and (_IN_CLUSTER / "token").is_file() and "KUBERNETES_SERVICE_HOST" in environment:
            return _in_cluster(environment)
        raise Failure("kubeconfig", "says of no current context", "give CONTEXT=, or KUBECONFIG= of a file that has one")
    if name not in config["contexts"]:
        known = ", ".join(config["contexts"]) or "none"
        raise Failure(f"CONTEXT={name}", f"not in the kubeconfig, which has {known}", "give one of these, or another KUBECONFIG=")
    chosen = config["contexts"][name]
    cluster = config["clusters"].get(chosen.get("cluster", ""), {})
    user = config["users"].get(chosen.get("user", ""), {})
    if not cluster.get("server"):
        raise Failure(f"context {name}", "its cluster has no server", "check the kubeconfig")
    for key in ("server", "proxy-url"):
        address = urllib.parse.urlsplit(str(cluster.get(key) or cluster["server"]))
        if address.scheme not in ("http", "https") or not address.hostname:
            raise Failure(f"context {name}", f"its cluster's {key} isn't an address of http or https", "check the kubeconfig")
    if "exec" in user:
        user = {**user, **_executed(user["exec"], name)}
    if "auth-provider" in user:
        step = "use an exec plugin, or SPEC=<file> of: kubectl get --raw /openapi/v2"
        raise Failure(f"context {name}", "an auth-provider, which kubectl dropped in 1.26", step)
    return Access(
        name,
        str(cluster["server"]),
        _tls(cluster, user, name),
        _headers(user, name),
        cluster.get("tls-server-name"),
        cluster.get("proxy-url"),
    )


def _merged(environment: dict[str, str]) -> dict[str, Any]:
    """Merge the files of KUBECONFIG: the first one that has a name counts, as with kubectl."""
    listed = environment.get("KUBECONFIG")
    home = Path(environment.get("HOME", "~")).expanduser() / ".kube" / "config"
    files = [Path(part) for part in listed.split(os.pathsep) if part] if listed else [home]
    merged: dict[str, Any] = {"contexts": {}, "clusters": {}, "users": {}}
    for file in files:
        if not file.is_file():
            continue
        content = _loaded(file)
        merged.setdefault("current-context", content.get("current-context") or None)
        merged["current-context"] = merged["current-context"] or content.get("current-context")
        for plural in ("contexts", "clusters", "users"):
            for entry in content.get(plural) or ():
                value = dict(entry.get(plural[:-1]) or {})
                for key in _FILES:
                    if value.get(key):
                        value[key] = str(file.parent / value[key])
                merged[plural].setdefault(entry.get("name", ""), value)
    if listed and not any(file.is_file() for file in files):
        raise Failure("KUBECONFIG", "names no file that is there", "check the variable")
    return merged


def _loaded(file: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        content = None  # what the parser says may quote a credential
    if not isinstance(content, dict):
        raise Failure(file.name, "not a kubeconfig", "check the file")
    return content


def _executed(plugin: dict[str, Any], context: str) -> dict[str, Any]:
    """Run an exec plugin and return the user's fields that it gives (client.authentication.k8s.io)."""
    environment = {**os.environ, **{str(one["name"]): str(one.get("value", "")) for one in plugin.get("env") or ()}}
    info = {"apiVersion": plugin.get("apiVersion"), "kind": "ExecCredential", "spec": {"interactive": False}}
    environment["KUBERNETES_EXEC_INFO"] = json.dumps(info)
    command = [str(plugin.get("command")), *map(str, plugin.get("args") or ())]
    try:
        # The kubeconfig's owner chose the command, as with kubectl. What it prints is a credential and isn't shown.
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=True)  # noqa: S603
        status = dict(json.loads(result.stdout)["status"])
    except (OSError, subprocess.CalledProcessError, ValueError, KeyError, TypeError) as error:
        why = f"its exec plugin {command[0]} gave no credential ({type(error).__name__})"
        raise Failure(f"context {context}", why, "see what kubectl says with this context") from None
    names = {"token": "token", "clientCertificateData": "client-certificate-data", "clientKeyData": "client-key-data"}
    found = {names[key]: value for key, value in status.items() if key in names}
    for name in ("client-certificate-data", "client-key-data"):  # PEM here, base64 of it in a kubeconfig
        if name in found:
            found[name] = base64.b64encode(found[name].encode()).decode()
    return found


def _headers(user: dict[str, Any], context: str) -> dict[str, str]:
    headers = {}
    token = user.get("token")
    if not token and user.get("tokenFile"):
        token = Path(user["tokenFile"]).read_text(encoding="utf-8").strip()
    if token:
        headers["Authorization"] = f"Bearer {token}"
    elif user.get("username"):
        pair = f"{user['username']}:{user.get('password', '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    if user.get("as"):
        headers["Impersonate-User"] = str(user["as"])
    if not all(value.isascii() and value.isprintable() for value in headers.values()):
        raise Failure(f"context {context}", "its token or user has characters that no header can have", "check the kubeconfig")
    return headers


def _tls(cluster: dict[str, Any], user: dict[str, Any], context: str) -> ssl.SSLContext:
    tls = ssl.create_default_context()
    try:
        if cluster.get("certificate-authority-data"):
            tls = ssl.create_default_context(cadata=_decoded(cluster["certificate-authority-data"]).decode())
        elif cluster.get("certificate-authority"):
            tls = ssl.create_default_context(cafile=cluster["certificate-authority"])
        if cluster.get("insecure-skip-tls-verify"):
            tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        _load_client_certificate(tls, user)
    except (OSError, ValueError) as error:
        raise Failure(f"context {context}", f"a certificate or key can't be used ({error})", "check the kubeconfig") from None
    return tls


def _load_client_certificate(tls: ssl.SSLContext, user: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:  # for its owner alone; gone once OpenSSL has read the files
        paths = {}
        for name in ("client-certificate", "client-key"):
            if user.get(f"{name}-data"):
                path = Path(folder) / name
                path.write_bytes(_decoded(user[f"{name}-data"]))
                paths[name] = str(path)
            elif user.get(name):
                paths[name] = user[name]
        if "client-certificate" in paths:
            tls.load_cert_chain(paths["client-certificate"], paths.get("client-key"), password=_refused)


def _refused() -> str:
    raise ValueError("the key has a password")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None


def _in_cluster(environment: dict[str, str]) -> Access:
    host, port = environment["KUBERNETES_SERVICE_HOST"], environment.get("KUBERNETES_SERVICE_PORT", "443")
    server = f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"
    cluster = {"certificate-authority": str(_IN_CLUSTER / "ca.crt")}
    user = {"tokenFile": str(_IN_CLUSTER / "token")}
    return Access("in-cluster", server, _tls(cluster, {}, "in-cluster"), _headers(user, "in-cluster"))
