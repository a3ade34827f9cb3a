"""What other documents have and the Kubernetes document doesn't: the series changes no value of theirs either."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import run

from upstream import clients, releases
from upstream.__main__ import OUT

FEATURES = Path(__file__).with_name("features.json")
PLAIN = {"generatorName": "python", "packageName": "client"}
LEAF, FULL = {"name": "a"}, {"name": "abc", "size": 3, "colour": "red", "copy": True}
BAG = {
    "plain": "x", "leaf": FULL, "leaves": [LEAF, FULL], "grid": [[LEAF], []], "byName": {"b": FULL, "a": LEAF}, "listsByName": {"a": [LEAF]},
    "texts": {"a": "b"}, "open": {"leaf": LEAF, "z-name": "z", "more": {"a": [1]}}, "maybe": None, "maybeLeaf": FULL, "secret": "s",
    "shade": "dark", "shades": ["light"], "day": "2026-09-01", "moment": "2026-09-01T08:00:00Z", "price": 1.5, "anything": {"a": 1},
    "animal": {"kind": "Cat", "claws": LEAF},
}  # fmt: skip
DOCUMENTS = [
    ("Bag", BAG), ("Bag", {}), ("Bag", dict.fromkeys(BAG)), ("Bag", {"maybe": None, "maybeLeaf": None}), ("Bag", {"leaves": [], "grid": [], "byName": {}}),
    ("Bag", {"leaves": [LEAF] * 4}), ("Bag", {"anything": [1, {"a": None}]}), ("Bag", {"unknown": 1}), ("Bag", {"shade": "blue"}),
    ("Leaf", FULL), ("Leaf", {}), ("Leaf", {"name": ""}), ("Leaf", {"name": "toolong"}), ("Leaf", {"name": "A"}), ("Leaf", {"name": None}),
    ("Leaf", {"name": 5}), ("Leaf", {"name": "a", "size": 10}), ("Leaf", {"name": "a", "colour": "blue"}), ("Open", {"a": 1, "leaf": FULL, "b": [LEAF]}),
    ("Animal", {"kind": "Cat", "claws": FULL}), ("Animal", {"kind": "Dog"}), ("Cat", {"kind": "Cat", "claws": FULL}),
    *(("Bag", {"moment": text, "day": text}) for text in (
        "2026-09-01", "2026-09-01 08:00", "2026-09-01T08:00:00.123456789+05:30", "2026-09-01t08:00:00z", "2026-09-01T08:00:00,5Z", "20260901",
        "202609010830", "2026-09", "2026", "Sep 1 2026 8:00 PM", "2026-13-01", "2026-02-30T00:00:00Z", "2026-09-01T08:00:60Z", "", "soon", 5, ["x"],
    )),
]  # fmt: skip
CASES = {
    "python-legacy": ("6.6.0-python-legacy", {**PLAIN, "generatorName": "python-legacy"}),
    "python": ("7.26.0-python", PLAIN),
    "python, compatible": ("7.26.0-python", {**PLAIN, "additionalProperties": {"compatibleWithPythonLegacy": True}}),
}


@pytest.mark.parametrize("case", CASES)
def test_values_are_those_of_the_unpatched_client(steps, tmp_path, case):
    release, options = CASES[case]
    found = steps[release]
    wanted = {
        tmp_path / name: OUT / "work" / "templates" / f"{release}-{number}" / found.release.templates
        for name, number in (("stock", 0), ("patched", len(found.patches)))
    }
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in options.items())
    clients.generate(text, FEATURES, wanted, releases.jar(found.release), tmp_path / "work")
    given = "\n".join(json.dumps([name, json.dumps(document)]) for name, document in DOCUMENTS)
    stock, patched = (run(tmp_path / name, "observe", given).splitlines() for name in ("stock", "patched"))
    different = [pair for pair in zip(DOCUMENTS, stock, patched, strict=True) if pair[1] != pair[2]]
    assert different == []
    decoded = [name for (name, _), line in zip(DOCUMENTS, stock, strict=True) if "error" not in json.loads(line)]
    assert len(decoded) > 10 and {"Bag", "Leaf", "Open", "Cat"} <= set(decoded)
