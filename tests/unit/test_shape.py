"""Shaping: each fix does its one thing, and fails by its name when it does nothing."""

from __future__ import annotations

import pytest

from generator import codegen, package, shape
from generator.errors import Failure

META = "io.k8s.apimachinery.pkg.apis.meta.v1."


def document(paths=None, **definitions):
    return {"swagger": "2.0", "info": {"version": "v1.36"}, "paths": paths or {}, "definitions": definitions}


def operation(name, **more):
    return {"operationId": name, "tags": ["g_v1"], "parameters": [], "responses": {}, **more}


def test_a_fix_that_changes_nothing_fails_by_name():
    def mend_what_is_whole(found):
        return 0

    with pytest.raises(Failure, match="fix mend_what_is_whole: changes nothing in this document any more; remove it, or mend"):
        shape.shape(document(), [(mend_what_is_whole, lambda found: True)])
    assert shape.shape(document(), [(mend_what_is_whole, lambda found: False)])[1] == {}


def test_a_repaired_document_makes_the_repair_fail():
    paths = {
        "/api/v1/namespaces/{namespace}/pods/{name}/exec": {
            "get": operation("x", parameters=[{"in": "query", "name": "command", "type": "array"}])
        }
    }
    with pytest.raises(Failure, match="fix exec_command_is_a_list: changes nothing"):
        shape.shape(document(paths))


def test_names_values_and_marks():
    refs = {
        "time": {"$ref": "#/definitions/" + META + "MicroTime", "description": "when"},
        "fields": {"$ref": "#/definitions/" + META + "FieldsV1"},
        "$ref": {"type": "string"},
        "meta": {"$ref": "#/definitions/" + META + "ObjectMeta"},
    }
    shaped, changes = shape.shape(
        document(
            **{
                "io.k8s.api.x.v1.Thing": {"type": "object", "properties": refs},
                META + "MicroTime": {"type": "string", "format": "date-time", "description": "a time"},
                META + "FieldsV1": {"type": "object", "description": "fields"},
                META + "ObjectMeta": {"type": "object", "properties": {}},
                "org.acme.v1.Own": {"type": "object", "properties": {}},
            }
        )
    )
    assert changes == {"shorten_definition_names": 4, "inline_values": 2}
    assert list(shaped["definitions"]) == ["v1.Thing", "v1.ObjectMeta", "org.acme.v1.Own"]
    assert shaped["definitions"]["v1.Thing"]["properties"] == {
        "time": {"description": "when", "type": "string", "format": "date-time", "x-kubernetes-micro-time": True},
        "fields": {"type": "object", "description": "fields", "x-kubernetes-raw-json": True},
        "$ref": {"type": "string"},
        "meta": {"$ref": "#/definitions/v1.ObjectMeta"},
    }


def test_what_is_seldom_read_stays_text():
    entries = {"type": "array", "items": {"$ref": "#/definitions/" + META + "ManagedFieldsEntry"}}
    schema = {"$ref": "#/definitions/io.k8s.api.x.v1.JSONSchemaProps", "description": "how"}
    empty = {"type": "object", "properties": {}}
    shaped, changes = shape.shape(
        document(
            **{
                META + "ObjectMeta": {"type": "object", "properties": {"managedFields": entries}},
                META + "ManagedFieldsEntry": empty,
                "io.k8s.api.x.v1.Validation": {"type": "object", "properties": {"openAPIV3Schema": schema}},
                "io.k8s.api.x.v1.JSONSchemaProps": empty,
                "org.acme.v1.Own": {"type": "object", "properties": {"managedFields": {"type": "string"}, "openAPIV3Schema": {}}},
            }
        )
    )
    assert changes["keep_seldom_read_raw"] == 2
    found = {name: value["properties"] for name, value in shaped["definitions"].items()}
    assert found["v1.ObjectMeta"]["managedFields"]["x-kubernetes-raw-json"]
    reference = {"$ref": "#/definitions/v1.JSONSchemaProps"}
    assert found["v1.Validation"]["openAPIV3Schema"] == {
        "allOf": [reference],
        "description": "how",
        "x-kubernetes-raw-json": True,
    }
    assert "x-kubernetes-raw-json" not in str(found["org.acme.v1.Own"])


def test_deletions_say_what_they_may_answer():
    status = {"200": {"schema": {"$ref": "#/definitions/io.k8s.api.meta.v1.Status"}}}
    thing = {"200": {"schema": {"$ref": "#/definitions/io.k8s.api.x.v1.Thing"}}}
    paths = {"/t": {"get": operation("read", responses=thing), "delete": operation("delete", responses=status)}}
    definitions = {name: {"type": "object", "properties": {}} for name in ("io.k8s.api.meta.v1.Status", "io.k8s.api.x.v1.Thing")}
    shaped, _ = shape.shape(document(paths, **definitions))
    assert shaped["paths"]["/t"]["delete"]["x-kubernetes-deleted"] == "V1Thing"


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            document(A={"properties": {"a": {"$ref": "#/definitions/Gone"}}}),
            "#/definitions/Gone: a reference to nothing in the document",
        ),
        (
            document(**{"a.B": {"properties": {}}, "a-B": {"properties": {}}}),
            "model AB: two definitions have this name: a.B, a-B",
        ),
        (
            document({"/a": {"get": operation("x")}, "/b": {"get": operation("x")}}),
            "operation x: 2 operations of g_v1 have this name",
        ),
    ],
)
def test_documents_that_cannot_become_a_client(found, text):
    with pytest.raises(Failure) as caught:
        shape.shape(found)
    assert text in str(caught.value)


def test_the_input_stays_as_it_is():
    found = document(**{"io.k8s.a.v1.B": {"properties": {}}})
    shape.shape(found)
    assert list(found["definitions"]) == ["io.k8s.a.v1.B"]


def test_a_file_has_one_owner_and_stays_in_its_folder(tmp_path):
    with pytest.raises(Failure, match=r"a.py: both one and two have it"):
        package.assemble({"one": {"a.py": b""}, "two": {"a.py": b""}}, tmp_path)
    with pytest.raises(Failure, match="leads out of its folder"):
        package.assemble({"one": {"../a.py": b""}}, tmp_path)


def test_what_was_lost_in_generation_fails_and_objects_described_in_place_may_be_added():
    index = {"models": [{}, {}, {}], "apis": [{"operations": ["a"]}]}
    assert codegen.check_counts(index, {"models": 2, "apis": 1, "operations": 1})["models"] == 3
    for expected in ({"models": 4}, {"operations": 2}, {"apis": 0}):
        with pytest.raises(Failure, match="compare out/shaped.json with out/generated"):
            codegen.check_counts(index, expected)
