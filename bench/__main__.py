"""make bench → a table of medians and ratios on the terminal, everything as JSON.

Each measurement is a fresh process; the clients take turns, so that what disturbs the machine disturbs all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from generator import fetch, lock, tools

WORKER = Path(__file__).with_name("worker.py")
OUT = lock.ROOT / "out"
# Question → (what it is, the adapters that can answer it).
QUESTIONS = {
    "decode": ("decode a PodList of {size} Pods", ("ours", "kubernetes 36.0.3", "lightkube 1.0.1")),
    "memory": ("keep a PodList of {size} Pods", ("ours", "kubernetes 36.0.3", "lightkube 1.0.1")),
    "first_use": ("import, first API object, first list", ("ours", "kubernetes 36.0.3", "lightkube 1.0.1")),
    "construct": ("V1Container(name=…, image=…)", ("ours", "kubernetes 36.0.3")),
}
ADAPTER = {"ours": "kubernetes", "kubernetes 36.0.3": "kubernetes", "lightkube 1.0.1": "lightkube"}


def environments(ours: Path) -> dict[str, Path]:
    """Return the Python of each client, installed where it isn't."""
    published = fetch.fetch_wheel(lock.load().wheels["kubernetes-36"], OUT / "cache")
    return {
        "ours": ours.absolute(),
        "kubernetes 36.0.3": tools.install([str(published)], OUT / "bench" / "published", hashes=False),
        "lightkube 1.0.1": tools.install(lock.load().bench, OUT / "bench" / "lightkube", hashes=False),
    }


def measure(python: Path, question: str, client: str, size: int, rounds: int) -> dict[str, Any]:
    """Run one measurement in a fresh process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(python), str(WORKER), question, ADAPTER[client], str(size), str(rounds)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def run(pythons: dict[str, Path], question: str, size: int, repeats: int, rounds: int) -> dict[str, dict[str, Any]]:
    """Return median, spread and, for decoding, the ratio to json.loads of the same process, by client."""
    found: dict[str, list[dict[str, Any]]] = {client: [] for client in QUESTIONS[question][1]}
    for _ in range(repeats):
        for client, results in found.items():
            results.append(measure(pythons[client], question, client, size, rounds))
    summary = {}
    for client, results in found.items():
        unit = "bytes" if "bytes" in results[0] else "seconds"
        values = [value for result in results for value in ([result[unit]] if unit == "bytes" else result[unit])]
        quarters = quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
        summary[client] = {"unit": unit, "median": median(values), "spread": [quarters[0], quarters[2]]}
        if "json" in results[0]:
            ratios = [median(result["seconds"]) / median(result["json"]) for result in results]
            summary[client]["of json.loads"] = median(ratios)
    return summary


def show(title: str, summary: dict[str, dict[str, Any]], size: int) -> None:
    """Print one question's rows."""
    print(f"\n{title.format(size=size)}")
    ours = summary["ours"]["median"]
    for client, row in summary.items():
        value = f"{row['median'] / size / 1024:10.1f} KB/Pod" if row["unit"] == "bytes" else f"{row['median'] * 1000:12.4f} ms"
        json_ratio = f"  {row['of json.loads']:6.2f} x json.loads" if "of json.loads" in row else ""
        print(f"  {client:<18}{value}  {row['median'] / ours:7.1f} x ours{json_ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--ours", type=Path, required=True, help="Python of an environment with our wheel")
    parser.add_argument("--quick", action="store_true", help="fewer Pods and repeats")
    parser.add_argument("--json", type=Path, default=OUT / "bench.json")
    arguments = parser.parse_args()
    size, repeats, rounds = (200, 2, 3) if arguments.quick else (1000, 5, 5)
    pythons = environments(arguments.ours)
    report: dict[str, Any] = {"python": platform.python_version(), "machine": platform.machine(), "pods": size, "questions": {}}
    for question, (title, _) in QUESTIONS.items():
        summary = run(pythons, question, size, repeats, rounds)
        report["questions"][question] = summary
        show(title, summary, size)
    wheels = sorted((OUT / "build-1.36" / "dist").glob("*.whl"))
    report["wheel bytes"] = wheels[0].stat().st_size if wheels else None
    arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(f"\n{arguments.json}", file=sys.stderr)


if __name__ == "__main__":
    main()
