"""FOLDER surface → what a generated client declares; FOLDER observe → what it makes of [model, document] lines.

Runs in the clients' environment with the client of FOLDER, made by either generator.
"""

from __future__ import annotations

import copy
import json
import pickle
import sys
from unittest.mock import Mock


class Response:
    def __init__(self, data):
        self.data = data


def surface(client):
    found = {}
    for name in dir(client.models):
        cls = getattr(client.models, name)
        if not hasattr(cls, "openapi_types"):
            continue
        types = {field: kind.replace("List[", "list[").replace("Dict[", "dict[") for field, kind in cls.openapi_types.items()}
        required = [(field, cls.attribute_map[field]) for field in types if is_required(cls, field)]
        found[name] = {"types": types, "keys": cls.attribute_map, "required": required}
    return found


def is_required(cls, field):
    if hasattr(cls, "model_fields"):
        return any(one.is_required() for name, one in cls.model_fields.items() if (one.alias or name) == cls.attribute_map[field])
    from client import Configuration

    tolerant, strict = Configuration(), Configuration()
    tolerant.client_side_validation = False
    model = cls(local_vars_configuration=tolerant)
    model.local_vars_configuration = strict
    try:
        setattr(model, field, None)
    except ValueError:
        return True
    return False


def decode(client, api_client, name, document):
    if hasattr(api_client, "response_deserialize"):
        return api_client.deserialize(document, name, "application/json")
    return api_client.deserialize(Response(document), name)


def observe(client, api_client, name, document):
    cls = getattr(client, name)
    try:
        model, twin = (decode(client, api_client, name, document) for _ in range(2))
    except Exception as error:  # what is raised is what is compared
        return {"error": f"{type(error).__name__}: {error}"}
    restored, deep, shallow = pickle.loads(pickle.dumps(model)), copy.deepcopy(model), copy.copy(model)
    found = {
        "type": type(model).__name__,
        "dict": repr(model.to_dict()),
        "wire names": repr(model.to_dict(serialize=True)) if hasattr(model, "openapi_types") else None,
        "wire": json.dumps(api_client.sanitize_for_serialization(model)),
        "text": repr(model),
        "equal": [model == twin, model != twin, model == None, model == deep, restored == model, shallow == model],  # noqa: E711
        "json": model.to_json() if hasattr(model, "to_json") else None,
    }
    if hasattr(model, "anything"):
        found["strangers"] = [
            stranger(twin, value) for value in (Stranger(), Stranger(to_dict=Mock(return_value={})), Stranger(to_dict=Called()))
        ]
    try:
        cls()
    except ValueError as error:
        found["without arguments"] = str(error)
    return found


class Stranger:
    """Something that no document holds, with a `to_dict` of its own."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)

    def to_dict(self):
        return {"a": 1}


class Called:
    def __call__(self):
        return {"b": 1}


def stranger(model, value):
    model.anything = value
    try:
        return repr(model.to_dict()["anything"]).split(" object at ")[0]
    except Exception as error:  # what is raised is what is compared
        return f"{type(error).__name__}: {error}"


def main():
    folder, command = sys.argv[1:]
    sys.path.insert(0, folder)
    import client
    import client.models

    if command == "surface":
        json.dump(surface(client), sys.stdout)
        return
    api_client = client.ApiClient()
    for line in sys.stdin:
        name, document = json.loads(line)
        print(json.dumps(observe(client, api_client, name, document)))


if __name__ == "__main__":
    main()
