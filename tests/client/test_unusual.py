"""What servers, and what stands before them, send rarely: to `Watch(forever=True)`, synchronous and not."""

from __future__ import annotations

import json

import changing
import pytest
from kubernetes.client import ApiException, V1ListMeta, V1ObjectMeta, V1Pod, V1PodList
from kubernetes.watch import reflector
from test_forever import follow, nothing_left, quick, server, versions, watched

__all__ = ("follow", "nothing_left", "quick", "server")


def event(kind, value):
    return json.dumps({"type": kind, "object": value}).encode() + b"\n"


def test_events_that_overtake_each_other_are_not_lost(server, follow):
    """And what comes late, when its object has a newer state or is gone, is not told."""
    server.change("ADDED", "a"), server.change("ADDED", "old"), server.change("ADDED", "gone")

    with follow(server) as following:
        seen = watched(server, following)
        with server.changed:
            watching = server._watch

            def watch_reordered(connection, query):
                first = int(query["resourceVersion"][0])
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                server._watch = watching
                new = [event(kind, value) for version, kind, value in server.log if version > first]
                old = [event(kind, value) for version, kind, value in server.log if version <= first]
                changing.send(connection, b"".join(new[::-1] + old))
                raise OSError

            server._watch = watch_reordered
            server.change("MODIFIED", "old"), server.change("ADDED", "one"), server.change("DELETED", "gone")
            server.drop()
        seen.take(following, lambda: versions(server))
    assert len(server.lists()) == 1


@pytest.mark.parametrize(
    "line",
    [b"null", b"1", b'"a"', b"[]", b"{}", b'{"type":"ADDED"}', b'{"type":"ADDED","object":null}', b'{"type":"MODIFIED","object":[]}',
     b'{"object":{}}', b'{"type":"ADDED","object":"x"}', b'{"kind":"PodList","metadata":{},"items":[]}', b'{"type":"ADDED","object":{}}'],
)  # fmt: skip
def test_lines_that_are_json_but_no_events(server, follow, line):
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        server.faults.append(lambda connection, _: changing.send(connection, line + b"\n"))
        server.drop()
        server.change("ADDED", "b"), server.change("MODIFIED", "b")
        seen.take(following, lambda: versions(server))
    assert len(server.lists()) == 1


def test_events_of_an_unknown_type_are_passed_over(server, follow):
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        server.faults.append(lambda connection, _: changing.send(connection, event("LOST", {"kind": "Pod", "metadata": {}})))
        server.drop()
        server.change("ADDED", "b")
        seen.take(following, lambda: versions(server))
        requests = len(server.requests)
        server.change("MODIFIED", "b")
        seen.take(following, lambda: versions(server))
    assert len(server.requests) == requests  # no reason to connect again


def test_an_error_page_in_place_of_a_list(server, follow):
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        listing = server._list

        def page(connection, query):
            server._list = listing
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")

        server._list = page
        server.refusals.append((410, {}, changing.status(410, "Expired")))
        server.drop()
        server.change("ADDED", "b")
        seen.take(following, lambda: versions(server))


def test_a_list_that_is_silent_is_given_up(server, follow, monkeypatch):
    monkeypatch.setattr(reflector, "LISTING", 0.2)
    server.change("ADDED", "a")
    listing = server._list

    def stall(connection, query):
        server._list = listing
        changing.stalled(connection, b"")

    server._list = stall
    with follow(server) as following:
        watched(server, following)


def test_from_any_version_a_list_comes_first(server, follow):
    """What a watch from "0" tells first has no order, so it couldn't go on when it breaks."""
    server.change("ADDED", "a")
    for arguments in ({"resource_version": "0"}, {"resource_version": "1", "resource_version_match": "NotOlderThan"}):
        server.requests.clear()
        with follow(server, **arguments) as following:
            seen = watched(server, following)
            server.refusals.append((410, {}, changing.status(410, "Expired")))
            server.drop()
            server.change("MODIFIED", "a")
            seen.take(following, lambda: versions(server))
        first, second = server.lists()
        assert first["resourceVersion"] == [arguments["resource_version"]]
        assert first.get("resourceVersionMatch") == ([*arguments.values()][1:] or None)
        assert not {"resourceVersion", "resourceVersionMatch"} & {*second}  # newest, whatever the first was
        assert "0" not in {query["resourceVersion"][0] for query in server.watches()}


def test_a_version_that_is_always_too_old_is_listed_with_pauses(monkeypatch):
    """No I/O: the reflector says how long to wait."""
    monkeypatch.setattr(reflector, "SHORTEST", 3600.0)
    found = reflector.Reflector({}, (OSError,), lambda kind, value: {"type": kind, "object": value})
    gone, delays = ApiException(status=410), []
    page = V1PodList(items=[], metadata=V1ListMeta(resource_version="5"))
    for _ in range(3):
        assert list(found.page(page)) + list(found.listed(page)) == []
        found.watch_arguments()
        delays.append(found.failed(gone))
        assert found.version is None
    assert 0 < delays[0] < delays[2]
    list(found.listed(page))
    found.watch_arguments()
    pod = V1Pod(metadata=V1ObjectMeta(name="a", resource_version="6"))
    assert found.received({"type": "ADDED", "object": pod})
    assert found.failed(gone) == 0  # something worked in between
