"""How long does it take to decode 50 CustomResourceDefinitions with deep schemas?"""

from __future__ import annotations

import json
from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode 50 CustomResourceDefinitions with deep schemas"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    body = documents.crd_list(50)
    decode = adapter.decoder("CustomResourceDefinitionList")
    times = alternate(rounds, client=lambda: decode(body), json=lambda: json.loads(body))
    return {"seconds": times["client"], "json": times["json"]}
