"""What does it cost to make an object, with every check that the client makes?"""

from __future__ import annotations

from typing import Any

from questions.timing import often

TITLE = "V1Container(name=…, image=…)"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    return {"seconds": often(adapter.constructor(), rounds, 2000)}
