"""The installed wheels against the published client: models' names, order, types, messages, and every call of every method.

What differs is named here and in docs/differences.md.
"""

from __future__ import annotations

import json

import clients

WRONG_REFERENCE = "IoK8sApimachineryPkgApisMetaV1GroupVersionKind"
EXEC = {f"CoreV1Api.connect_{verb}_namespaced_pod_exec" for verb in ("get", "post")}
PORTFORWARD = {f"CoreV1Api.connect_{verb}_namespaced_pod_portforward" for verb in ("get", "post")}


def test_models(published, surfaces):
    """difference: apidiscovery-reference"""
    expected = json.loads(json.dumps(published["models"]).replace(WRONG_REFERENCE, "V1GroupVersionKind"))
    ours = surfaces["1.36"]["models"]
    assert len(expected) == 767
    assert set(ours) - set(expected) == {"V1GroupVersionKind"}
    for name, model in expected.items():
        assert ours[name] == model, name


def test_operations(published, surfaces):
    """difference: exec-command, portforward-ports"""
    ours = surfaces["1.36"]
    assert len(published["operations"]) == 2 * 936
    assert sum(map(len, ours["apis"].values())) == 936
    assert len(ours["apis"]) == 65
    for name, operation in published["operations"].items():
        plain = name.removesuffix("_with_http_info")
        expected = json.loads(json.dumps(operation))
        if plain in EXEC:
            expected["types"]["command"] = "list[str]"
        if plain in PORTFORWARD:
            expected["types"]["ports"] = "str"
        found = ours["operations"][name]
        if plain in EXEC:
            assert found["calls"]["required"].pop("collection_formats") == {"command": "multi"}
            expected["calls"]["required"].pop("collection_formats")
        assert found == expected, name


def test_a_newer_kubernetes_keeps_what_both_versions_have(published, surfaces):
    """1.37's wheel has the API of the published 36: same names, types and positions for what is in both versions."""
    ours = surfaces["1.37"]
    models = {name: model for name, model in published["models"].items() if name in ours["models"]}
    assert len(models) > 700
    for name, model in models.items():
        newer = {field: dict(ours["models"][name][field]) for field in ("types", "keys")}
        both = [field for field, _ in model["types"] if field in newer["types"]]
        expected = {field: kind.replace(WRONG_REFERENCE, "V1GroupVersionKind") for field, kind in model["types"]}
        assert {field: newer["types"][field] for field in both} == {field: expected[field] for field in both}, name
        assert {field: newer["keys"][field] for field in both} == {field: dict(model["keys"])[field] for field in both}, name
        assert [field for field in newer["types"] if field in both] == both, name
    methods = {name: said for name, said in published["operations"].items() if name in ours["operations"]}
    assert len(methods) > 1700
    for name, said in methods.items():
        assert ours["operations"][name]["positional"] == said["positional"], name
        assert said["parameters"].items() <= ours["operations"][name]["parameters"].items(), name


def test_the_wheels_are_small():
    for version in clients.OURS:
        (wheel,) = (clients.OUT / f"build-{version}" / "dist").glob("*.whl")
        assert wheel.stat().st_size < 1_800_000, wheel.name
