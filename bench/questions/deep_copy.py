"""How long does it take to do this: deepcopy of many Pods?"""

from __future__ import annotations

import copy
from typing import Any

import documents
from questions.timing import alternate

TITLE = "deepcopy of {size} Pods"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    pods = adapter.decoder("PodList")(documents.pod_list(size))

    return {"seconds": alternate(rounds, client=lambda: copy.deepcopy(pods))["client"]}
