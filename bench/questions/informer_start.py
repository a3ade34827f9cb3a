"""How long until an informer knows all Pods of a big cluster?"""

from __future__ import annotations

from typing import Any

from questions import informers

TITLE = "from nothing to an informer that knows ten times {size} Pods"
CLIENTS = informers.CLIENTS


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    return {"seconds": [informers.run(adapter, size)["complete"]]}
