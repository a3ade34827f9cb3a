"""A cache of many Pods that follows the server: what the questions about it share."""

from __future__ import annotations

import time
from typing import Any

from loopback import CHANGES, serving

CLIENTS = ("ours", "ours, aio", "kubernetes 36.0.3", "kubernetes 37.0.2")
MANY = 10
"""Pods, times the size of other questions."""


def run(adapter: Any, size: int) -> dict[str, float]:
    """Return the seconds until the cache was complete, and from then until it had followed CHANGES events."""
    pods, times = MANY * size, {}
    with serving(pods=pods) as (url, _):
        start = time.perf_counter()

        def watched(what: str) -> None:
            times[what] = time.perf_counter() - start

        adapter.informer(url, pods, CHANGES, watched)
    return {"complete": times["complete"], "changed": (times["changed"] - times["complete"]) / CHANGES}
