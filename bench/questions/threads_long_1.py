"""How long does a Pod take to decode in 1 thread, in long lists?"""

from __future__ import annotations

from typing import Any

from questions.threads import LONG, in_threads

TITLE = "decode a Pod of a long list, 1 thread"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "json")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    return in_threads(adapter, rounds, 1, LONG)
