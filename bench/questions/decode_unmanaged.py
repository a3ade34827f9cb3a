"""How long does it take to decode a list of many Pods without managedFields?"""

from __future__ import annotations

import json
from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode a list of {size} Pods without managedFields"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    body = documents.pod_list(size, managed_fields=False)
    decode = adapter.decoder("PodList")
    times = alternate(rounds, client=lambda: decode(body), json=lambda: json.loads(body))
    return {"seconds": times["client"], "json": times["json"]}
