"""Results and bench/baseline.json → what got slower against the same clients.

Ratios to other clients of the same run are compared, so that the machine's own speed doesn't count. A ratio may be
worse than the baseline's by the wider of the two runs' own spreads (the middle half of their turns), and by a tenth.
"""

from __future__ import annotations

from typing import Any

SLACK = 0.10
REFERENCE = ("json", "kubernetes 36.0.3")


def ratios(report: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return {question: (ours in units of the reference, relative half spread)}."""
    found = {}
    for question, rows in report["questions"].items():
        reference = next((client for client in REFERENCE if client in rows), None)
        if reference is not None:
            row = rows[reference]
            low, high = row["spread to ours"]
            found[question] = (1 / row["to ours"], (high - low) / 2 / row["to ours"])
    return found


def worse(report: dict[str, Any], baseline: dict[str, Any]) -> list[str]:
    """Return a line for each question that got slower than its tolerance allows."""
    before, lines = ratios(baseline), []
    for question, (now, spread) in ratios(report).items():
        if question in before:
            then, old_spread = before[question]
            allowed = then * (1 + SLACK + max(spread, old_spread))
            if now > allowed:
                lines.append(f"{question}: {now:.4f} of the reference, {then:.4f} in the baseline, {allowed:.4f} allowed")
    return lines
