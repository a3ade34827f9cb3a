"""The installed wheel against the published client: names, order, types, messages, and every call of every API method.

Both run surface.py in their own environments; what differs must be named here and in docs/differences.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SURFACE = Path(__file__).with_name("surface.py")
PUBLISHED = ROOT / "out" / "published" / "bin" / "python"

WRONG_REFERENCE = "IoK8sApimachineryPkgApisMetaV1GroupVersionKind"
EXEC = {f"CoreV1Api.connect_{verb}_namespaced_pod_exec" for verb in ("get", "post")}
PORTFORWARD = {f"CoreV1Api.connect_{verb}_namespaced_pod_portforward" for verb in ("get", "post")}


def surface(python, *arguments, stdin=""):
    result = subprocess.run([str(python), str(SURFACE), *arguments], input=stdin, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def surfaces():
    text = surface(PUBLISHED)
    return json.loads(text), json.loads(surface(sys.executable, "replay", stdin=text))


def test_models(surfaces):
    """difference: apidiscovery-reference"""
    published, ours = surfaces
    expected = json.loads(json.dumps(published["models"]).replace(WRONG_REFERENCE, "V1GroupVersionKind"))
    assert len(expected) == 767
    added = set(ours["models"]) - set(expected)
    assert added == {"V1GroupVersionKind"}
    for name, model in expected.items():
        assert ours["models"][name] == model, name


def test_operations(surfaces):
    """difference: exec-command, portforward-ports"""
    published, ours = surfaces
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
