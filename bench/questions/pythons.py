"""How fast is decoding with each release of Python?"""

from __future__ import annotations

from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode {size} Pods with each Python"
CLIENTS = ("ours", "ours, Python 3.10", "ours, Python 3.12", "ours, Python 3.13", "ours, Python 3.14")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    body, decode = documents.pod_list(size), adapter.decoder("PodList")
    return {"seconds": alternate(rounds, client=lambda: decode(body))["client"]}
