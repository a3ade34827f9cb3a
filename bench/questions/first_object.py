"""How long is it from the start of a program to its first API object?"""

from __future__ import annotations

import time
from typing import Any

TITLE = "import, first API object"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "kubernetes_asyncio")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001 - a process answers once
    start = time.perf_counter()
    adapter.first_object()
    return {"seconds": [time.perf_counter() - start]}
