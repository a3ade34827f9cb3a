"""CRD manifests → models and operations, as an API server would describe them; whatever a manifest has in it."""

from __future__ import annotations

import json
import re

import pytest

from generator import crds, custom, extra, manifests, shape
from generator.errors import Failure
from generator.fields import python_keys
from generator.lock import ROOT
from generator.names import camel, class_name, method_name, short_names, snake, tag_name
from generator.structural import Objects

META = "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1."


def crd(schema, **version):
    served = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}, **version}
    names = {"kind": "Widget", "plural": "widgets"}
    spec = {"group": "example.com", "scope": "Namespaced", "names": names, "versions": [served]}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "w"}, "spec": spec}


def field(schema):
    """What becomes of one field, the definitions that it leaves, the warnings."""
    objects = Objects([f"{META.removeprefix('#/definitions/')}ObjectMeta"])
    objects.add_kind("com.example.v1.Widget", {"type": "object", "properties": {"it": schema}}, "Widget ")
    kind = objects.definitions.pop("com.example.v1.Widget")
    return kind["properties"]["it"], objects.definitions, objects.warnings


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"type": "string", "format": "uuid", "pattern": "x", "maxLength": 3}, {"type": "string"}),
        ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date-time"}),
        ({"type": "string", "default": "a", "description": "D."}, {"type": "string", "description": 'D.\n\nThe server\'s default: "a"'}),
        ({"type": "string", "enum": ["a", None, "b", "a"], "nullable": True}, {"type": "string", "enum": ["a", "b"]}),
        ({"type": "number", "format": "double"}, {"type": "object", "x-kubernetes-number": True}),
        ({"type": "string", "enum": ["a", True]}, {"type": "string", "enum": ["a"]}),
        ({"type": ["integer", "null"]}, {"type": "integer"}),
        ({"x-kubernetes-int-or-string": True}, {"type": "object", "x-kubernetes-int-or-string": True}),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"type": "object", "x-kubernetes-int-or-string": True}),
        ({}, {"type": "object"}),
        ({"x-kubernetes-preserve-unknown-fields": True}, {"type": "object"}),
        ({"type": "object"}, {"type": "object", "additionalProperties": {"type": "object"}}),
        ({"additionalProperties": True}, {"type": "object", "additionalProperties": {"type": "object"}}),
        ({"additionalProperties": {"type": "integer"}}, {"type": "object", "additionalProperties": {"type": "integer"}}),
        ({"items": {"type": "boolean"}}, {"type": "array", "items": {"type": "boolean"}}),
        ({"allOf": [{"$ref": f"{META}ObjectMeta"}], "default": {}}, {"$ref": f"{META}ObjectMeta"}),
    ],
    ids=lambda one: json.dumps(one)[:40],
)  # fmt: skip
def test_a_value(schema, made):
    assert field(schema) == (made, {}, [])


@pytest.mark.parametrize(
    ("schema", "made", "warning"),
    [
        (
            {"properties": {'a "b"': {"type": "string"}}},
            {"type": "object", "additionalProperties": {"type": "object"}},
            "Widget .it: a property whose name no model can have",
        ),
        ({"$ref": "#/definitions/gone"}, {"type": "object"}, "Widget .it: a reference to nothing"),
        ({"type": "file"}, {"type": "object"}, 'Widget .it: type "file" isn\'t known'),
        ({"type": "integer", "enum": ["all", "none"]}, {"type": "object"}, "Widget .it: an enum without any integer"),
        ({"oneOf": [{"type": "object"}, {"type": "string"}]}, {"type": "object"}, "Widget .it: alternatives without a type"),
        (
            {"type": "array", "items": [{}]},
            {"type": "array", "items": {"type": "object"}},
            "Widget .it: items without one schema",
        ),
        (
            {"properties": {"a": {}}, "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "object"}},
            "Widget .it: properties beside fields of any name",
        ),
    ],
)
def test_what_cannot_be_said_is_kept_as_json_with_a_warning(schema, made, warning):
    found, definitions, warnings = field(schema)
    assert (found, definitions, len(warnings)) == (made, {}, 1)
    assert warnings[0].startswith(warning)


def test_objects_inside_objects_have_names_of_their_path():
    inner = {
        "properties": {
            "deep": {"items": {"properties": {"x": {}}}},
            "by-name": {"additionalProperties": {"properties": {"y": {}}}},
        }
    }
    found, definitions, _ = field(inner)
    assert found == {"$ref": "#/definitions/com.example.v1.WidgetIt"}
    assert sorted(name.removeprefix("com.example.v1.Widget") for name in definitions) == ["It", "ItByName", "ItDeep"]


def test_a_required_field_that_may_be_null_is_optional():
    schema = {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string", "nullable": True}, "b": {}}}
    _, definitions, warnings = field(schema)
    assert definitions["com.example.v1.WidgetIt"]["required"] == ["b"]
    assert warnings == ["Widget .it.a: required but nullable; optional here, as a model's None isn't sent"]


def test_an_embedded_object_has_real_metadata():
    schema = {"type": "object", "x-kubernetes-embedded-resource": True, "properties": {"spec": {"type": "string"}}}
    _, definitions, _ = field(schema)
    made = definitions["com.example.v1.WidgetIt"]["properties"]
    assert list(made) == ["apiVersion", "kind", "metadata", "spec"]
    assert made["metadata"] == {"$ref": f"{META}ObjectMeta"}


def test_names_that_would_be_one_name_in_python():
    names = ["URL", "url", "fooBar", "FooBar", "foo_bar", "_x", "x_", "größe", "3d", "datetime", "a-b", "aB", "ok"]
    keys = python_keys(names)
    assert set(keys) == set(names)
    assert len({snake(key) for key in keys.values()}) == len(names)
    assert {name: keys[name] for name in ("url", "URL", "foo_bar", "fooBar", "FooBar", "ok", "datetime")} == {
        "url": "url", "URL": "url2", "foo_bar": "foo_bar", "fooBar": "foo_bar2", "FooBar": "foo_bar3", "ok": "ok",
        "datetime": "field_datetime",
    }  # fmt: skip
    assert python_keys(["URL"]) == {"URL": "URL"}
    # A key that stands for another name must be the Python name itself, and `class` would become `_class`.
    assert python_keys(["_class", "class", "from_"]) == {"class": "class", "_class": "field_class", "from_": "field_from"}
    assert python_keys(["_class", "__to_dict__"]) == {"_class": "field_class", "__to_dict__": "field_to_dict"}


def test_a_schema_of_ten_thousand_lines_and_any_depth():
    schema = leaf = {"type": "object", "properties": {}}
    for level in range(100):
        leaf["properties"] = {f"wordyFieldNumber{level}": {"type": "object", "properties": {}}}
        leaf["properties"] |= {
            f"f{number}": {"type": "array", "items": {"type": "object", "properties": {"a": {}}}} for number in range(50)
        }
        leaf = leaf["properties"][f"wordyFieldNumber{level}"]
    leaf["properties"]["end"] = {"type": "string"}
    assert len(json.dumps(schema, indent=1).splitlines()) > 10_000
    _, definitions, warnings = field(schema)
    assert (len(definitions), warnings) == (1 + 100 * 51, [])
    assert max(len(f"{snake(class_name(name))}.py") for name in definitions) < 200
    assert len({snake(class_name(name)) for name in definitions}) == len(definitions)


def test_scalars_are_read_as_kubernetes_reads_them(tmp_path):
    manifest = json.dumps(crd({"type": "object"}))
    text = manifest.replace('{"type": "object"}', "{enum: [=, on, off, No, y, 2020-01-01, true, ~], on: 1}")
    (tmp_path / "crd.yaml").write_text(text)
    (found,) = manifests.read(tmp_path)
    schema = found["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    assert schema == {"enum": ["=", "on", "off", "No", "y", "2020-01-01", True, None], "on": 1}


def test_json_is_read_as_json(tmp_path):
    text = json.dumps(crd({"type": "object", "description": "\U0001f600"}))
    assert "\\ud83d\\ude00" in text  # which YAML doesn't know
    (tmp_path / "crd.json").write_text(f"\ufeff{text}")
    (found,) = manifests.read(tmp_path)
    assert found["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["description"] == "\U0001f600"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: ConfigMap", "no CustomResourceDefinition in 1 files"),
        ("a: {{ .Values.x }}", "not YAML"),
        ("a: [", "not YAML"),
        ("!!python/object/apply:os.system [id]", "not YAML"),
        ("{kind: CustomResourceDefinition, metadata: {name: x}, spec: {group: g}}", "a CRD without 'names'"),
        ("{kind: CustomResourceDefinition, metadata: {name: x}, spec: 5}", "a CRD without"),
        (json.dumps(crd({}, served=False)), "no version of its CRDs is served; give CRDs with"),
        (json.dumps(crd({})).replace("Widget", "Wid get"), '"Wid get" is no name of a group, version or kind'),
        (json.dumps(crd({}, name="../v1")), '"../v1" is no name of a group, version or kind'),
    ],
)
def test_what_is_no_manifest(tmp_path, text, said):
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(Failure, match=said):
        manifests.read(tmp_path)


def test_one_crd_in_two_files(tmp_path):
    for name, schema in (("a", {"type": "object"}), ("b", {"type": "object"})):
        (tmp_path / f"{name}.yaml").write_text(json.dumps(crd(schema)))
    assert len(manifests.read(tmp_path)) == 1
    (tmp_path / "b.yaml").write_text(json.dumps(crd({"type": "string"})))
    with pytest.raises(Failure, match="w: a.yaml and b.yaml have different CRDs of this name"):
        manifests.read(tmp_path)


@pytest.fixture(scope="module")
def base():
    from generator import normalise

    raw = json.loads((ROOT / "tests/golden/cases/crd/document.json").read_text(encoding="utf-8"))
    return normalise.normalise(raw, "1.36")


def test_the_examples_make_a_sound_document(base):
    found, told = custom.convert(crds.add(base, manifests.read(ROOT / "tests" / "crds")))
    shape.shape(found)  # its checks: references, names of models and methods
    shown = re.search(r"```\n(custom .*?)```", (ROOT / "docs" / "crds.md").read_text(), re.DOTALL)[1].splitlines()
    counted = ", ".join(f"{count} {name}" for name, count in told.facts().items())
    assert shown[0] == f"custom    {counted}  0.0 s"
    assert set(shown[1:]) - {"  …"} < set(told.lines())


def test_a_kind_that_the_base_has(base):
    manifest = manifests.checked(crd({"type": "object"}), "x")
    twice = crds.add(base, [manifest])
    with pytest.raises(Failure, match=r"com\.example\.v1\.Widget: the base document or another CRD has"):
        crds.add(twice, [manifest])


def test_methods_of_one_name_are_numbered(base):
    things = crd({"type": "object"}, subresources={"status": {}})
    things["spec"]["names"] = {"kind": "Thing", "plural": "things"}
    statuses = crd({"type": "object"})
    statuses["spec"]["names"] = {"kind": "ThingStatus", "plural": "thingstatuses"}
    found, told = custom.convert(crds.add(base, [manifests.checked(one, "x") for one in (things, statuses)]))
    shape.shape(found)
    there = {
        path.partition("{namespace}")[2]: item["get"]["operationId"] for path, item in found["paths"].items() if "thing" in path
    }
    assert there["/thingstatuses/{name}"] == "read_namespaced_thing_status"
    assert there["/things/{name}/status"] == "read_namespaced_thing_status2"
    assert len([warning for warning in told.warnings if "is another one's name" in warning]) == 3


@pytest.mark.parametrize(
    ("group", "raw_tag", "kind", "scope"),
    [
        ("stable.example.com", "stableExampleCom_v1", "Widget", "Namespaced"),
        ("cert-manager.io", "certManagerIo_v1", "ClusterIssuer", "Cluster"),
        ("gateway.networking.k8s.io", "gatewayNetworking_v1", "HTTPRoute", "Namespaced"),
        ("3scale.net", "3scaleNet_v1", "API", "Namespaced"),
        ("gateway.networking.x-k8s.io", "gatewayNetworkingXK8sIo_v1", "XMesh", "Cluster"),
    ],
)
def test_methods_are_named_as_from_a_server(base, group, raw_tag, kind, scope):
    """Operation ids as kube-apiserver makes them: verb, group and version, scope, kind, subresource."""
    namespaced = "Namespaced" if scope == "Namespaced" else ""
    title = "".join(part[:1].upper() + part[1:] for part in raw_tag.split("_"))
    ids = [f"{verb}{title}{namespaced}{kind}" for verb in ("list", "create", "read", "replace", "patch", "delete")]
    ids += [f"delete{title}Collection{namespaced}{kind}"]
    ids += [f"{verb}{title}{namespaced}{kind}{part}" for verb in ("read", "replace", "patch") for part in ("Status", "Scale")]
    ids += [f"list{title}{kind}ForAllNamespaces"] if namespaced else []
    manifest = crd({"type": "object"}, subresources={"status": {}, "scale": {}})
    manifest["spec"] |= {"group": group, "scope": scope, "names": {"kind": kind, "plural": "things"}}
    made = crds.add(base, [manifests.checked(manifest, "x")])
    operations = [one for path, item in made["paths"].items() if f"/{group}/" in path for one in item.values()]
    assert sorted(one["operationId"] for one in operations) == sorted(method_name(one, [raw_tag]) for one in ids)
    assert {one["tags"][0] for one in operations} == {tag_name(raw_tag)}
    assert camel(tag_name(raw_tag)).isidentifier()


def test_groups_below_k8s_io_leave_the_names_of_kubernetes_alone(base):
    manifest = crd({"type": "object", "properties": {"spec": {"type": "object"}}})
    manifest["spec"] |= {"group": "apps.x-k8s.io", "names": {"kind": "Deployment", "plural": "deployments"}}
    found, _ = custom.convert(crds.add(base, [manifests.checked(manifest, "x")]))
    shaped, _ = shape.shape(found)
    assert {"v1.Deployment", "io.x-k8s.apps.v1.Deployment"} <= set(shaped["definitions"])


@pytest.mark.parametrize(
    "schema", [{"properties": ["a"]}, {"properties": {"a": {"allOf": [7]}}}, {"required": 5, "properties": {"a": {}}}]
)
def test_what_is_no_schema(base, schema):
    with pytest.raises(Failure, match=r"Widget\.v1\.example\.com: its schema isn't one"):
        custom.convert(crds.add(base, [manifests.checked(crd(schema), "x")]))


def test_an_aggregated_api_takes_no_name_from_kubernetes():
    core, other = "io.k8s.api.core.v1.Pod", "io.k8s.acme.pkg.apis.acme.v1.Pod"
    assert short_names([core, other]) == {core: "v1.Pod", other: "acme.v1.Pod"}
    assert short_names([other]) == {other: "v1.Pod"}


@pytest.mark.parametrize("name", ["-x", "1x", "kubernetes", "a b", "class", "../x"])
def test_names_that_no_wheel_may_have(name):
    with pytest.raises(Failure, match="no name for a distribution"):
        extra.named(name, "1.0")


def test_an_extra_wheel_is_named_by_packaging_practice():
    assert extra.named("Acme.CRDs", "1.2.0rc1") == extra.Extra("Acme.CRDs", "acme_crds", "1.2.0rc1")
    with pytest.raises(Failure, match="VERSION=one"):
        extra.named("acme-crds", "one")
