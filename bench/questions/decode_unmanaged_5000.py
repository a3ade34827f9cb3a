"""How long does it take to decode a list five times as long, without managedFields?"""

from __future__ import annotations

from typing import Any

from questions import decode_unmanaged

TITLE = "decode a list of five times {size} Pods without managedFields"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    return decode_unmanaged.measure(adapter, rounds, 5 * size)
