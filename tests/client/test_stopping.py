"""Ending a watch: while it connects, lists, reads or waits; from another thread or task, and with another event loop."""

from __future__ import annotations

import asyncio
import gc
import threading
import time

import changing
import pytest
from apiserver import Answer
from kubernetes import aio, client, watch
from test_aio import line, run
from test_forever import follow, quick
from test_forever import server as changes

__all__ = ("changes", "follow", "quick")
PODS = "/api/v1/namespaces/d/pods"
LOG = "/api/v1/namespaces/d/pods/a/log"


@pytest.mark.parametrize("blocked", ["_list", "_watch"])
def test_a_request_that_nobody_answers(changes, follow, blocked):
    """`__exit__` stops it, and waits for its thread."""
    asked = threading.Event()

    def stall(connection, query):
        asked.set()
        changing.stalled(connection, b"")
        raise OSError

    setattr(changes, blocked, stall)
    with follow(changes) as following:
        assert asked.wait(10)
        time.sleep(0.05)
    assert following.error is None


def test_a_plain_watch_that_nobody_answers(changes):
    changes._watch = changing.stalled
    configuration = client.Configuration(host=changes.url)
    with client.ApiClient(configuration) as api_client:
        watcher = watch.Watch()
        threading.Timer(0.2, watcher.stop).start()
        assert list(watcher.stream(client.CoreV1Api(api_client).list_namespaced_pod, "d")) == []
        # What the watch used is not touched any more.
        core = client.CoreV1Api(api_client)
        core.list_namespaced_pod("d")
        watcher.stop()
        assert core.list_namespaced_pod("d").items == []

    async def main():
        async with aio.client.ApiClient(aio.client.Configuration(host=changes.url)) as api_client:
            watcher = aio.watch.Watch()
            asyncio.get_running_loop().call_later(0.2, watcher.stop)
            core = aio.client.CoreV1Api(api_client)
            assert [event async for event in watcher.stream(core.list_namespaced_pod, "d")] == []
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(main())


def test_stop_in_a_handler_ends_the_watch(changes, follow):
    changes.change("ADDED", "a"), changes.change("ADDED", "b")
    following = follow(changes)
    put = following.events.put

    def stop_and_put(event):
        following.watch.stop()
        put(event)

    following.events.put = stop_and_put
    with following:
        following.thread.join(10)
        assert not following.thread.is_alive()
    assert following.events.qsize() == 1


def test_close_while_another_task_reads(server):
    server.script("GET", PODS, Answer(chunks=[line("ADDED", "a", "5"), 30.0]))

    async def work(core):
        for forever in (False, True):
            watching, seen = aio.watch.Watch(forever=forever), asyncio.Event()

            async def read(watching=watching, seen=seen):
                async for _ in watching.stream(core.list_namespaced_pod, "d", resource_version="1"):
                    seen.set()

            reading = asyncio.ensure_future(read())
            await seen.wait()
            await watching.close()
            await reading

    run(server, work)


def test_a_watch_and_an_informer_in_two_event_loops(server):
    server.script("GET", PODS, Answer(chunks=[]))
    watching, informer = aio.watch.Watch(), aio.informer.SharedInformer(lambda **_: None)

    async def work(core):
        asyncio.get_running_loop().call_later(0.1, watching.stop)
        assert [event async for event in watching.stream(core.list_namespaced_pod, "d", resource_version="1")] == []
        informer._list_func = core.list_config_map_for_all_namespaces
        async with informer:
            assert informer.cache.list() == []

    run(server, work)
    run(server, work)


def test_leaving_the_loop_early_closes_the_connection(changes):
    """As soon as nothing refers to the watch."""
    changes.change("ADDED", "a")

    async def main():
        async with aio.client.ApiClient(aio.client.Configuration(host=changes.url)) as api_client:
            core = aio.client.CoreV1Api(api_client)
            async for _ in aio.watch.Watch().stream(core.list_namespaced_pod, "d", resource_version="0"):
                break
            gc.collect()
            await asyncio.sleep(0.1)
            connector = api_client.rest_client.pool_manager.connector
            assert not connector._acquired

    asyncio.run(main())


def test_a_watch_that_brings_nothing_goes_on(server):
    """Silence until the client's timeout, or an end before the first event: no reason to end, as in 37."""
    server.script("GET", PODS, Answer(chunks=[30.0]), Answer(chunks=[]), Answer(chunks=[line("ADDED", "a", "5"), 30.0]))

    async def work(core):
        watching = aio.watch.Watch()
        async with watching:
            async for event in watching.stream(core.list_namespaced_pod, "d", _request_timeout=0.3):
                assert event["object"].metadata.name == "a"
                break

    run(server, work)
    assert len(server.requests) == 3


def test_a_garbled_line_is_asked_for_again(server):
    garbled = Answer(chunks=[line("ADDED", "a", "5"), b'{"type": "ADD\n', line("ADDED", "c", "7")])
    server.script("GET", PODS, garbled, Answer(chunks=[line("ADDED", "b", "6"), line("ADDED", "c", "7")]))

    async def work(core):
        names = []
        async with aio.watch.Watch() as watching:
            async for event in watching.stream(core.list_namespaced_pod, "d"):
                names.append(event["object"].metadata.name)
                if len(names) == 3:
                    break
        return names

    assert run(server, work) == ["a", "b", "c"]


def test_the_last_line_of_a_log_may_have_no_end(server, api):
    server.script("GET", LOG, Answer(chunks=[b"one\nt", b"wo"], headers={"Content-Type": "text/plain"}))
    assert list(watch.Watch().stream(api.read_namespaced_pod_log, "a", "d")) == ["one", "two"]

    async def work(core):
        return [text async for text in aio.watch.Watch().stream(core.read_namespaced_pod_log, "a", "d")]

    assert run(server, work) == ["one", "two"]
