"""The environments under comparison, and how a program runs in them: JSON on standard input → JSON on standard output."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = HERE.parent.parent / "out"
PUBLISHED = OUT / "published" / "bin" / "python"
PUBLISHED_37 = OUT / "published-37" / "bin" / "python"
OURS = {version: OUT / "wheels" / version / "bin" / "python" for version in ("1.36", "1.37")}
# Programs must behave the same wherever they run, so not in UTC.
ENVIRONMENT = {**os.environ, "TZ": "Asia/Kolkata"}
# A seed of one's own: SEED=5 make test-differential
SEED = int(os.environ.get("SEED", "1"))


def run(python: Path, program: str, *arguments: str, given: str = "") -> str:
    """Run a program of this folder and return what it prints. Raises AssertionError with its errors if it fails."""
    command = [str(python), str(HERE / program), *arguments]
    result = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


def run_lines(python: Path, program: str, values: list[Any], *arguments: str) -> list[Any]:
    """Give a program one JSON value a line and return the values that it answers with, as many."""
    found = [
        json.loads(line)
        for line in run(python, program, *arguments, given="".join(f"{json.dumps(value)}\n" for value in values)).splitlines()
    ]
    assert len(found) == len(values)
    return found
