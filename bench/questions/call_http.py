"""What does a call cost beyond the request itself?"""

from __future__ import annotations

from typing import Any

from loopback import serving
from questions.timing import often

TITLE = "one call over HTTP, a Pod read"
CLIENTS = ("ours", "urllib3", "kubernetes 36.0.3", "kubernetes 37.0.2")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    with serving(tls=False) as (url, ca):
        read = adapter.reader(url, ca)
        read()
        return {"seconds": often(read, rounds, 300)}
