"""Documents that hypothesis invents, one at a time through both clients; a failure shrinks to the smallest document."""

from __future__ import annotations

import json
import re
import subprocess

import clients
import pytest
from documents import DATES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_values import differs

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NATIVE = {
    "str": st.text() | st.integers() | st.booleans(),
    "int": st.integers() | st.integers(-9, 9).map(str) | st.floats(-1e6, 1e6),
    "float": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
    "bool": st.booleans() | st.integers(0, 1) | st.text(max_size=2),
    "datetime": st.sampled_from(DATES) | st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    "object": JSON,
}


class Peer:
    """A client in its own environment, asked line by line."""

    def __init__(self, python):
        command = [str(python), str(clients.HERE / "observe.py")]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clients.ENVIRONMENT
        )

    def observe(self, name, document):
        print(json.dumps([name, json.dumps(document), False]), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.communicate()
        assert self.process.returncode == 0


@pytest.fixture(scope="module")
def peers():
    both = Peer(clients.PUBLISHED), Peer(clients.OURS["1.36"])
    yield both
    for peer in both:
        peer.close()


def value(models, kind, depth):
    """Return a strategy for values of a type, as the published client declares it."""
    container = re.fullmatch(r"(list|dict)\[(?:str, )?(.*)\]", kind)
    if container:
        inner = value(models, container[2], depth)
        return st.lists(inner, max_size=2) if container[1] == "list" else st.dictionaries(st.text(), inner, max_size=2)
    if kind in models:
        return st.deferred(lambda: document(models, models[kind], depth + 1)) if depth < 3 else st.none()
    return NATIVE.get(kind, st.none())


def document(models, model, depth=0):
    keys, required = dict(model["keys"]), {field for field, _ in model["required"]}
    fields = {keys[field]: value(models, kind, depth) for field, kind in model["types"]}
    needed = {key: fields.pop(key) for field, key in keys.items() if field in required}
    return st.fixed_dictionaries(needed, optional={key: st.none() | found for key, found in fields.items()})


@pytest.fixture(scope="module")
def models(published):
    return published["models"]


@settings(max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_hypothesis_finds(data, peers, models):
    name = data.draw(st.sampled_from(sorted(models)))
    found = data.draw(document(models, models[name]))
    expected, ours = (peer.observe(name, found) for peer in peers)
    assert differs(expected, ours, same_fields=True) == []
