"""Sources of the document: one normaliser, pinned digests, clear refusals."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from generator import document, fetch, legacy, lock, normalise, registry
from generator.errors import Failure

SHARED = lock.ROOT.parent / "shared" / "openapi"
CACHE = lock.ROOT / "out" / "cache"
MINIMAL = {"swagger": "2.0", "info": {"version": "v1.36.0"}, "paths": {}, "definitions": {}}


def test_registry_and_release_document_of_1_36_normalise_to_the_pinned_digest():
    pins = lock.load()
    read = document.read("1.36", "registry", pins, CACHE)
    assert read.sha256 == pins.version("1.36").sha256
    published = SHARED / "kubernetes-1.36.swagger.json.gz"
    if published.exists():  # the real document, where it is at hand
        assert document.read("1.36", str(published), pins, CACHE).sha256 == read.sha256


def test_the_newest_version_comes_from_the_registry():
    pins = lock.load()
    read = document.read("", "registry", pins, CACHE)
    operations = sum(map(len, read.content["paths"].values()))
    assert (read.k8s, len(read.content["definitions"]), len(read.content["paths"]), operations) == ("1.37", 862, 371, 971)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_path_may_be_plain_or_gzip(tmp_path, pack):
    path = tmp_path / "d.json"
    path.write_bytes(pack(json.dumps(MINIMAL).encode()))
    read = document.read("", str(path), lock.load(), tmp_path)
    assert (read.k8s, read.source) == ("1.36", "file d.json")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"{", "not JSON, or cut off"),
        (b"[]", "not an OpenAPI v2 document"),
        (b'{"openapi": "3.0"}', "not an OpenAPI v2 document"),
        (b'{"swagger": "2.0", "paths": {}}', "has no `definitions`"),
        (gzip.compress(json.dumps(MINIMAL).encode())[:-9], "can't be read"),
        (json.dumps({**MINIMAL, "info": {}}).encode(), "says of no Kubernetes version; give one: K8S=1.36"),
    ],
)
def test_what_is_no_document(tmp_path, content, text):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(Failure) as caught:
        document.read("", str(path), lock.load(), tmp_path)
    assert text in str(caught.value)


def test_a_missing_path_and_an_unknown_version():
    with pytest.raises(Failure, match="SPEC=nowhere: no such file; give registry, release, cluster, crd:"):
        document.read("", "nowhere", lock.load(), CACHE)
    with pytest.raises(Failure, match=r"K8S=9.9: not in openapi/lock.toml, which has 1.37"):
        document.read("9.9", "registry", lock.load(), CACHE)
    with pytest.raises(Failure, match=r"no published wheel has its operations"):
        document.read("1.33", "registry", lock.load(), CACHE)


def test_a_document_that_is_not_the_pinned_one_fails_by_name(monkeypatch):
    monkeypatch.setattr(fetch, "fetch_release", lambda tag: json.dumps(MINIMAL).encode())
    with pytest.raises(Failure, match=r"Kubernetes 1.36 from release v1.36.0: normalises to \w+, openapi/lock.toml has \w+"):
        document.read("1.36", "release", lock.load(), CACHE)


def test_a_file_with_another_digest_is_refused_and_does_not_stay(tmp_path):
    pinned = lock.load().wheels["kubernetes-validate"]
    wheel = lock.Wheel("flit-core", "4.2.0", "flit_core-4.2.0-py3-none-any.whl", "0" * 64)
    with pytest.raises(Failure, match="not the pinned 0000"):
        fetch.fetch_wheel(wheel, tmp_path)
    assert not list(tmp_path.rglob("*.whl"))
    assert fetch.fetch_wheel(pinned, CACHE).name == pinned.file


def test_an_unknown_type_is_never_guessed(tmp_path):
    published = fetch.fetch_wheel(lock.load().wheels["kubernetes-36"], CACHE)
    with zipfile.ZipFile(published) as archive:
        source = (
            archive.read("kubernetes/client/api/core_v1_api.py").decode().replace(":type body: V1Pod\n", ":type body: V1Nope\n")
        )
    broken = tmp_path / "kubernetes.whl"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("kubernetes/client/api/core_v1_api.py", source)
    validate = fetch.fetch_wheel(lock.load().wheels["kubernetes-validate"], CACHE)
    with pytest.raises(Failure, match="V1Nope: a type that the definitions of 1.36 don't have"):
        registry.rebuild(broken, validate, "1.36", "36.0.3")


def test_legacy_operations_are_read_from_bodies_and_docstrings():
    source = Path(__file__).with_name("legacy_api.py.txt").read_text(encoding="utf-8")
    ((path, verb, operation),) = legacy.operations(source, {"V1Widget": "g.v1.Widget"}.__getitem__)
    assert (path, verb) == ("/apis/g/v1/namespaces/{namespace}/widgets", "post")
    assert operation == {
        "operationId": "create_namespaced_widget",
        "description": "create a Widget",
        "parameters": [
            {"in": "path", "name": "namespace", "type": "string", "description": "where", "required": True},
            {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/g.v1.Widget"}, "required": True},
            {"in": "query", "name": "dryRun", "type": "string", "description": "All or nothing"},
        ],
        "responses": {"201": {"schema": {"$ref": "#/definitions/g.v1.Widget"}}, "401": {}},
        "produces": ["application/json"],
    }


def test_the_normaliser_writes_out_shared_parameters_and_drops_deprecated_watches():
    raw = {
        **MINIMAL,
        "parameters": {"p-1": {"name": "pretty", "in": "query", "type": "string", "uniqueItems": True, "description": "a\n b"}},
        "paths": {
            "/api/v1/pods": {
                "parameters": [{"$ref": "#/parameters/p-1"}],
                "get": {"operationId": "listCoreV1Pod", "tags": ["core_v1"], "responses": {"401": {}}, "consumes": ["*/*"]},
            },
            "/api/v1/watch/pods": {
                "get": {"operationId": "watchCoreV1PodList", "tags": ["core_v1"], "x-kubernetes-action": "watchlist"}
            },
        },
    }
    found = normalise.normalise(raw, "1.36")
    assert found["paths"] == {
        "/api/v1/pods": {
            "get": {
                "operationId": "list_pod",
                "tags": ["core_v1"],
                "parameters": [{"in": "query", "name": "pretty", "type": "string", "description": "a b"}],
                "responses": {},
            }
        }
    }
    raw["paths"]["/api/v1/pods"]["parameters"] = [{"$ref": "#/parameters/gone"}]
    with pytest.raises(Failure, match="a parameter that the document doesn't have"):
        normalise.normalise(raw, "1.36")
