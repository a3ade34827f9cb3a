"""What does one value of a wrong type cost in a long list?"""

from __future__ import annotations

from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode a list of {size} Pods, one with a bad value"
CLIENTS = ("ours", "kubernetes 36.0.3")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    body = documents.pod_list(size)
    bad = body.replace(b'"controller": true', b'"controller": "x"', 1).replace(b'"controller":true', b'"controller":"x"', 1)
    decode = adapter.decoder("PodList")
    times = alternate(rounds, client=lambda: decode(bad), good=lambda: decode(body))
    return {"seconds": times["client"], "good": times["good"]}
