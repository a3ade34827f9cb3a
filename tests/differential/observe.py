"""[model, document, setters too] lines on standard input → what a client makes of each, a JSON line each; runs with any client."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import sys
from typing import Any

from kubernetes import client

ODD = (None, "not base64!", 5, [], {"a": 1})


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


def text_of(model: Any) -> str | None:
    # difference: timezone. Times print otherwise, and lines may break elsewhere for it.
    text = repr(model)
    return None if "datetime." in text else text


def setters(model: Any) -> list[str]:
    """Return what setting each field to odd values raises, or holds afterwards."""
    said = []
    for name in model.openapi_types:
        for value in ODD:
            try:
                setattr(model, name, value)
                said.append(f"{name} {getattr(model, name)!r}")
            except Exception as error:
                said.append(f"{name} {value!r} {type(error).__name__}: {error}")
    return said


def observe(api_client: Any, name: str, document: str, with_setters: bool) -> dict[str, Any]:
    try:
        model = api_client.deserialize(Response(document), name)
        twin = api_client.deserialize(Response(document), name)
    except Exception as error:  # what is raised is what is compared
        return {"error": f"{type(error).__name__}: {error}"}
    found: dict[str, Any] = {
        "wire": json.loads(json.dumps(api_client.sanitize_for_serialization(model))),
        # The fields of what comes out of a pickle, before anything was read.
        "pickled": plain(pickle.loads(pickle.dumps(model)).to_dict()) == plain(twin.to_dict()),
        "type": type(model).__name__,
        "dict": plain(model.to_dict()),
        "json names": plain(model.to_dict(serialize=True)),
        "attributes": plain({field: type(getattr(model, field)).__name__ for field in model.openapi_types})
        if with_setters
        else None,
        "equal": [
            model == twin,
            model != twin,
            model == None,  # noqa: E711 - what `==` makes of it
            model == copy.deepcopy(model),
            pickle.loads(pickle.dumps(model)) == model,
        ],
        "text": [text_of(model), str(model) == repr(model) == model.to_str()],
    }
    if with_setters:
        found["setters"] = setters(model)
    return found


def main() -> None:
    client.Configuration.set_default(client.Configuration())
    api_client = client.ApiClient()
    for line in sys.stdin:
        print(json.dumps(observe(api_client, *json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
