"""How long does importing the client take?"""

from __future__ import annotations

import time
from typing import Any

TITLE = "import"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "kubernetes_asyncio", "lightkube")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001 - a process answers once
    start = time.perf_counter()
    adapter.imported()
    return {"seconds": [time.perf_counter() - start]}
