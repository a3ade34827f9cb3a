"""How long does it take to decode a list of 33 Deployments?"""

from __future__ import annotations

import json
from typing import Any

import documents
from questions.timing import alternate

TITLE = "decode a list of 33 Deployments"
CLIENTS = (
    "ours",
    "kubernetes 31.0.0",
    "kubernetes 36.0.3",
    "kubernetes 37.0.2",
    "kubernetes_asyncio",
    "lightkube",
    "bare Structs",
    "json",
    "orjson",
)


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    body = documents.deployment_list(33)
    decode = adapter.decoder("DeploymentList")
    times = alternate(rounds, client=lambda: decode(body), json=lambda: json.loads(body))
    return {"seconds": times["client"], "json": times["json"]}
