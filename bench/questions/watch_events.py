"""How long does an event of a watch take?"""

from __future__ import annotations

from typing import Any

from loopback import EVENTS, serving
from questions.timing import alternate

TITLE = "one event of a watch on Pods, of {size} that come at once"
CLIENTS = (
    "ours", "ours, aio", "kubernetes 36.0.3", "kubernetes 37.0.2", "kubernetes 37.0.2, aio", "kubernetes_asyncio", "lightkube",
    "kr8s",
)  # fmt: skip


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    with serving() as (url, _):
        watch = adapter.watcher(url)
        assert watch() == EVENTS
        return {"seconds": [taken / EVENTS for taken in alternate(rounds, client=watch)["client"]]}
