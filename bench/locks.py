"""What each client does to logging while it makes and decodes objects, as lockwatch counts it.

As a script: PYTHON bench/locks.py, in a client's environment, prints the counts as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).resolve().parent
CLIENTS = ("kubernetes 31.0.0", "kubernetes 36.0.3", "ours")
_COUNTS = ("setLevel", "getLogger", "configurations", "acquisitions")
_HEAD = "| | client | `setLevel` | `getLogger` | Configurations made | times that logging's lock was taken |"


def count_all(pythons: Mapping[str, Path]) -> dict[str, Any]:
    """Return {client: {program: counts}}; each client in a process of its own."""
    found = {}
    for client in CLIENTS:
        command = [str(pythons[client]), str(HERE / "locks.py")]
        found[client] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def markdown(found: Mapping[str, Any]) -> str:
    """Return a table of the counts."""
    lines = [_HEAD, "|---|---|---|---|---|---|"]
    for program in next(iter(found.values())):
        for client, programs in found.items():
            cells = " | ".join(str(programs[program][name]) for name in _COUNTS)
            lines.append(f"| {program} | {client} | {cells} |")
    return "\n".join(lines)


def _measure() -> dict[str, Any]:
    sys.path += [str(HERE.parent / "lockwatch"), str(HERE)]
    import documents
    from adapters import published
    from kubernetes import client

    import lockwatch

    decode, body = published.decoder("DeploymentList"), documents.deployment_list(33)
    programs = {
        "1000 times `V1Pod()`": lambda: [client.V1Pod() for _ in range(1000)],
        "decode 33 Deployments": lambda: decode(body),
    }
    found = {}
    for name, program in programs.items():
        program()
        with lockwatch.watch() as report:
            program()
        found[name] = {key: report.as_dict()[key] for key in _COUNTS}
    return found


if __name__ == "__main__":
    json.dump(_measure(), sys.stdout)
