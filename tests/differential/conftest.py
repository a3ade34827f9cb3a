"""Finds the modules beside the tests; what the published client declares is read once."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import clients


@pytest.fixture(scope="session")
def published():
    """Models and operations of the published client."""
    return json.loads(clients.run(clients.PUBLISHED, "surface.py"))


@pytest.fixture(scope="session")
def surfaces(published):
    """The same of our wheels, by Kubernetes version."""
    text = json.dumps(published)
    return {
        version: json.loads(clients.run(python, "surface.py", "replay", given=text)) for version, python in clients.OURS.items()
    }
