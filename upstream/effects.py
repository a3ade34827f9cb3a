"""In → Out: the clients of a series → what the probes count in each, and whether each patch does what it claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import documents
from generator import lock, tools
from generator.errors import Failure

if TYPE_CHECKING:
    from upstream.clients import Steps
    from upstream.series import Effect

PODS, DEPLOYMENTS = 50, 33
# A time zone other than UTC: there dateutil's two parsers give different objects for `Z`.
ZONE = "Asia/Kolkata"
ROUGH = ("function calls, ", "bytes, ")
"""Probes that differ a little between releases of Python and machines; all others are exact."""
_SHARE = 0.8
"""The part of a rough probe's claimed reduction that has to be found again."""


def environment(out: Path) -> Path:
    """Return the Python that imports the clients, installed unless it is there. Raises Failure."""
    return tools.install(lock.load().upstream, out / "venv", hashes=False)


def data(out: Path) -> Path:
    """Return the folder with the documents that probes decode."""
    folder = out / "data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pods.json").write_bytes(documents.pod_list(PODS))
    (folder / "deployments.json").write_bytes(documents.deployment_list(DEPLOYMENTS))
    return folder


def run(python: Path, script: Path, *arguments: str, given: str | None = None) -> str:
    """Run one of our scripts in the clients' environment and return what it prints. Raises Failure if it ends with an error."""
    result = subprocess.run(  # noqa: S603 - our own arguments
        [str(python), str(script), *arguments],
        input=given, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "TZ": ZONE, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if result.returncode:
        print(result.stderr, file=sys.stderr)
        last = result.stderr.strip().splitlines()[-1:]
        raise Failure(f"{script.name} {arguments[0]}", f"failed ({''.join(last)})", "read the traceback above")
    return result.stdout


def measure(steps: Steps, out: Path) -> list[dict[str, Any]]:
    """Return probe → result for the stock client and for each step of the series."""
    python, folder = environment(out), data(out)
    script = Path(__file__).with_name("probes.py")

    def probe(client: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run(python, script, str(client), str(folder), steps.release.generator))
        return found

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(probe, steps.clients))


def check(steps: Steps, found: list[dict[str, Any]]) -> None:
    """Raise Failure, with the patch's name, for the first claim that isn't found again."""
    for number, patch in enumerate(steps.patches):
        for effect in patch.effects:
            if effect.probe not in found[number]:
                raise Failure(patch.name, f"no probe counts: {effect.probe}", "see upstream/probes.py")
            before, after = str(found[number][effect.probe]), str(found[number + 1][effect.probe])
            if not reproduced(effect, before, after):
                why = f"its effect is gone: {effect.probe}: {before} -> {after}, it claims {effect.before} -> {effect.after}"
                raise Failure(patch.name, why, "drop the patch, or correct its Effect: on a tree from make patch-edit")


def reproduced(effect: Effect, before: str, after: str) -> bool:
    """Say whether a measured pair is what a patch claims."""
    if not effect.probe.startswith(ROUGH):
        return (before, after) == (effect.before, effect.after)
    claimed = 1 - int(effect.after) / int(effect.before)
    return 1 - int(after) / int(before) >= _SHARE * claimed > 0
