"""How long does it take to decode 50 Secrets of 100 kB?"""

from __future__ import annotations

import json
from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode 50 Secrets of 100 kB"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    body = documents.secret_list(50)
    decode = adapter.decoder("SecretList")
    times = alternate(rounds, client=lambda: decode(body), json=lambda: json.loads(body))
    return {"seconds": times["client"], "json": times["json"]}
