"""orjson: what the fastest parser needs to make dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def decoder(kind: str) -> Callable[[bytes], Any]:  # noqa: ARG001
    import orjson

    return orjson.loads
