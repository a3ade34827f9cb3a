"""How much is the memory that a list of many Pods keeps?"""

from __future__ import annotations

import gc
import tracemalloc
from typing import Any

import documents

TITLE = "memory that a list of {size} Pods keeps"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    body, decode = documents.pod_list(size), adapter.decoder("PodList")
    decode(documents.pod_list(1))
    gc.collect()
    tracemalloc.start()
    found = decode(body)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    del found
    return {"bytes": taken}
