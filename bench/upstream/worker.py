"""FOLDER GENERATOR PODS → a JSON object, question → seconds, with the client of FOLDER; runs in the clients' environment."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 3


class Response:
    def __init__(self, data):
        self.data = data


def seconds(function):
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        found = function()
        times.append(time.perf_counter() - start)
        del found
    return median(times)


def main():
    folder, generator, pods = sys.argv[1:]
    sys.path.insert(0, folder)
    start = time.perf_counter()
    import client

    client.CoreV1Api()
    found = {"import, first CoreV1Api()": time.perf_counter() - start}
    text, api_client = Path(pods).read_text(encoding="utf-8"), client.ApiClient()
    if generator == "python":
        decoded = api_client.deserialize(text, "V1PodList", "application/json")
        found["decode"] = seconds(lambda: api_client.deserialize(text, "V1PodList", "application/json"))
    else:
        decoded = api_client.deserialize(Response(text), "V1PodList")
        found["decode"] = seconds(lambda: api_client.deserialize(Response(text), "V1PodList"))
    found["to_dict"] = seconds(decoded.to_dict)
    found["serialise"] = seconds(lambda: api_client.sanitize_for_serialization(decoded))
    found["=="] = seconds(lambda: decoded == decoded)  # noqa: PLR0124 - models compare what they hold
    found["1000 V1Pod()"] = seconds(lambda: [client.V1Pod() for _ in range(1000)])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
