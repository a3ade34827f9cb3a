"""How long does it take to do this: make the JSON of many Pods?"""

from __future__ import annotations

from typing import Any

import documents
from questions.timing import alternate

TITLE = "make the JSON of {size} Pods, one by one"
CLIENTS = ("ours", "kubernetes 31.0.0", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    pods = adapter.decoder("PodList")(documents.pod_list(size))
    write = adapter.serialiser()
    return {"seconds": alternate(rounds, client=lambda: [write(pod) and None for pod in pods.items])["client"]}
