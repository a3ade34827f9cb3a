"""How long does a list take from the socket to objects?"""

from __future__ import annotations

from typing import Any

from loopback import serving
from questions.timing import alternate

TITLE = "list {size} Pods over loopback"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    with serving(pods=size) as (url, ca):
        return {"seconds": alternate(rounds, client=adapter.lister(url, ca))["client"]}
