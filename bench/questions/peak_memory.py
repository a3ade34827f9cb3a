"""How much is the most memory while a list of many Pods is decoded?"""

from __future__ import annotations

import gc
import tracemalloc
from typing import Any

import documents

TITLE = "most memory while a list of {size} Pods is decoded"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    body, decode = documents.pod_list(size), adapter.decoder("PodList")
    decode(documents.pod_list(1))
    gc.collect()
    tracemalloc.start()
    found = decode(body)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[1]
    del found
    return {"bytes": taken}
