"""FOLDER DATA → a JSON object, probe → result: runs in a client's own environment, with the client of FOLDER alone.

A probe is named by what it counts. DATA has the JSON of a PodList (pods.json) and of a DeploymentList (deployments.json).
"""

from __future__ import annotations

import copy
import cProfile
import json
import logging
import pickle
import pstats
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Response:
    """What `deserialize` of generator python-legacy takes."""

    def __init__(self, data: str) -> None:
        self.data = data


def decoder(legacy: bool) -> Callable[[str, str], Any]:
    """Return a function of JSON text and type that decodes as a call does."""
    from client import ApiClient  # type: ignore[import-not-found]

    api_client = ApiClient()
    if legacy:
        return lambda text, kind: api_client.deserialize(Response(text), kind)
    return lambda text, kind: api_client.deserialize(text, kind, "application/json")


def calls(action: Callable[[], Any]) -> Counter[str]:
    """Return how often each function was called, by its name; `""` is the number of all calls."""
    profile = cProfile.Profile()
    profile.enable()
    action()
    profile.disable()
    found: Counter[str] = Counter()
    for (path, _, name), (_, count, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        found[name] += count
        found[""] += count
        if f"{Path('client', 'models')}" in path and name not in ("__init__", "to_dict", "<lambda>", "convert"):
            found["in models"] += count
    return found


def configuration_work(action: Callable[[], Any]) -> dict[str, int]:
    """Return how often an action set a logger's level, asked for a logger and made a Configuration or a copy of one."""
    from client import Configuration

    found = {"setLevel calls": 0, "getLogger calls": 0, "Configurations made": 0}

    def counted(name: str, function: Any) -> Any:
        def wrapper(*arguments: Any, **options: Any) -> Any:
            found[name] += 1
            return function(*arguments, **options)

        return wrapper

    places = [
        (logging.Logger, "setLevel", "setLevel calls"),
        (logging, "getLogger", "getLogger calls"),
        (Configuration, "__init__", "Configurations made"),
        (Configuration, "__deepcopy__", "Configurations made"),
    ]
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, counter in places:
        setattr(owner, name, counted(counter, getattr(owner, name)))
    try:
        action()
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
    return found


def outcome(action: Callable[[], Any]) -> str:
    """Return `works` or `fails`."""
    try:
        action()
    except Exception:  # noqa: BLE001 - any error is the result
        return "fails"
    return "works"


def legacy(pods: str, deployments: str) -> dict[str, Any]:
    """Probes of generator python-legacy."""
    import client

    found: dict[str, Any] = {}
    decode = decoder(legacy=True)
    decoded = decode(pods, "V1PodList")
    cases: dict[str, Callable[[], Any]] = {
        "1000 V1Pod()": lambda: [client.V1Pod() for _ in range(1000)],
        "33 Deployments": lambda: decode(deployments, "V1DeploymentList"),
        "ApiClient()": client.ApiClient,
        "a deep copy of a decoded Pod": lambda: copy.deepcopy(decoded.items[0]),
    }
    for case, action in cases.items():
        found |= {f"{name}, {case}": count for name, count in configuration_work(action).items()}
    found["bytes, pickled V1Pod()"] = len(pickle.dumps(client.V1Pod(), protocol=4))
    found["bytes, pickle of a decoded Pod"] = len(pickle.dumps(decoded.items[0], protocol=4))
    found["pickle of a Pod decoded in a cluster"] = outcome(lambda: in_cluster_pickle(pods))
    found["decoding dict(str, str)"] = outcome(lambda: decode('{"a": "b"}', "dict(str, str)")["a"])
    found["function calls, 1000 V1Pod()"] = calls(cases["1000 V1Pod()"])[""]
    decoding = calls(lambda: decode(pods, "V1PodList"))
    found["function calls, decoding 50 Pods"] = decoding[""]
    found["re.match calls, decoding 50 Pods"] = decoding["match"]
    found["free-form dates parsed, decoding 50 Pods"] = decoding["_parse"]
    converting = calls(decoded.to_dict)
    found["function calls, to_dict of 50 Pods"] = converting[""]
    found["getfullargspec calls, to_dict of 50 Pods"] = converting["getfullargspec"]
    api_client = client.ApiClient()
    serialising = calls(lambda: api_client.sanitize_for_serialization(decoded))
    found["function calls, serialising 50 Pods"] = serialising[""]
    found["attributes read, serialising 50 Pods"] = serialising["in models"]
    return found


def in_cluster_pickle(pods: str) -> None:
    """Pickle a Pod whose configuration refreshes its token with a closure, as load_incluster_config sets it."""
    import client

    configuration = client.Configuration()
    token = "token"  # noqa: S105 - no secret
    configuration.refresh_api_key_hook = lambda value: value.api_key.update(authorization=token)
    decoded = client.ApiClient(configuration).deserialize(Response(pods), "V1PodList")
    pickle.loads(pickle.dumps(decoded.items[0]))  # noqa: S301 - our own bytes


def python(pods: str, deployments: str) -> dict[str, Any]:  # noqa: ARG001 - same call for both generators
    """Probes of generator python."""
    found: dict[str, Any] = {}

    def start() -> Any:
        import client

        return client.CoreV1Api()

    starting = calls(start)
    found["function calls, first CoreV1Api()"] = starting[""]
    found["validate_call schemas, first CoreV1Api()"] = starting["_create_validators"]
    found["Field() calls, first CoreV1Api()"] = starting["Field"]
    import client

    decoded = decoder(legacy=False)(pods, "V1PodList")
    api_client = client.ApiClient()
    found["values dumped, to_json of 50 Pods"] = values_dumped(decoded.to_json)
    found["function calls, serialising 50 Pods"] = calls(lambda: api_client.sanitize_for_serialization(decoded))[""]
    found["function calls, to_dict of 50 Pods"] = calls(decoded.to_dict)[""]
    return found


def values_dumped(action: Callable[[], Any]) -> int:
    """Return how many values pydantic's `model_dump` put into dicts and lists."""
    from pydantic import BaseModel  # type: ignore[import-not-found,unused-ignore]

    original, total = BaseModel.model_dump, 0

    def size(value: Any) -> int:
        if isinstance(value, dict):
            return len(value) + sum(map(size, value.values()))
        return len(value) + sum(map(size, value)) if isinstance(value, list) else 0

    def dump(self: Any, **options: Any) -> Any:
        nonlocal total
        result = original(self, **options)
        total += size(result)
        return result

    BaseModel.model_dump = dump
    try:
        action()
    finally:
        BaseModel.model_dump = original
    return total


def main() -> None:
    folder, data, generator = sys.argv[1:]
    sys.path.insert(0, folder)
    pods, deployments = (Path(data, name).read_text(encoding="utf-8") for name in ("pods.json", "deployments.json"))
    json.dump({"python-legacy": legacy, "python": python}[generator](pods, deployments), sys.stdout)


if __name__ == "__main__":
    main()
