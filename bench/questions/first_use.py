"""How long is it from the start of a program to its first decoded list?"""

from __future__ import annotations

import time
from typing import Any

TITLE = "import, first API object, first list"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "kubernetes_asyncio", "lightkube", "msgspec")
PROCESSES = 3
BODY = (
    b'{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c"}]}}]}'
)


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    start = time.perf_counter()
    adapter.decoder("PodList")(BODY)
    return {"seconds": [time.perf_counter() - start]}
