"""[model, document] lines on standard input → what a client makes of each, a JSON line each; runs with any client."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import sys
from typing import Any

from kubernetes import client


class Response:
    """What `deserialize` takes."""

    def __init__(self, data: str) -> None:
        self.data = data


def plain(value: Any) -> Any:
    """Return values as JSON can hold them, types included; equal times are written alike."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        offset = value.utcoffset()
        return f"datetime {value.replace(tzinfo=None).isoformat()} {offset}"
    return value if value is None or isinstance(value, (bool, str)) else f"{type(value).__name__} {value!r}"


def observe(api_client: Any, name: str, document: str) -> dict[str, Any]:
    try:
        model = api_client.deserialize(Response(document), name)
        twin = api_client.deserialize(Response(document), name)
    except Exception as error:  # what is raised is what is compared
        return {"error": f"{type(error).__name__}: {error}"}
    wire = json.loads(json.dumps(api_client.sanitize_for_serialization(model)))
    restored = pickle.loads(pickle.dumps(model))
    return {
        "type": type(model).__name__,
        "dict": plain(model.to_dict()),
        "json names": plain(model.to_dict(serialize=True)),
        "wire": wire,
        "equal": [model == twin, model != twin, model == None, model == copy.deepcopy(model), restored == model],  # noqa: E711
        "pickled": plain(restored.to_dict()) == plain(model.to_dict()),
        "text": [len(repr(model)) > 0, str(model) == repr(model) == model.to_str()],
    }


def main() -> None:
    client.Configuration.set_default(client.Configuration())
    api_client = client.ApiClient()
    for line in sys.stdin:
        name, document = json.loads(line)
        print(json.dumps(observe(api_client, name, document)))


if __name__ == "__main__":
    main()
