"""The generated clients: each patch does what it claims, and the whole series changes no value that users see."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import RELEASES, run

from upstream import effects

sys.path.insert(0, str(Path(__file__).parent.parent / "differential"))

from documents import SHAPES, Documents


@pytest.mark.parametrize("release", RELEASES)
def test_each_patch_does_what_it_claims(steps, measured, release):
    effects.check(steps[release], measured[release])


def test_the_case_that_started_it(measured):
    """33 Deployments decoded and 1000 models constructed: no logger's level is set, no configuration is made."""
    stock, patched = measured["6.6.0-python-legacy"][0], measured["6.6.0-python-legacy"][-1]
    for case in ("33 Deployments", "1000 V1Pod()"):
        for count in ("setLevel calls", "getLogger calls", "Configurations made"):
            assert patched[f"{count}, {case}"] == 0
    assert stock["setLevel calls, 1000 V1Pod()"] == 2000


@pytest.mark.parametrize("release", RELEASES)
def test_values_are_those_of_the_unpatched_client(steps, surfaces, release):
    """Every model, a document of each of two shapes: values, wire form and its order, text, equality, copies, pickles."""
    models = surfaces[release]
    assert len(models) > 700
    made = Documents(models, seed=5)
    names = [(name, shape) for number, name in enumerate(models) for shape in ("full", SHAPES[number % len(SHAPES)])]
    lines = [json.dumps([name, json.dumps(made.document(name, shape))]) for name, shape in names]
    given = "\n".join(lines)
    with ThreadPoolExecutor(2) as pool:
        stock, patched = (
            text.splitlines()
            for text in pool.map(lambda client: run(client, "observe", given), (steps[release].stock, steps[release].patched))
        )
    assert len(stock) == len(lines)
    different = [(line, before, after) for line, before, after in zip(lines, stock, patched, strict=True) if before != after]
    assert different[:3] == []
    assert sum("error" in json.loads(line) for line in stock) < len(lines) * 0.3
