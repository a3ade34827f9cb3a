"""make bench-upstream → for each series a table of medians, stock first, then with each patch on top of those before it.

Each measurement is a fresh process; the steps take turns, so that what disturbs the machine disturbs all alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from bench import documents
from upstream import clients, effects, releases
from upstream.__main__ import OUT

WORKER = Path(__file__).with_name("worker.py")
TURNS, PODS = 3, 200


def measure(python: Path, client: Path, generator: str, pods: Path) -> dict[str, float]:
    """Run one client in a fresh process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(python), str(WORKER), str(client), generator, str(pods)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, float] = json.loads(result.stdout)
    return found


def table(steps: clients.Steps, python: Path, pods: Path) -> str:
    """Return the table of a series as Markdown, in milliseconds."""
    generator = steps.release.generator
    for client in steps.clients:
        measure(python, client, generator, pods)  # compiles it
    turns = [[measure(python, client, generator, pods) for client in steps.clients] for _ in range(TURNS)]
    questions = list(turns[0][0])
    rows = [
        f"{steps.release.name}, {PODS} Pods, ms",
        "",
        f"| with | {' | '.join(questions)} |",
        "|---" * (len(questions) + 1) + "|",
    ]
    for number, name in enumerate(["stock", *(f"+ {patch.subject.split(': ')[1]}" for patch in steps.patches)]):
        values = [median(turn[number][question] for turn in turns) * 1000 for question in questions]
        rows.append(f"| {name} | {' | '.join(f'{value:.3g}' if value < 100 else f'{value:.0f}' for value in values)} |")
    return "\n".join(rows)


def main() -> None:
    work = OUT / "work"
    work.mkdir(parents=True, exist_ok=True)
    pods = work / "bench-pods.json"
    pods.write_bytes(documents.pod_list(PODS))
    found = [
        table(steps, effects.environment(work), pods) for steps in clients.all_steps(list(releases.releases().values()), work)
    ]
    (OUT / "bench.md").write_text("\n\n".join(found) + "\n", encoding="utf-8")
    print("\n\n".join(found))
    print(f"\n{OUT / 'bench.md'}", file=sys.stderr)


if __name__ == "__main__":
    main()
