"""Many threads that decode at once, and one bystander that wants to run every millisecond."""

from __future__ import annotations

import threading
import time
from typing import Any

import documents

SECONDS = 0.6
"""How long all threads decode in a round; what is begun then is finished."""
SHORT, LONG = 10, 200
"""Pods of a list: 55 kB and 1.1 MB."""


def in_threads(adapter: Any, rounds: int, count: int, pods: int = SHORT) -> dict[str, Any]:
    """Return the seconds of one Pod, and the longest that the bystander did not run."""
    decode, body = adapter.decoder("PodList"), documents.pod_list(pods)
    decode(body)
    times, stalls = [], []
    for _ in range(rounds):
        begun, ended, longest = threading.Event(), threading.Event(), [0.0]
        done = [0] * count
        threads = [threading.Thread(target=_work, args=(decode, body, begun, ended, done, place)) for place in range(count)]
        bystander = threading.Thread(target=_look, args=(begun, ended, longest))
        for thread in (bystander, *threads):
            thread.start()
        start = time.perf_counter()
        begun.set()  # while others work already, starting a thread takes long
        time.sleep(SECONDS)
        ended.set()
        for thread in (bystander, *threads):
            thread.join()
        times.append((time.perf_counter() - start) / (pods * sum(done)))
        stalls.append(longest[0])
    return {"seconds": times, "stalls": stalls}


def _work(decode: Any, body: bytes, begun: threading.Event, ended: threading.Event, done: list[int], place: int) -> None:
    begun.wait()
    while not ended.is_set():
        decode(body)
        done[place] += 1


def _look(begun: threading.Event, ended: threading.Event, longest: list[float]) -> None:
    begun.wait()
    last = time.perf_counter()
    while not ended.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        longest[0] = max(longest[0], now - last)
        last = now
