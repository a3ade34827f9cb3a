"""QUESTION ADAPTER SIZE ROUNDS → one JSON object with seconds, bytes or counts; runs in the client's own environment."""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

START = time.perf_counter()
sys.path.insert(0, str(Path(__file__).parent))

import adapters  # type: ignore[import-not-found]


def decode(adapter: str, size: int, rounds: int) -> dict[str, Any]:
    """Seconds of one decoding, and of json.loads of the same bytes right after it."""
    import data as documents  # type: ignore[import-not-found]

    body = documents.pod_list(size)
    run, parse = getattr(adapters, adapter)(), json.loads
    run(body)
    times: dict[str, list[float]] = {"subject": [], "json": []}
    for _ in range(rounds):
        for name, function in (("subject", run), ("json", parse)):
            gc.collect()
            start = time.perf_counter()
            found = function(body)
            times[name].append(time.perf_counter() - start)
            del found
    return {"seconds": times["subject"], "json": times["json"]}


def memory(adapter: str, size: int, rounds: int) -> dict[str, Any]:  # noqa: ARG001 - same call for all questions
    """Bytes that a decoded list keeps."""
    import data as documents

    body = documents.pod_list(size)
    run = getattr(adapters, adapter)()
    run(documents.pod_list(1))
    gc.collect()
    tracemalloc.start()
    found = run(body)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    del found
    return {"bytes": kept}


def first_use(adapter: str, size: int, rounds: int) -> dict[str, Any]:  # noqa: ARG001
    """Seconds from the import to the first decoded list of one Pod."""
    body = b'{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c"}]}}]}'
    start = time.perf_counter()
    getattr(adapters, adapter)()(body)
    return {"seconds": [time.perf_counter() - start]}


def construct(adapter: str, size: int, rounds: int) -> dict[str, Any]:  # noqa: ARG001
    """Seconds of V1Container(name=…, image=…)."""
    from kubernetes.client import V1Container

    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(1000):
            V1Container(name="a", image="b")
        times.append((time.perf_counter() - start) / 1000)
    return {"seconds": times}


if __name__ == "__main__":
    question, name, size, rounds = sys.argv[1:]
    json.dump(
        {"decode": decode, "memory": memory, "first_use": first_use, "construct": construct}[question](
            name, int(size), int(rounds)
        ),
        sys.stdout,
    )
