"""Long texts are decoded by one thread at a time; nobody waits for ever, and nobody else waits at all."""

from __future__ import annotations

import json
import os
import signal
import threading
from concurrent import futures

import pytest
from kubernetes import client
from kubernetes.client._model import turns

SHORT = json.dumps({"items": [{"metadata": {"name": "a"}}]}).encode()
LONG = json.dumps({"items": [{"metadata": {"name": "a" * turns.LONG}}]}).encode()


def decode(body):
    class Response:
        data = body

    return client.ApiClient().deserialize(Response, "V1PodList").items[0].metadata.name


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 40.0)


@pytest.fixture
def busy():
    """Another thread is decoding for as long as the test runs."""
    taken, done = threading.Event(), threading.Event()

    def work(_):
        taken.set()
        done.wait()

    thread = threading.Thread(target=turns.in_turn, args=(work, b""))
    thread.start()
    taken.wait()
    yield done
    done.set()
    thread.join()


def test_one_thread_at_a_time_decodes_a_long_text():
    inside, most = [], []

    def work(text):
        inside.append(text)
        most.append(len(inside))
        threading.Event().wait(0.001)  # lets others run
        inside.remove(text)

    with futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: turns.in_turn(work, number), range(32)))
    assert (len(most), max(most)) == (32, 1)


def test_a_long_text_waits_and_a_short_one_does_not(busy):
    assert decode(SHORT) == "a"
    with futures.ThreadPoolExecutor(1) as threads:
        found = threads.submit(decode, LONG)
        with pytest.raises(futures.TimeoutError):
            found.result(0.3)
        busy.set()
        assert found.result(20) == "a" * turns.LONG


def test_who_has_waited_long_enough_decodes(busy, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    assert decode(LONG) == "a" * turns.LONG
    assert not busy.is_set()


def test_a_thread_that_has_the_turn_can_decode_again():
    with futures.ThreadPoolExecutor(1) as threads:
        assert threads.submit(turns.in_turn, decode, LONG).result(20) == "a" * turns.LONG


def test_a_refused_text_ends_the_turn():
    with pytest.raises(client.ApiValueError):
        decode(LONG[:-1])
    with futures.ThreadPoolExecutor(1) as threads:
        assert threads.submit(turns.in_turn, len, LONG).result(20) == len(LONG)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_does_not_wait_for_threads_that_it_has_not(busy):
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # ends the process
        os._exit(0 if decode(LONG) == "a" * turns.LONG else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not busy.is_set()
