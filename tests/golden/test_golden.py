"""Tiny documents chosen for their edges → the very text of the models and APIs; one JVM for all.

A case is a folder: document.json beside the files expected of it. `make golden` writes them anew.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator import codegen, crds, custom, lock, manifests, normalise, shape

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Generate every case with the stock generator, by its `batch` command."""
    folder = tmp_path_factory.mktemp("golden")
    configs = []
    base = codegen.CONFIG.read_text(encoding="utf-8")
    for case in CASES:
        raw = json.loads((case / "document.json").read_text(encoding="utf-8"))
        content = normalise.normalise(raw, "1.36")
        if (case / "crds").is_dir():
            content = crds.add(content, manifests.read(case / "crds"))
        shaped, _ = shape.shape(custom.convert(content)[0])
        source = folder / f"{case.name}.json"
        source.write_text(json.dumps(shaped))
        config = folder / f"{case.name}.yaml"
        config.write_text(f"{base}\ninputSpec: {source}\noutputDir: {folder / case.name}\n")
        configs.append(str(config))
    codegen.run(["batch", "--fail-fast", "--threads", "1", *configs], folder / "log")
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_generated_text(case, generated, request):
    package = generated / case.name / "kubernetes" / "client"
    found = {path.relative_to(package).as_posix(): path.read_text() for path in sorted(package.rglob("*.py"))}
    found = {name: text for name, text in found.items() if not name.endswith("__init__.py")}
    assert found
    expected = case / "expected"
    if request.config.getoption("--write-goldens"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in found.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text)
    wanted = {path.relative_to(expected).as_posix(): path.read_text() for path in sorted(expected.rglob("*.py"))}
    assert found == wanted
    for name, text in found.items():
        compile(text, name, "exec")


def test_the_configuration_works_with_the_stock_command_line():
    text = (lock.ROOT / "openapi" / "generator.yaml").read_text(encoding="utf-8")
    assert "openapi-generator-cli generate -c openapi/generator.yaml" in text
    assert "inputSpec" not in text
