"""What can't flake of the speed: Python calls, bytes and sizes, which a slip in the hot paths would multiply."""

from __future__ import annotations

import copy
import gc
import importlib.metadata
import json
import pickle
import sys
import tracemalloc
from pathlib import Path

import pytest
import urllib3
from kubernetes import client
from kubernetes.client import rest
from kubernetes.client._model.meta import EXTENDED
from kubernetes.client._model.state import WITH_RARE

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "bench"))

import documents

PODS = 50
BODY = documents.pod_list(PODS)
MODELS = 57  # in one Pod, its list not counted


class Response:
    def __init__(self, data):
        self.data = data


@pytest.fixture(autouse=True)
def nothing_rare():
    """As in a program in which no model got a configuration or attributes of its own, or fields; other tests give some."""
    marked, extended = WITH_RARE.copy(), EXTENDED.copy()
    WITH_RARE.clear(), EXTENDED.clear()
    yield
    WITH_RARE.update(marked), EXTENDED.extend(extended)


@pytest.fixture(scope="module")
def decode():
    api_client = client.ApiClient(client.Configuration())
    api_client.deserialize(Response(BODY), "V1PodList")  # classes are made once
    return lambda body=BODY: api_client.deserialize(Response(body), "V1PodList")


def calls(function):
    """Return how many Python functions run."""
    function()
    count = 0

    def count_call(frame, event, argument):
        nonlocal count
        count += event == "call"

    sys.setprofile(count_call)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_decoding_runs_no_python_for_a_pod_but_for_its_raw_json(decode):
    assert calls(decode) <= PODS + 20


def test_a_body_is_printed_at_once_and_without_python_for_what_is_in_it(decode):
    pods = decode()
    assert calls(lambda: rest._text(pods)) < 3 * PODS + 20


def test_one_bad_value_costs_the_decoding_of_its_item(decode):
    def extra(body):
        bad = body.replace(b'"controller":true', b'"controller":"x"', 1)
        return calls(lambda: decode(bad)) - calls(lambda: decode(body))

    item = json.dumps(json.loads(BODY)["items"][0])
    walked = calls(lambda: client.ApiClient()._ApiClient__walk(json.loads(item), "V1Pod"))
    assert extra(BODY) < walked + 5 * PODS
    assert abs(extra(documents.pod_list(2 * PODS)) - extra(BODY)) < 5 * PODS


def test_copies_pickles_and_dicts_run_one_function_a_model_and_container(decode):
    pods = decode()
    everything = PODS * MODELS
    assert calls(lambda: pods == decode()) < 1.1 * everything + 2 * PODS + 50
    assert calls(lambda: client.ApiClient().sanitize_for_serialization(pods)) < 5 * PODS
    assert calls(lambda: pickle.dumps(pods)) < 2.2 * everything
    assert calls(lambda: copy.deepcopy(pods)) < 1.8 * everything
    assert calls(lambda: pickle.loads(pickle.dumps(pods))) < 2.3 * everything
    assert calls(lambda: pods.to_dict()) < 1.8 * everything


def test_objects_are_made_read_and_written_with_few_calls():
    container = client.V1Container(name="a")
    assert calls(lambda: client.V1Container(name="a", image="b")) <= 2
    assert calls(lambda: container.name) == 1  # the lambda
    assert calls(lambda: setattr(container, "image", "x")) == 2


def test_a_call_runs_few_functions_beside_urllib3s():
    class Pools:
        def request(self, *args, **kwargs):
            return urllib3.HTTPResponse(b'{"metadata": {"name": "a"}}', {"content-type": "application/json"}, 200)

    api = client.CoreV1Api(client.ApiClient(client.Configuration(host="http://x")))
    api.api_client.rest_client.pool_manager = Pools()
    theirs = calls(lambda: Pools().request().data)
    assert calls(lambda: api.read_namespaced_pod("a", "d")) - theirs < 70
    assert calls(lambda: api.create_namespaced_pod("d", client.V1Pod())) - theirs < 90


def test_bytes_of_a_pod(decode):
    size = 200
    body = documents.pod_list(size)
    decode(body)
    gc.collect()
    tracemalloc.start()
    found = decode(body)
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.items) == size
    assert kept / size < 17_000
    assert peak < kept + 2 * len(body)


def test_size_of_the_wheel():
    installed = importlib.metadata.distribution("kubernetes")
    record = [file for file in installed.files if file.suffix in (".py", ".pyi")]
    source = json.dumps(sorted(str(file) for file in record))
    assert "kubernetes/client/models/v1_pod.py" in source
    assert sum(file.size for file in record) < 9_100_000
