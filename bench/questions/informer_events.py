"""How long does an event take an informer of many Pods, to the call of a handler?"""

from __future__ import annotations

from typing import Any

from questions import informers

TITLE = "one event for an informer that knows ten times {size} Pods"
CLIENTS = informers.CLIENTS


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    return {"seconds": [informers.run(adapter, size)["changed"]]}
