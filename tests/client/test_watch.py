"""Watching: events however they are cut, resuming, stopping, raw objects on demand."""

from __future__ import annotations

import copy
import json
import threading
import time

import pytest
from apiserver import Answer, status
from hypothesis import given, settings
from hypothesis import strategies as st
from kubernetes import client, watch

PATH = "/api/v1/namespaces/ns/pods"


def line(kind, name, version):
    value = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": name, "resourceVersion": version}}
    return json.dumps({"type": kind, "object": value}, ensure_ascii=False).encode() + b"\n"


LINES = line("ADDED", "ä", "1") + line("MODIFIED", "日本", "2") + b"\n" + line("DELETED", "c", "3")


class Chunks:
    """A response whose chunks are cut where a test wants them."""

    def __init__(self, chunks):
        self.chunks = chunks

    def stream(self, amt=None, decode_content=False):
        yield from self.chunks

    def close(self):
        pass

    release_conn = close


def pods(namespace, **kwargs):
    """:rtype: V1PodList"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(LINES)), max_size=8))
def test_chunks_may_end_anywhere(cuts):
    edges = [0, *sorted(cuts), len(LINES)]
    chunks = [LINES[start:end] for start, end in zip(edges, edges[1:], strict=False)]

    def func(**kwargs):
        """:rtype: V1PodList"""
        return Chunks(chunks)

    watcher = watch.Watch()
    events = [event for event in watcher.stream(func, timeout_seconds=1) if event is not None]
    assert [(event["type"], event["object"].metadata.name) for event in events] == [
        ("ADDED", "ä"),
        ("MODIFIED", "日本"),
        ("DELETED", "c"),
    ]
    assert watcher.resource_version == "3"


def test_an_event_is_a_dict_in_every_use():
    expected = json.loads(line("ADDED", "a", "1"))["object"]

    def event():
        return watch.Watch().unmarshal_event(line("ADDED", "a", "1").decode(), "V1Pod")

    assert isinstance(event()["object"], client.V1Pod)
    assert (
        event()["raw_object"] == event().get("raw_object") == dict(event())["raw_object"] == {**event()}["raw_object"] == expected
    )
    assert list(event()) == ["type", "object", "raw_object"]
    assert dict(event().items())["raw_object"] == list(event().values())[2] == event().copy()["raw_object"] == expected
    assert event() == {"type": "ADDED", "object": event()["object"], "raw_object": expected}
    assert copy.deepcopy(event())["raw_object"] == copy.copy(event())["raw_object"] == event().pop("raw_object") == expected
    assert "'raw_object': {'kind'" in repr(event())
    assert json.loads(json.dumps({**event(), "object": None}))["raw_object"] == expected


def test_the_raw_object_is_not_parsed_before_it_is_read(monkeypatch):
    event = watch.Watch().unmarshal_event(line("ADDED", "a", "1"), "V1Pod")
    parsed = []
    monkeypatch.setattr("kubernetes.watch.event.json.loads", lambda raw: parsed.append(raw) or {"object": {}})
    event["type"], event["object"]
    assert parsed == []
    event["raw_object"]
    assert len(parsed) == 1


def test_a_watch_goes_on_where_it_ended_and_keeps_bookmarks(server, api):
    bookmark = json.dumps({"type": "BOOKMARK", "object": {"kind": "Pod", "metadata": {"resourceVersion": "7"}}}).encode() + b"\n"
    server.script("GET", PATH, Answer(chunks=[line("ADDED", "a", "5"), bookmark]), Answer(chunks=[line("ADDED", "b", "8")]))
    watcher = watch.Watch()
    names = []
    for event in watcher.stream(api.list_namespaced_pod, "ns", resource_version="4"):
        if event["type"] == "ADDED":
            names.append(event["object"].metadata.name)
        if names[-1:] == ["b"]:
            watcher.stop()
    assert names == ["a", "b"]
    assert [request.query["resourceVersion"] for request in server.requests] == [["4"], ["7"]]
    assert server.requests[0].query["watch"] == ["True"]


def test_gone_is_retried_once(server, api):
    gone = json.dumps({"type": "ERROR", "object": status(410, "Expired", "too old")}).encode() + b"\n"
    server.script("GET", PATH, Answer(chunks=[line("ADDED", "a", "5")]), Answer(chunks=[gone]), Answer(chunks=[gone]))
    with pytest.raises(client.ApiException, match="Expired: too old") as caught:
        list(watch.Watch().stream(api.list_namespaced_pod, "ns"))
    assert caught.value.status == 410
    assert len(server.requests) == 3


def test_stop_from_another_thread_ends_a_read_that_blocks(server, api):
    server.script("GET", PATH, Answer(chunks=[line("ADDED", "a", "5"), 8.0]))
    watcher = watch.Watch()
    start = time.monotonic()
    timer = threading.Timer(0.3, watcher.stop)
    for event in watcher.stream(api.list_namespaced_pod, "ns", timeout_seconds=30):
        assert event["object"].metadata.name == "a"
        timer.start()
    assert time.monotonic() - start < 5


def test_logs_are_followed_line_by_line(server, api):
    answer = Answer(chunks=[b"on", b"e\ntwo\n", b"\n"], headers={"Content-Type": "text/plain"})
    server.script("GET", "/api/v1/namespaces/ns/pods/a/log", answer)
    watcher = watch.Watch()
    lines = []
    for text in watcher.stream(api.read_namespaced_pod_log, "a", "ns"):
        lines.append(text)
    assert lines == ["one", "two", ""]
    assert server.requests[0].query["follow"] == ["True"]


def test_overrides_are_honoured():
    class Mine(watch.Watch):
        def unmarshal_event(self, data, return_type):
            assert isinstance(data, str)
            return {"type": "X", "object": data, "raw_object": None}

    events = list(Mine("V1Pod").stream(lambda **_: Chunks([line("ADDED", "a", "1")]), timeout_seconds=1))
    assert [event["type"] for event in events] == ["X"]


def test_events_of_custom_objects_are_dicts(server, api):
    event = {"type": "ADDED", "object": {"kind": "Widget", "metadata": {"name": "w", "resourceVersion": "9"}}}
    server.script("GET", "/apis/g.io/v1/namespaces/ns/widgets", Answer(chunks=[json.dumps(event).encode() + b"\n"]))
    custom = client.CustomObjectsApi(api.api_client)
    watcher = watch.Watch()
    for found in watcher.stream(custom.list_namespaced_custom_object, "g.io", "v1", "ns", "widgets", timeout_seconds=1):
        assert found["object"] == event["object"]
    assert watcher.resource_version == "9"
