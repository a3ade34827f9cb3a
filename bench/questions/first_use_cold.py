"""The same as first_use in a program that finds no compiled files, as in the first start of a fresh image."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TITLE = "import, first API object, first list, nothing compiled"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube")
WORKER = Path(__file__).parent.parent / "worker.py"


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(WORKER), "first_use", adapter.__name__.rpartition(".")[2], str(rounds), str(size)]
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(said.stdout)
    return found
