"""msgspec without any client: what importing it, and decoding to dicts, takes before there is a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def decoder(kind: str) -> Callable[[bytes], Any]:  # noqa: ARG001
    import msgspec

    return msgspec.json.decode
