"""Models, decoding and Configuration leave logging alone: no level set, no logger asked for, no lock taken."""

from __future__ import annotations

import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from kubernetes import client


class CountingLock:
    """Stands in for logging's module lock and counts acquisitions."""

    def __init__(self) -> None:
        self.real = threading.RLock()
        self.acquired = 0

    def acquire(self, *args, **kwargs):
        self.acquired += 1
        return self.real.acquire(*args, **kwargs)

    def release(self):
        self.real.release()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *exc):
        self.release()


@pytest.fixture
def touched(monkeypatch):
    """Return what was done to logging since the last call: (levels set, loggers asked for, locks taken).

    pytest itself asks for loggers around a test, so a test begins with a call of its own.
    """
    counts = {"setLevel": 0, "getLogger": 0}
    set_level, get_logger = logging.Logger.setLevel, logging.getLogger

    def counting_set_level(self, level):
        counts["setLevel"] += 1
        set_level(self, level)

    def counting_get_logger(name=None):
        counts["getLogger"] += 1
        return get_logger(name)

    lock = CountingLock()
    monkeypatch.setattr(logging.Logger, "setLevel", counting_set_level)
    monkeypatch.setattr(logging, "getLogger", counting_get_logger)
    monkeypatch.setattr(logging, "_lock", lock)
    last = [0, 0, 0]

    def since_last():
        now = [counts["setLevel"], counts["getLogger"], lock.acquired]
        gone = tuple(new - old for new, old in zip(now, last, strict=True))
        last[:] = now
        return gone

    return since_last


def deployments(count):
    container = {"name": "c", "image": "i", "ports": [{"containerPort": 80}], "env": [{"name": "A", "value": "b"}]}
    template = {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": [container] * 2}}
    item = {"metadata": {"name": "d"}, "spec": {"selector": {"matchLabels": {"app": "a"}}, "template": template}}
    return json.dumps({"kind": "DeploymentList", "apiVersion": "apps/v1", "items": [item] * count})


class Response:
    data = deployments(33)


def decode_and_build():
    api_client = client.ApiClient()
    found = api_client.deserialize(Response, "V1DeploymentList")
    pods = [client.V1Pod(metadata=client.V1ObjectMeta(name=str(number))) for number in range(500)]
    pods[0].metadata.name = "x"
    return len(found.items), len(pods)


def test_counters_work(touched):
    touched()
    logging.getLogger("x").setLevel(logging.INFO)
    assert all(touched())


def test_one_thread(touched):
    touched()
    assert decode_and_build() == (33, 500)
    client.CoreV1Api(client.ApiClient(client.Configuration()))
    assert touched() == (0, 0, 0)


def test_32_threads(touched):
    touched()
    with ThreadPoolExecutor(32) as threads:
        assert list(threads.map(lambda _: decode_and_build(), range(64))) == [(33, 500)] * 64
    assert touched() == (0, 0, 0)


def test_a_default_configuration_is_not_copied_by_models(touched, monkeypatch):
    default = client.Configuration()
    default.client_side_validation = False
    client.Configuration.set_default(default)
    copies = []
    touched()
    monkeypatch.setattr(client.Configuration, "__deepcopy__", lambda self, memo: copies.append(self))
    for _ in range(1000):
        client.V1Container()
    assert copies == []
    assert touched() == (0, 0, 0)


def test_levels_stay_until_debug_is_set():
    logger = logging.getLogger("urllib3")
    before = logger.level
    try:
        configuration = client.Configuration()
        assert logger.level == before
        configuration.debug = True
        assert logger.level == logging.DEBUG
        configuration.debug = False
        assert logger.level == logging.WARNING
    finally:
        logger.setLevel(before)
