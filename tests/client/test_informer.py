"""Informers on a server that changes and fails: the asynchronous one, and the published one on our watch."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import random
import time

import changing
import pytest
from kubernetes import aio, client, informer
from kubernetes.aio.informer import ADDED, DELETED, ERROR, MODIFIED, SharedInformer
from kubernetes.watch import backoff
from test_forever import FAULTS, versions, write


@pytest.fixture
def server():
    with changing.changing() as found:
        yield found


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(backoff, "FIRST", 0.01)
    monkeypatch.setattr(backoff, "LONGEST", 0.05)


def run(server, work):
    """Run `work(core)` in an event loop; no task may be left."""

    async def main():
        async with aio.client.ApiClient(aio.client.Configuration(host=server.url)) as api_client:
            found = await work(aio.client.CoreV1Api(api_client))
        assert len(asyncio.all_tasks()) == 1
        return found

    return asyncio.run(main())


def cached(cache):
    return {pod.metadata.name: int(pod.metadata.resource_version) for pod in cache.list()}


async def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def trouble(server, chance, turn):
    server.faults += [chance.choice(FAULTS)]
    if turn % 5 == 4:
        server.drop()
        server.forget()
    write(server, chance, 3)


@pytest.mark.parametrize("seed", range(2))
def test_the_cache_follows_whatever_happens(server, seed):
    chance = random.Random(seed)
    write(server, chance, 20)

    async def work(core):
        told = {}
        following = SharedInformer(core.list_namespaced_pod, "d")
        following.add_indexers({"tens": lambda pod: [len(pod.metadata.name), pod.metadata.name[-1]]})
        for kind in (ADDED, MODIFIED):
            following.add_event_handler(kind, lambda pod: told.update({pod.metadata.name: int(pod.metadata.resource_version)}))
        following.add_event_handler(DELETED, lambda pod: told.pop(pod.metadata.name))
        async with following:
            assert cached(following.cache)
            for turn in range(25):
                trouble(server, chance, turn)
                if turn % 4 == 0:
                    await until(lambda: cached(following.cache) == versions(server))
            await until(lambda: cached(following.cache) == versions(server) == told)
            for value in [2, 3, *"0123456789"]:
                found = {pod.metadata.name for pod in following.cache.by_index("tens", value)}
                assert found == {name for name in told if value in (len(name), name[-1])}

    run(server, work)
    assert len(server.lists()) < 25  # a broken connection is no reason to list again


def test_the_published_informer_on_our_watch(server):
    chance = random.Random(0)
    write(server, chance, 20)
    with client.ApiClient(client.Configuration(host=server.url)) as api_client:
        following = informer.SharedInformer(client.CoreV1Api(api_client).list_namespaced_pod, "d")
        following.start()
        for turn in range(15):
            trouble(server, chance, turn)
            end = time.monotonic() + 20
            while cached(following.cache) != versions(server):
                assert time.monotonic() < end
                time.sleep(0.01)
        following.stop()
        api_client.rest_client.pool_manager.clear()


def test_reading_the_cache(server):
    for name in ("a", "b"):
        server.change("ADDED", name, app=name)

    async def work(core):
        async with SharedInformer(core.list_namespaced_pod, "d") as following:
            lister = following.lister
            assert lister.get("a", "d") is following.cache.get_by_key("d/a") is following.cache.get(lister.list()[0])
            assert lister.get("a") is lister.get("c", "d") is None
            assert [pod.metadata.name for pod in lister.list("d", {"app": "b"})] == ["b"]
            assert lister.list("other") == []
            assert following.cache.list_keys() == ["d/a", "d/b"]
            following.add_indexers({"app": lambda pod: [pod.metadata.labels["app"]]})
            assert following.cache.index_values("app") == ["a", "b"]
            with pytest.raises(ValueError, match="exists"):
                following.add_indexers({"app": lambda _: []})
            assert lister.get("a", "d").kind == "Pod"
        by_name = SharedInformer(core.list_namespaced_pod, "d", key_func=lambda pod: pod.metadata.name)
        async with by_name:
            assert by_name.cache.list_keys() == ["a", "b"]
            assert by_name.lister.get("b", "d").metadata.name == "b"

    run(server, work)


def test_handlers(server, caplog):
    server.change("ADDED", "a")

    async def work(core):
        following, seen = SharedInformer(core.list_namespaced_pod, "d"), []

        async def slowly(pod):
            await asyncio.sleep(0.01)
            seen.append(("slowly", pod.metadata.name))

        def fails(pod):
            raise RuntimeError(pod.metadata.name)

        following.add_event_handler(ADDED, slowly)
        following.add_event_handler(ADDED, fails)
        with pytest.raises(ValueError, match="unknown event_type"):
            following.add_event_handler("SOMETHING", slowly)
        async with following:
            server.change("ADDED", "b")
            await until(lambda: len(seen) == 2)
            following.add_event_handler(ADDED, lambda pod: seen.append(("late", pod.metadata.name)))
            await until(lambda: len(seen) == 4)
            following.remove_event_handler(ADDED, slowly)
            server.change("ADDED", "c")
            await until(lambda: len(seen) == 5)
        assert seen == [("slowly", "a"), ("slowly", "b"), ("late", "a"), ("late", "b"), ("late", "c")]

    run(server, work)
    assert [record.exc_info[1].args for record in caplog.records] == [("a",), ("b",), ("c",)]


def test_a_slow_handler_holds_up_the_watch_and_no_memory(server):
    server.change("ADDED", "a")

    async def work(core):
        following, seen, go = SharedInformer(core.list_namespaced_pod, "d", queue_size=10), [], asyncio.Event()

        async def handler(pod):
            await go.wait()
            seen.append(int(pod.metadata.resource_version))

        following.add_event_handler(MODIFIED, handler)
        async with following:
            for _ in range(300):
                server.change("MODIFIED", "a")
            await until(lambda: following._dispatcher.waiting == 10)
            await asyncio.sleep(0.05)
            assert cached(following.cache)["a"] <= 1 + 10 + 2  # what waits, what is handled, what is put
            go.set()
            await until(lambda: len(seen) == 300)
        assert seen == list(range(2, 302))

    run(server, work)


def test_resync_tells_of_everything_again(server):
    for name in ("a", "b"):
        server.change("ADDED", name)

    async def work(core):
        following, seen = SharedInformer(core.list_namespaced_pod, "d", resync_period=1), []
        following.add_event_handler(MODIFIED, lambda pod: seen.append(pod.metadata.name))
        async with following:
            await until(lambda: len(seen) >= 4)
        assert seen[:4] == ["a", "b", "a", "b"]

    run(server, work)
    assert len(server.lists()) >= 3


def test_a_server_that_refuses_at_first(server):
    server.change("ADDED", "a")
    server.refusals += [(403, {}, changing.status(403, "Forbidden"))] * 2

    async def work(core):
        following, errors = SharedInformer(core.list_namespaced_pod, "d"), []
        following.add_event_handler(ERROR, errors.append)
        with pytest.raises(TimeoutError):
            await following.wait_for_sync(0.01)
        async with following:
            assert following.has_synced
            await until(lambda: len(errors) == 2)
        assert [error.status for error in errors] == [403, 403]
        assert not following.has_synced

    run(server, work)


def test_stopping_and_starting(server):
    server.change("ADDED", "a")

    async def work(core):
        following, stopped = SharedInformer(core.list_namespaced_pod, "d"), []

        async def stops(pod):
            await following.stop()
            stopped.append(pod.metadata.name)

        following.add_event_handler(MODIFIED, stops)
        await following.start()
        await following.start()  # is under way
        await following.wait_for_sync()
        server.change("MODIFIED", "a")
        await until(lambda: stopped == ["a"])
        server.change("ADDED", "b")
        await following.start()
        await until(lambda: cached(following.cache) == versions(server))
        await following.stop()
        await following.stop()

    run(server, work)


def test_cancelled_wherever_it_waits(server):
    for number in range(30):
        server.change("ADDED", f"p{number}")

    async def main():
        for steps in range(0, 60, 2):
            async with aio.client.ApiClient(aio.client.Configuration(host=server.url)) as api_client:

                async def use(api_client=api_client):
                    following = SharedInformer(aio.client.CoreV1Api(api_client).list_namespaced_pod, "d", queue_size=1)
                    try:
                        following.add_event_handler(ADDED, lambda _: asyncio.sleep(0))
                        await following.start()
                        await following.wait_for_sync()
                        await asyncio.sleep(60)
                    finally:
                        await following.stop()

                task = asyncio.ensure_future(use())
                for _ in range(steps):
                    await asyncio.sleep(0)
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(main())


def test_the_memory_of_a_cache_is_that_of_its_models(server):
    """The informer keeps one state of each object: neither what was listed first, nor lines, nor raw objects."""
    for number in range(300):
        server.change("ADDED", f"p{number}")

    async def work(core):
        async with SharedInformer(core.list_namespaced_pod, "d") as following:
            for number in range(300):
                server.change("MODIFIED", f"p{number}")
            await until(lambda: cached(following.cache) == versions(server))
            gc.collect()
            # Models are hidden from the garbage collector, the lists in them aren't.
            kept = sum(type(value) is list and value == [server.url] for value in gc.get_objects())
            assert kept == len(server.log) + 300

    run(server, work)


def test_what_is_entered_in_vain_leaves_nothing(server):
    """A timeout, or any error, while the first list is waited for."""
    server.refusals += [(503, {}, changing.status(503, "Busy"))] * 1000

    async def work(core):
        async def enter():
            async with SharedInformer(core.list_namespaced_pod, "d"):
                pass

        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(enter(), 0.2)

    run(server, work)


@pytest.mark.skipif(not hasattr(asyncio.Task, "cancelling"), reason="a task doesn't know whose cancellation it is")
def test_a_handler_that_waits_for_something_cancelled(server, caplog):
    server.change("ADDED", "a"), server.change("ADDED", "b")

    async def work(core):
        following, seen = SharedInformer(core.list_namespaced_pod, "d"), []

        async def handler(pod):
            seen.append(pod.metadata.name)
            other = asyncio.ensure_future(asyncio.sleep(60))
            other.cancel()
            await other

        following.add_event_handler(ADDED, handler)
        async with following:
            await until(lambda: seen == ["a", "b"] and len(caplog.records) == 2)

    run(server, work)


def test_handlers_that_come_and_go(server):
    """While events wait: nobody is told twice, nobody is told who is gone, nobody is forgotten."""
    for name in ("a", "b", "c"):
        server.change("ADDED", name)

    async def work(core):
        following, seen, go = SharedInformer(core.list_namespaced_pod, "d", queue_size=1), [], asyncio.Event()

        async def blocks(pod):
            await go.wait()

        def late(pod):
            seen.append(pod.metadata.name)

        following.add_event_handler(ADDED, blocks)
        await following.start()
        await until(lambda: following._dispatcher.waiting == 1 and following.cache.list_keys() == ["d/a", "d/b", "d/c"])
        gone = [].append
        following.add_event_handler(ADDED, late)
        following.add_event_handler(ADDED, gone)
        following.remove_event_handler(ADDED, gone)
        go.set()
        await following.wait_for_sync()
        await until(lambda: following._dispatcher.waiting == 0 and len(seen) >= 3)
        assert sorted(seen) == ["a", "b", "c"]
        assert following._dispatcher._functions[ADDED] == [blocks, late]
        go.clear()
        server.change("ADDED", "d")
        await until(lambda: following._dispatcher._busy)
        following.add_event_handler(ADDED, gone)
        stopping = asyncio.ensure_future(following.stop())
        await asyncio.sleep(0)
        go.set()
        await stopping
        assert following._dispatcher._functions[ADDED] == [blocks, late, gone]

    run(server, work)


def test_an_index_that_fails_for_an_object(server, caplog):
    server.change("ADDED", "a")

    async def work(core):
        following = SharedInformer(core.list_namespaced_pod, "d")
        following.add_indexers({"app": lambda pod: [pod.metadata.labels["app"]]})
        async with following:
            server.change("ADDED", "b", app="x")
            await until(lambda: len(following.cache.list()) == 2)
            assert [pod.metadata.name for pod in following.cache.by_index("app", "x")] == ["b"]
            with pytest.raises(KeyError):
                following.add_indexers({"other": lambda pod: [pod.metadata.labels["other"]]})
            following.add_indexers({"other": lambda _: []})

    run(server, work)
    assert [record.args[1] for record in caplog.records] == ["d/a"]
