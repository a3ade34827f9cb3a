"""docs/differences.md and the tests agree: each difference that a comparison lets pass is listed, by its name."""

from __future__ import annotations

import re

from generator import lock

DIFFERENCES = lock.ROOT / "docs" / "differences.md"


def test_every_difference_that_a_test_allows_is_listed():
    listed = set(re.findall(r"^\| ([a-z][a-z0-9-]+) \|", DIFFERENCES.read_text(), re.MULTILINE)) - {"name"}
    assert len(listed) > 20
    named = set()
    for path in (lock.ROOT / "tests").rglob("*.py"):
        for names in re.findall(r"differences?: ([a-z0-9-]+(?:, [a-z0-9-]+)*)", path.read_text()):
            named.update(names.split(", "))
    assert named >= {"server-not-validated", "wire-dates", "exec-command"}
    assert named <= listed, named - listed
