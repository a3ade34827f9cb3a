"""How long does it take to do this: to_dict of many Pods?"""

from __future__ import annotations

from typing import Any

import documents
from questions.timing import alternate

TITLE = "to_dict of {size} Pods, one by one"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    pods = adapter.decoder("PodList")(documents.pod_list(size))

    return {"seconds": alternate(rounds, client=lambda: [adapter.to_dict(pod) and None for pod in pods.items])["client"]}
