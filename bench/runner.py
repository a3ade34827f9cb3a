"""Question → medians and spread by client. Each measurement is a fresh process; the clients take turns.

What disturbs the machine disturbs all clients of a turn alike, so ratios are taken within a turn.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from bench.clients import CLIENTS

if TYPE_CHECKING:
    from types import ModuleType

WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    turns: int
    rounds: int
    size: int


def measure(python: Path, question: str, client: str, effort: Effort) -> dict[str, Any]:
    """Run one measurement in a fresh process. Raises RuntimeError with its errors if it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(python), str(WORKER), question, CLIENTS[client][0], str(effort.rounds), str(effort.size)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if result.returncode:
        raise RuntimeError(f"{question} with {client}: {result.stderr[-1500:]}")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def ask(name: str, question: ModuleType, pythons: dict[str, Path], effort: Effort) -> dict[str, dict[str, Any]]:
    """Return {client: {"median", "spread", "to ours", "spread to ours", …}} for one question.

    A question whose processes give one value each says by `PROCESSES` how many a turn takes.
    """
    turns = [
        {client: measure(pythons[client], name, client, effort) for client in question.CLIENTS if client in pythons}
        for _ in range(effort.turns * getattr(question, "PROCESSES", 1))
    ]
    return {client: _summary([turn[client] for turn in turns], [turn["ours"] for turn in turns]) for client in turns[0]}


def _value(found: dict[str, Any]) -> float:
    return float(found["bytes"]) if "bytes" in found else median(found["seconds"])


def _quarters(values: list[float]) -> list[float]:
    quarters = quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return [quarters[0], quarters[2]]


def _summary(found: list[dict[str, Any]], ours: list[dict[str, Any]]) -> dict[str, Any]:
    values = [_value(one) for one in found]
    ratios = [_value(one) / _value(our) for one, our in zip(found, ours, strict=True)]
    summary: dict[str, Any] = {
        "unit": "bytes" if "bytes" in found[0] else "seconds",
        "median": median(values),
        "spread": _quarters(values),
    }
    summary["to ours"], summary["spread to ours"] = median(ratios), _quarters(ratios)
    for other in ("json", "good"):
        if other in found[0]:
            relative = [median(one["seconds"]) / median(one[other]) for one in found]
            summary[f"to {other}"], summary[f"spread to {other}"] = median(relative), _quarters(relative)
    if "stalls" in found[0]:
        summary["longest stall"] = median(max(one["stalls"]) for one in found)
    return summary
