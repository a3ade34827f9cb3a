"""How much memory does an informer of many Pods keep?"""

from __future__ import annotations

import gc
import tracemalloc
from typing import Any

from loopback import CHANGES, serving

TITLE = "memory that an informer of {size} Pods keeps, after they have changed"
CLIENTS = ("ours", "ours, aio", "kubernetes 36.0.3", "kubernetes 37.0.2")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    taken = {}

    def watched(what: str) -> None:
        gc.collect()
        taken[what] = tracemalloc.get_traced_memory()[0]

    with serving(pods=1) as (url, _):  # what is imported and made once
        adapter.informer(url, 1, CHANGES, lambda _: None)
    with serving(pods=size) as (url, _):
        tracemalloc.start()
        adapter.informer(url, size, CHANGES, watched)
    return {"bytes": taken["changed"]}
