"""How long does it take to decode a list five times as long?"""

from __future__ import annotations

from typing import Any

from questions import decode_pods

TITLE = "decode a list of five times {size} Pods"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    return decode_pods.measure(adapter, rounds, 5 * size)
