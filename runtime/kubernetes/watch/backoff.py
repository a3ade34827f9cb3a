"""How long to wait after a failure: exponential with jitter, as client-go's reflector, never less than Retry-After.

Figures: client-go's `NewReflectorWithOptions` (tools/cache/reflector.go). Header: RFC 9110, 10.2.3.
"""

from __future__ import annotations

import random
from typing import Any

FIRST = 0.8
LONGEST = 30.0
"""Seconds before jitter, which adds up to as much again."""


class Backoff:
    """The delays after failures in a row."""

    def __init__(self) -> None:
        self._next = FIRST

    def reset(self) -> None:
        """Begin anew, because something worked."""
        self._next = FIRST

    def delay(self, error: Any = None) -> float:
        """Return the seconds to wait now; an error may carry the server's wish."""
        base, self._next = self._next, min(self._next * 2, LONGEST)
        # Everyone whom a server turns away must not come back at the same time.
        return max(base, retry_after(error)) + base * random.random()  # noqa: S311 - no secret


def retry_after(error: Any) -> float:
    """Return the seconds that the answer in an ApiException asks for, 0 if it doesn't."""
    headers: Any = getattr(error, "headers", None)
    value = None if headers is None else headers.get("Retry-After")
    if value is None:
        return _asked_in_status(getattr(error, "body", None))
    try:
        return max(0.0, float(int(value)))
    except ValueError:
        return _until(value)


def _until(date: str) -> float:
    import email.utils
    import time

    try:
        return max(0.0, email.utils.parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return 0.0


def _asked_in_status(body: Any) -> float:
    """Return what a Status says (`details.retryAfterSeconds`)."""
    import json

    try:
        return max(0.0, float(json.loads(body)["details"]["retryAfterSeconds"]))
    except (ValueError, KeyError, TypeError):
        return 0.0
