"""Fixtures: the clients of stock and patched templates, generated once; what the probes count in each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from upstream import clients, effects, releases
from upstream.__main__ import OUT

OBSERVE = Path(__file__).with_name("observe.py")
RELEASES = sorted(releases.releases())


@pytest.fixture(scope="session")
def steps():
    """The clients of each release, by its name."""
    return {found.release.name: found for found in clients.all_steps(list(releases.releases().values()), OUT / "work")}


@pytest.fixture(scope="session")
def measured(steps):
    """Probe → result for each step, by the release's name."""
    return {name: effects.measure(found, OUT / "work") for name, found in steps.items()}


def run(client, command, given=None):
    return effects.run(effects.environment(OUT / "work"), OBSERVE, str(client), command, given=given)


@pytest.fixture(scope="session")
def surfaces(steps):
    """What the stock clients declare."""
    return {name: json.loads(run(found.stock, "surface")) for name, found in steps.items()}
