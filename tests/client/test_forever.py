"""`Watch(forever=True)`, synchronous and not: whatever happens, what is told adds up to what is so, and nothing comes twice."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import queue
import random
import ssl
import sys
import threading
import time

import changing
import pytest
import trustme
from kubernetes import aio, client, watch
from kubernetes.watch import backoff, reflector

FAULTS = [
    changing.reset,
    changing.closed,
    changing.truncated,
    changing.garbage,
    changing.unfinished,
    changing.torn,
    changing.again,
]


@pytest.fixture
def server():
    with changing.changing() as found:
        yield found


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(backoff, "FIRST", 0.01)
    monkeypatch.setattr(backoff, "LONGEST", 0.05)
    monkeypatch.setattr(reflector, "SHORTEST", 0.0)


class Synchronous:
    """Follows a server in a thread; events go into a queue."""

    def __init__(self, server, authority=None, **arguments):
        self.configuration = client.Configuration(host=server.url)
        self.configuration.ssl_ca_cert = authority
        self.events, self.error, self.arguments = queue.Queue(), None, arguments
        self.watch = watch.Watch(forever=True)
        self.thread = threading.Thread(target=self._follow)

    def _follow(self):
        with client.ApiClient(self.configuration) as api_client:
            core = client.CoreV1Api(api_client)
            try:
                for event in self.watch.stream(core.list_namespaced_pod, "d", **self.arguments):
                    self.events.put(event)
            except Exception as error:
                self.error = error
            api_client.rest_client.pool_manager.clear()

    def stop(self):
        self.watch.stop()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()


class Asynchronous(Synchronous):
    """The same with asyncio; the loop runs in the thread."""

    def __init__(self, server, authority=None, **arguments):
        super().__init__(server, authority, **arguments)
        self.configuration = aio.client.Configuration(host=server.url)
        self.configuration.ssl_ca_cert = authority
        self.loop = asyncio.new_event_loop()

    def _follow(self):
        self.loop.run_until_complete(self._main())
        self.loop.close()

    async def _main(self):
        self.watch = aio.watch.Watch(forever=True)
        async with aio.client.ApiClient(self.configuration) as api_client:
            core = aio.client.CoreV1Api(api_client)
            try:
                async for event in self.watch.stream(core.list_namespaced_pod, "d", **self.arguments):
                    self.events.put(event)
            except Exception as error:
                self.error = error
        assert len(asyncio.all_tasks()) == 1

    def stop(self):
        with contextlib.suppress(RuntimeError):  # closed already
            self.loop.call_soon_threadsafe(self.watch.stop)


@pytest.fixture(params=[Synchronous, Asynchronous])
def follow(request):
    return request.param


@pytest.fixture(autouse=True)
def nothing_left():
    """No thread, no socket and no file stays open."""
    before, threads = os.listdir("/proc/self/fd"), threading.active_count()
    yield
    gc.collect()
    end = time.monotonic() + 5
    while time.monotonic() < end and (threading.active_count() > threads or len(os.listdir("/proc/self/fd")) > len(before) + 1):
        time.sleep(0.01)
    assert threading.active_count() <= threads
    assert len(os.listdir("/proc/self/fd")) <= len(before) + 1  # an event loop of the process may stay


class Seen:
    """What the events add up to; an event that can't follow what was told before fails."""

    def __init__(self):
        self.state, self.told = {}, []

    def take(self, following, until, seconds=20):
        """Take events until the state is that of the server."""
        end = time.monotonic() + seconds
        while self.state != until():
            assert time.monotonic() < end, (following.error, self.told[-5:])
            with contextlib.suppress(queue.Empty):
                self.event(following.events.get(timeout=0.02))
        return self

    def event(self, event):
        kind, metadata = event["type"], event["object"].metadata
        assert event["object"].kind == "Pod"
        assert event["raw_object"]["metadata"]["name"] == metadata.name
        self.told.append((kind, metadata.name, int(metadata.resource_version)))
        if kind == "DELETED":
            del self.state[metadata.name]
            return
        assert kind == ("MODIFIED" if metadata.name in self.state else "ADDED")
        assert self.state.get(metadata.name, -1) < int(metadata.resource_version)
        self.state[metadata.name] = int(metadata.resource_version)


def versions(server):
    return {name: int(value["metadata"]["resourceVersion"]) for name, value in server.state().items()}


def watched(server, following):
    """Wait until the watch is known to be on, by an event that only it can have brought."""
    seen = Seen().take(following, lambda: versions(server))
    server.change("MODIFIED", "a")
    return seen.take(following, lambda: versions(server))


def write(server, chance, count):
    """Make changes that a server may make, in any order."""
    for _ in range(count):
        name = f"p{chance.randrange(12)}"
        known = name in server.state()
        kind = chance.choice(["MODIFIED", "MODIFIED", "DELETED"]) if known else "ADDED"
        server.change(kind, name, text="ü€😀")


@pytest.mark.parametrize("seed", range(3))
def test_everything_at_once(server, follow, seed):
    chance, seen = random.Random(seed), Seen()
    write(server, chance, 20)
    with follow(server, limit=5, timeout_seconds=2) as following:
        for turn in range(25):
            server.faults += [chance.choice(FAULTS)]
            if turn % 5 == 4:
                server.drop()
                server.forget()
            if turn % 6 == 5:
                server.refusals += [(chance.choice([429, 503]), {}, changing.status(503, "Busy"))]
            write(server, chance, 3)
            if turn % 3 == 0:
                seen.take(following, lambda: versions(server))
        seen.take(following, lambda: versions(server))
        time.sleep(0.1)
        assert following.events.empty()


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_or_told_twice(server, follow, fault):
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        server.faults.append(fault)
        server.drop()
        expected = [("ADDED", "a", 1), ("MODIFIED", "a", 2)]
        for number in range(3, 13):
            kind = "MODIFIED" if number > 4 else "ADDED"
            expected.append((kind, "b" if number % 2 else "c", server.change(kind, "b" if number % 2 else "c")))
        seen.take(following, lambda: versions(server))
        assert seen.told == expected
    assert len(server.lists()) == 1  # no fault is a reason to list again


def test_what_was_missed_is_told_after_an_expired_version(server, follow):
    for name in ("a", "changed", "gone", "replaced"):
        server.change("ADDED", name)
    with follow(server) as following:
        seen = watched(server, following)
        server.refusals.append((410, {}, changing.status(410, "Expired")))
        del seen.told[:]
        server.change("MODIFIED", "changed"), server.change("DELETED", "gone"), server.change("DELETED", "replaced")
        server.change("ADDED", "replaced"), server.change("ADDED", "new")
        with server.changed:  # what the running watch would tell is not to be had
            server.forgotten = server.version
        server.drop()
        seen.take(following, lambda: versions(server))
    told = {(kind, name) for kind, name, _ in seen.told}
    assert told == {
        ("MODIFIED", "changed"),
        ("DELETED", "gone"),
        ("DELETED", "replaced"),
        ("ADDED", "replaced"),
        ("ADDED", "new"),
    }


def test_a_list_that_expires_in_the_middle(server, follow):
    for number in range(6):
        server.change("ADDED", f"p{number}")
    with server.changed:
        listing = server._list

        def list_once(connection, query):
            if "continue" in query and server.forgotten == 0:
                server.log.append((7, "DELETED", server.log[0][2]))
                server.version = server.forgotten = 7
            listing(connection, query)

        server._list = list_once
    with follow(server, limit=2) as following:
        seen = Seen().take(following, lambda: versions(server))
    assert ("DELETED", "p0") in {(kind, name) for kind, name, _ in seen.told}


def test_what_is_old_is_not_told(server, follow):
    first = server.change("ADDED", "a")

    def stale(connection, line):
        changing.send(connection, changing.json.dumps({"type": "MODIFIED", "object": server.log[first - 1][2]}).encode() + b"\n")
        return False

    with follow(server) as following:
        seen = watched(server, following)
        server.faults.append(stale)
        server.drop()
        server.change("MODIFIED", "a"), server.change("MODIFIED", "a")
        seen.take(following, lambda: versions(server))


@pytest.mark.parametrize("code", [429, 503])
def test_a_server_says_when_to_come_back(server, follow, code):
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        server.refusals.append((code, {"Retry-After": "1"}, changing.status(code, "Busy")))
        server.drop()
        server.change("ADDED", "b")
        seen.take(following, lambda: versions(server))
    refused, accepted = server.requests[-2:]
    assert accepted[0] - refused[0] >= 1


def test_a_silent_connection_is_given_up(server, follow, monkeypatch):
    monkeypatch.setattr(reflector, "GRACE", 0.1)
    server.change("ADDED", "a")
    server.faults.append(changing.stalled)
    with follow(server, timeout_seconds=1) as following:
        seen = Seen().take(following, lambda: versions(server))
        server.change("ADDED", "b")
        seen.take(following, lambda: versions(server))
    assert len(server.lists()) == 1


def test_a_server_that_restarts(follow):
    with changing.changing() as server:
        server.change("ADDED", "a")
        with follow(server) as following:
            seen = watched(server, following)
            port = server.listener.getsockname()[1]
            server.listener.shutdown(changing.socket.SHUT_RDWR)
            server.listener.close()
            server.drop()
            server.change("MODIFIED", "a")
            time.sleep(0.3)
            server.listener = changing.socket.create_server(("127.0.0.1", port), backlog=64)
            threading.Thread(target=server.serve, daemon=True).start()
            seen.take(following, lambda: versions(server))


def test_a_refusal_is_raised_until_something_worked(server, follow):
    server.refusals.append((403, {}, changing.status(403, "Forbidden")))
    with follow(server) as following:
        following.thread.join(10)
        assert following.error.status == 403
    server.change("ADDED", "a")
    with follow(server) as following:
        seen = watched(server, following)
        server.refusals += [(403, {}, changing.status(403, "Forbidden"))] * 3
        server.drop()
        server.change("ADDED", "b")
        seen.take(following, lambda: versions(server))


def test_stopping_a_read_or_a_pause(server, follow, monkeypatch):
    server.change("ADDED", "a")
    with follow(server) as following:  # reads, as __exit__ stops it
        watched(server, following)
    monkeypatch.setattr(backoff, "FIRST", 3600.0)
    with follow(server) as following:
        watched(server, following)
        server.drop()
        time.sleep(0.2)
    assert len(server.watches()) == 2  # one each: the pause was under way


# Python 3.10 takes a transport that the peer has ended for one that nobody closed.
@pytest.mark.filterwarnings("ignore:.*_SSLProtocolTransport:pytest.PytestUnraisableExceptionWarning")
def test_tls_that_ends_without_notice(follow, tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with changing.changing(context) as server:
        server.change("ADDED", "a")
        with follow(server, str(tmp_path / "ca.pem")) as following:
            seen = watched(server, following)
            for fault in (changing.closed, changing.reset, changing.truncated):
                server.faults.append(fault)
                server.drop()
                server.change("MODIFIED", "a")
                seen.take(following, lambda: versions(server))


def test_bookmarks_move_the_version_and_are_told_only_when_asked_for(server, follow):
    def bookmark(connection, line):
        version = {"kind": "Pod", "apiVersion": "v1", "metadata": {"resourceVersion": str(server.version)}}
        changing.send(connection, changing.json.dumps({"type": "BOOKMARK", "object": version}).encode() + b"\n")
        connection.sendall(b"0\r\n\r\n")  # as it should: aiohttp drops what it hasn't given on when a connection breaks
        return True

    for arguments, expected in (({}, []), ({"allow_watch_bookmarks": True}, ["BOOKMARK"])):
        server.faults.append(bookmark)
        with follow(server, **arguments) as following:
            while not server.lists():
                time.sleep(0.01)
            version = server.change("ADDED", "ghost")  # never told: the bookmark is beyond it
            while str(version) not in {query["resourceVersion"][0] for query in server.watches()}:
                time.sleep(0.01)
        kinds = [following.events.get()["type"] for _ in range(following.events.qsize())]
        assert [kind for kind in kinds if kind != "ADDED"] == expected
        server.change("DELETED", "ghost")
        server.requests.clear()


def test_plain_dicts(server, follow):
    server.change("ADDED", "a")
    with follow(server, deserialize=False) as following:
        first = following.events.get(timeout=10)
        server.change("MODIFIED", "a")
        second = following.events.get(timeout=10)
    assert first == {"type": "ADDED", "object": {"kind": "Pod", "apiVersion": "v1", "metadata": server.log[0][2]["metadata"]}}
    assert second == {"type": "MODIFIED", "object": server.log[1][2]}


def test_a_burst_leaves_nothing_behind(server, follow):
    """Of 100,000 events, what stays in memory is the last state of each object."""
    server.change("ADDED", "a")
    with follow(server) as following:
        watched(server, following)
        for number in range(100_000):
            server.change("ADDED" if number < 5 else "MODIFIED", f"p{number % 5}")
        gc.collect()
        before = sys.getallocatedblocks()
        for number in range(100_000):
            event = following.events.get(timeout=20)
            assert int(event["object"].metadata.resource_version) == number + 3
        del event
        gc.collect()
        assert sys.getallocatedblocks() - before < 10_000  # one for ten events


def test_logs_have_no_end_to_wait_for():
    core = client.CoreV1Api(client.ApiClient(client.Configuration(host="http://127.0.0.1:1")))
    with pytest.raises(ValueError, match="list method"):
        next(watch.Watch(forever=True).stream(core.read_namespaced_pod_log, "a", "d"))


def test_cancelled_wherever_it_waits(server):
    """After any number of steps of the event loop, a task that is cancelled ends and leaves nothing."""
    for number in range(40):
        server.change("ADDED", f"p{number}")

    async def follow_some(core, seen):
        watcher = aio.watch.Watch(forever=True)
        try:
            async for event in watcher.stream(core.list_namespaced_pod, "d", limit=10):
                seen.append(event["object"].metadata.name)
                if len(seen) in (5, 40):
                    server.drop()
        finally:
            await watcher.close()

    async def main():
        reached = []
        for steps in range(0, 120, 3):
            seen = []
            async with aio.client.ApiClient(aio.client.Configuration(host=server.url)) as api_client:
                task = asyncio.ensure_future(follow_some(aio.client.CoreV1Api(api_client), seen))
                for _ in range(steps):
                    await asyncio.sleep(0.001 if steps > 60 else 0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            assert len(asyncio.all_tasks()) == 1
            reached.append(len(seen))
        return reached

    reached = asyncio.run(main())
    assert reached[0] == 0
    assert max(reached) == 40
