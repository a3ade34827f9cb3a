"""The standard library's parser: dicts, no objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def decoder(kind: str) -> Callable[[bytes], Any]:  # noqa: ARG001
    return json.loads
