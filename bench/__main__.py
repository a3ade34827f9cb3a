"""make bench → a table on the terminal, everything as JSON, and plots."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import compare, locks, report, targets
from bench.clients import environment, plotting
from bench.loopback import CERTIFICATES
from bench.runner import Effort, ask
from generator import lock

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
OUT = lock.ROOT / "out"
FULL, QUICK = Effort(turns=3, rounds=5, size=1000), Effort(turns=1, rounds=3, size=100)
# Beside the questions, helpers of theirs.
_HELPERS = ("timing", "threads", "informers")
_LONG = frozenset((
    "call_https", "decode_pods_5000", "decode_secrets", "decode_uncollected", "decode_unmanaged_5000", "first_object",
    "first_use_cold", "imported", "informer_events", "informer_memory", "informer_start", "peak_memory", "pythons",
    "threads_8", "threads_long_1", "threads_long_32", "to_dict_of_list",
))  # fmt: skip
"""Questions that a quick run leaves out: variants of others, and the slowest."""


def questions() -> dict[str, Any]:
    """Return the question modules by name."""
    sys.path.insert(0, str(HERE))
    names = sorted(path.stem for path in (HERE / "questions").glob("*.py") if path.stem[0] != "_")
    return {name: importlib.import_module(f"questions.{name}") for name in names if name not in _HELPERS}


def certificates(folder: Path) -> None:
    """Write a throwaway CA and a server's certificate for loopback."""
    import trustme

    authority = trustme.CA()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))


def draw(results: Path, target: Path) -> None:
    """Write the plots of a JSON file to `target` with .png and .svg."""
    command = [str(plotting()), str(HERE / "plot.py"), str(results), str(target.parent), target.name]
    subprocess.run(command, check=True)


def _before(options: argparse.Namespace, effort: Effort) -> dict[str, Any]:
    """Return the report that the JSON file has, if some questions of it are asked again and it is of the same size."""
    if not options.only or not options.json.is_file():
        return {}
    found: dict[str, Any] = json.loads(options.json.read_text(encoding="utf-8"))
    return found if found["size"] == effort.size else {}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Ask the questions and return the report."""
    effort = QUICK if options.quick else FULL
    wanted = options.only or questions().keys() - (_LONG if options.quick else set())
    asked = {name: module for name, module in questions().items() if name in wanted}
    clients = {client for module in asked.values() for client in module.CLIENTS}
    found_pythons = {client: environment(client, options.ours) for client in sorted(clients)}
    pythons = {client: python for client, python in found_pythons.items() if python}
    for client in sorted(clients - pythons.keys()):
        print(f"not measured, as this machine has none: {client}", file=sys.stderr)
    found: dict[str, Any] = {
        "questions": {},
        **_before(options, effort),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "size": effort.size,
    }
    for name, module in asked.items():
        rows = ask(name, module, pythons, effort)
        found["questions"][name] = rows
        report.show(module.TITLE, rows, effort.size)
    if not options.only:
        found["logging"] = locks.count_all(pythons)
    wheels = sorted((OUT / "build-1.36" / "dist").glob("*.whl"))
    found["wheel bytes"] = wheels[0].stat().st_size if wheels else None
    print("\nTargets", *targets.lines(found), sep="\n")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--ours", type=Path, help="Python of an environment with our wheel")
    parser.add_argument("--quick", action="store_true", help="fewer questions, Pods and turns")
    parser.add_argument("--only", nargs="*", help="these questions")
    parser.add_argument("--json", type=Path, default=OUT / "bench.json")
    parser.add_argument(
        "--readme", action="store_true", help="write README.md and docs/bench.* from the JSON file, measure nothing"
    )
    parser.add_argument("--compare", action="store_true", help="compare the JSON file with the baseline, measure nothing")
    options = parser.parse_args()
    if options.readme:
        found = json.loads(options.json.read_text(encoding="utf-8"))
        report.write_readme(lock.ROOT / "README.md", found)
        draw(options.json, lock.ROOT / "docs" / "bench")
        BASELINE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    if options.compare:
        lines = compare.worse(
            json.loads(options.json.read_text(encoding="utf-8")), json.loads(BASELINE.read_text(encoding="utf-8"))
        )
        print("\n".join(lines) or "nothing got slower")
        return bool(lines)
    with tempfile.TemporaryDirectory() as folder:
        certificates(Path(folder))
        os.environ[CERTIFICATES] = folder
        found = run(options)
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    draw(options.json, options.json.with_suffix(""))
    print(f"\n{options.json}, and plots beside it", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
