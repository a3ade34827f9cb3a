"""In → Out: a live API server → its OpenAPI v2 document, with the schemas of custom kinds as they really are.

/openapi/v2 can't say `nullable` or defaults, and leaves out what it can't say; /openapi/v3 has them (Kubernetes 1.24).
Where there is none, the CRDs themselves are read, if the user may.
"""

from __future__ import annotations

import functools
import gzip
import http.client
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
import zlib
from typing import TYPE_CHECKING, Any

from generator import manifests
from generator.errors import Failure
from generator.names import is_kubernetes

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.kubeconfig import Access

_CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=500"
_TIMEOUT = 60
"""Seconds without an answer before a request is given up."""
_GVK = "x-kubernetes-group-version-kind"


class Server:
    """GET requests to an API server."""

    def __init__(self, access: Access) -> None:
        self.access = access
        proxies = {"http": access.proxy, "https": access.proxy} if access.proxy else None
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies), _Https(access), _NoRedirects())

    def get(self, path: str) -> Any:
        """Return the JSON at a path, or None where there is nothing (404). Raises Failure."""
        server = f"the API server of context {self.access.context}"
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", **self.access.headers}
        request = urllib.request.Request(self.access.server.rstrip("/") + path, headers=headers)  # noqa: S310 - the user's own server
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as response:
                data = response.read()
            return json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 404:
                return None
            refused = error.code in (401, 403)
            step = (
                "use a user with ClusterRole system:discovery" if refused else f"see: kubectl get --raw {path.partition('?')[0]}"
            )
            raise Failure(f"GET {path.partition('?')[0]}", f"{server} answered {error.code} {error.reason}", step) from None
        except (ValueError, EOFError, zlib.error) as error:
            raise Failure(f"GET {path.partition('?')[0]}", f"{server} sent no JSON ({error})", "check its address") from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise Failure(server, f"can't be reached ({reason})", "check with: kubectl get --raw /openapi/v2") from None


class _Https(urllib.request.HTTPSHandler):
    """HTTPS with the kubeconfig's certificates and `tls-server-name`."""

    def __init__(self, access: Access) -> None:
        super().__init__(context=access.tls)
        self._connection = functools.partial(_Connection, name=access.server_name, tls=access.tls)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _Connection(http.client.HTTPSConnection):
    def __init__(self, *args: Any, name: str | None, tls: ssl.SSLContext, **options: Any) -> None:
        super().__init__(*args, context=tls, **options)
        self._name, self._tls = name, tls

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)  # through the proxy's tunnel, if there is one
        host = self._name or getattr(self, "_tunnel_host", None) or self.host
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=host)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """API servers redirect nothing here, and credentials must not follow a redirect elsewhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


def read(server: Server) -> tuple[dict[str, Any], str]:
    """Return the server's OpenAPI v2 document and where its custom kinds' schemas are from ("" without any). Raises Failure."""
    document = server.get("/openapi/v2")
    if not isinstance(document, dict) or not isinstance(document.get("definitions"), dict):
        raise Failure("GET /openapi/v2", "no OpenAPI v2 document", "check that the address is an API server's")
    version = (server.get("/version") or {}).get("gitVersion")
    if version:  # the document of an aggregating server may say `unversioned`
        document["info"] = {"version": version}
    custom = {
        name: value[_GVK][0] for name, value in document["definitions"].items() if value.get(_GVK) and not is_kubernetes(name)
    }
    if not custom:
        return document, ""
    schemas, source = _from_v3(server, custom), "/openapi/v3"
    if schemas is None:
        schemas, source = _from_crds(server, custom), "CRDs"
    if schemas is None:
        schemas, source = {}, "/openapi/v2, which lacks nullable types"
    for name, schema in schemas.items():
        listed = document["definitions"].get(name, {}).get(_GVK)
        document["definitions"][name] = {**schema, **({_GVK: listed} if listed else {})}
    return document, source


def _from_v3(server: Server, custom: dict[str, dict[str, str]]) -> dict[str, Any] | None:
    """Return the definitions of the custom kinds' groups by name, or None if the server has no /openapi/v3."""
    index = server.get("/openapi/v3")
    if not isinstance(index, dict) or not isinstance(index.get("paths"), dict):
        return None
    found: dict[str, Any] = {}
    for gvk in sorted({f"apis/{gvk['group']}/{gvk['version']}" for gvk in custom.values()}):
        entry = index["paths"].get(gvk)
        document = server.get(entry["serverRelativeURL"]) if entry else None
        schemas = ((document or {}).get("components") or {}).get("schemas") or {}
        text = json.dumps({name: schema for name, schema in schemas.items() if not is_kubernetes(name)})
        found.update(json.loads(text.replace('"#/components/schemas/', '"#/definitions/')))
    return found


def _from_crds(server: Server, custom: Collection[str]) -> dict[str, Any] | None:
    """Return the schemas of the cluster's CRDs by definition, or None if the user may not list them."""
    crds = _crds(server)
    if crds is None:
        return None
    found: dict[str, Any] = {}
    for spec in (crd["spec"] for crd in crds):
        package = ".".join(reversed(spec["group"].split(".")))
        for version in spec["versions"]:
            schema = (version.get("schema") or {}).get("openAPIV3Schema")
            name = f"{package}.{version['name']}.{spec['names']['kind']}"
            if schema and name in custom:
                found[name] = schema
    return found


def _crds(server: Server) -> list[dict[str, Any]] | None:
    """Return the cluster's CRDs, or None if the user may not list them."""
    found: list[dict[str, Any]] = []
    following = ""
    while True:
        try:
            answer = server.get(_CRDS + following)
        except Failure:
            return None
        if answer is None:
            return None
        found += [manifests.checked(manifest, manifest["metadata"]["name"]) for manifest in answer["items"]]
        token = answer.get("metadata", {}).get("continue")
        if not token:
            return found
        following = f"&continue={urllib.parse.quote(token, safe='')}"


def undescribed(server: Server, document: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what the server serves and its document lacks: CRDs with the lacking versions, and warnings for the rest.

    A server describes a new CRD only after a while, and one that it can't describe never.
    """
    lacking, warnings = _lacking(server, document)
    crds = []
    for crd in (_crds(server) or []) if lacking else []:
        spec = crd["spec"]
        keys = {one["name"]: (spec["group"], one["name"], spec["names"]["plural"]) for one in spec["versions"]}
        versions = [one for one in spec["versions"] if keys[one["name"]] in lacking]
        lacking -= {keys[one["name"]] for one in versions}
        crds += [{**crd, "spec": {**spec, "versions": versions}}] if versions else []
    why = "served, but not in /openapi/v2, nor a CRD that can be read; left out"
    return crds, [*warnings, *(f"{plural}.{version}.{group}: {why}" for group, version, plural in sorted(lacking))]


def _lacking(server: Server, document: dict[str, Any]) -> tuple[set[tuple[str, str, str]], list[str]]:
    """Return group, version and plural of the resources that the document has no path for; warnings of broken groups."""
    known = {
        one["group"] for name, value in document["definitions"].items() if is_kubernetes(name) for one in value.get(_GVK, ())
    }
    found, warnings = set(), []
    groups = (server.get("/apis") or {}).get("groups", ())
    served = [(one["name"], version["version"]) for one in groups for version in one["versions"] if one["name"] not in known]
    for group, version in served:
        try:
            resources = (server.get(f"/apis/{group}/{version}") or {}).get("resources", ())
        except Failure as failure:
            warnings.append(f"{group}/{version}: {failure.why}; whether it has more kinds isn't known")
            continue
        for plural in (resource["name"] for resource in resources if "/" not in resource["name"]):
            paths = (f"/apis/{group}/{version}/{plural}", f"/apis/{group}/{version}/namespaces/{{namespace}}/{plural}")
            if not any(path in document["paths"] for path in paths):
                found.add((group, version, plural))
    return found, warnings
