"""How much of decoding a list is the garbage collector's?"""

from __future__ import annotations

import gc
from typing import Any

from questions import decode_pods

TITLE = "decode a list of {size} Pods, the garbage collector off"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs", "json", "orjson")


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:
    gc.disable()
    return decode_pods.measure(adapter, rounds, size)
