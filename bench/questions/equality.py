"""How long does it take to find two lists equal?"""

from __future__ import annotations

from typing import Any

import documents
from questions.timing import alternate

TITLE = "compare two lists of {size} Pods"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    decode, body = adapter.decoder("PodList"), documents.pod_list(size)
    one, other = decode(body), decode(body)
    return {"seconds": alternate(rounds, client=lambda: one == other)["client"]}
