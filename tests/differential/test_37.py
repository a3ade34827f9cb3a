"""1.37's wheel against the published 37.0.2, which is another kind of client: the same operations, models and JSON names."""

from __future__ import annotations

import json

import clients


def test_names_of_37(surfaces):
    published = json.loads(clients.run(clients.PUBLISHED_37, "names_37.py"))
    ours = surfaces["1.37"]
    assert len(published["models"]) > 700
    for name, keys in published["models"].items():
        assert sorted(key for _, key in ours["models"][name]["keys"]) == sorted(keys.values()), name
        attributes = {key: field for field, key in ours["models"][name]["keys"]}
        for field, key in keys.items():
            assert attributes[key] == field, f"{name}.{field}"
    assert len(published["apis"]) > 60
    for name, methods in published["apis"].items():
        assert set(methods) == set(ours["apis"][name]), name
