"""How questions take time."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


BUDGET = 5.0
"""Seconds after which no further round begins: the slowest clients are measured twice, not five times."""


def alternate(rounds: int, **functions: Callable[[], Any]) -> dict[str, list[float]]:
    """Run functions in turn and return the seconds of each, by name; what they made is freed outside of the time."""
    times: dict[str, list[float]] = {name: [] for name in functions}
    begun = time.perf_counter()
    for function in functions.values():
        function()
    for number in range(rounds):
        if number > 1 and time.perf_counter() - begun > BUDGET:
            break
        for name, function in functions.items():
            gc.collect()
            start = time.perf_counter()
            found = function()
            times[name].append(time.perf_counter() - start)
            del found
    return times


def often(function: Callable[[], Any], rounds: int, count: int) -> list[float]:
    """Return the seconds of one call, `rounds` times the mean of `count`."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        for _ in range(count):
            function()
        times.append((time.perf_counter() - start) / count)
    return times
