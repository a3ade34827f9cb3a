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


# Members of 37's generated ApiClient and ApiException, which classes of aio inherit.
ONLY_37 = {"from_response", "get_default", "parameters_to_url_query", "set_default"}


def test_names_of_aio():
    published, ours = (json.loads(clients.run(python, "aio_names.py")) for python in (clients.PUBLISHED_37, clients.OURS["1.37"]))
    assert sum(map(len, published.values())) > 300
    missing = {f"{module}.{name}" for module, names in published.items() for name in set(names) - set(ours[module])}
    assert {name.rpartition(".")[2] for name in missing} == ONLY_37, missing
