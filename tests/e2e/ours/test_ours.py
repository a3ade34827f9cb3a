"""What the published client doesn't have, against the real server."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from kubernetes import client, dynamic, pager, watch

sys.path.insert(0, str(Path(__file__).parent.parent))

from behind import compact, wait_until
from electing import led_in_turn


@pytest.fixture(scope="module")
def many(core, namespace):
    for number in range(25):
        core.create_namespaced_config_map(namespace, {"metadata": {"name": f"chunk-{number:02}", "labels": {"chunk": "1"}}})
    return [f"chunk-{number:02}" for number in range(25)]


def test_pages_and_items(core, namespace, many):
    pages = list(pager.pages(core.list_namespaced_config_map, namespace, label_selector="chunk=1", limit=10))
    assert [len(page.items) for page in pages] == [10, 10, 5]
    assert len({page.metadata.resource_version for page in pages}) == 1
    assert [
        item.metadata.name for item in pager.items(core.list_namespaced_config_map, namespace, label_selector="chunk=1", limit=7)
    ] == many


@pytest.mark.parametrize("how", ["restart", "continue"])
def test_an_expired_token(core, namespace, many, how):
    found = pager.Pager(limit=10, expired=how).items(core.list_namespaced_config_map, namespace, label_selector="chunk=1")
    names = [next(found).metadata.name for _ in range(10)]
    compact()
    rest = [item.metadata.name for item in found]
    assert rest == (many if how == "restart" else many[10:])
    assert names == many[:10]


def following(core, namespace, watcher, events):
    for event in watcher.stream(core.list_namespaced_config_map, namespace, label_selector="forever=1", timeout_seconds=2):
        events.append((event["type"], event["object"].metadata.name))


def test_a_watch_that_never_ends_outlives_the_server(core, namespace):
    def change(verb, *arguments, **keywords):
        """Call until the server is there."""
        end = time.monotonic() + 60
        while True:
            try:
                return getattr(core, f"{verb}_namespaced_config_map")(*arguments, **keywords)
            except Exception:
                assert time.monotonic() < end
                time.sleep(0.2)

    def body(name):
        return {"metadata": {"name": name, "labels": {"forever": "1"}}}

    def seen(*expected):
        wait_until(lambda: events == list(expected))

    change("create", namespace, body("a"))
    events, watcher = [], watch.Watch(forever=True)
    thread = threading.Thread(target=following, args=(core, namespace, watcher, events))
    thread.start()
    try:
        seen(("ADDED", "a"))
        change("create", namespace, body("b"))
        seen(("ADDED", "a"), ("ADDED", "b"))
        os.kill(int(os.environ["CLUSTER_PID"]), signal.SIGUSR1)  # the server is killed, and started anew
        time.sleep(0.5)
        change("create", namespace, body("c"))
        compact()
        change("delete", "a", namespace)
        change("patch", "b", namespace, {"data": {"x": "y"}})
        seen(("ADDED", "a"), ("ADDED", "b"), ("ADDED", "c"), ("DELETED", "a"), ("MODIFIED", "b"))
    finally:
        watcher.stop()
        thread.join(10)
    assert not thread.is_alive()


def test_the_dynamic_client_watches_forever(api_client, core, namespace):
    maps = dynamic.DynamicClient(api_client).resources.get(api_version="v1", kind="ConfigMap")
    watcher, seen = watch.Watch(forever=True), []
    core.create_namespaced_config_map(namespace, {"metadata": {"name": "dyn-a", "labels": {"dyn": "1"}}})
    for event in maps.watch(namespace=namespace, label_selector="dyn=1", watcher=watcher):
        seen.append((event["type"], event["object"].metadata.name, event["raw_object"]["kind"]))
        if len(seen) == 1:
            core.create_namespaced_config_map(namespace, {"metadata": {"name": "dyn-b", "labels": {"dyn": "1"}}})
        else:
            watcher.stop()
    assert seen == [("ADDED", "dyn-a", "ConfigMap"), ("ADDED", "dyn-b", "ConfigMap")]


def test_leader_election_by_lease_survives_a_killed_leader(api_client, namespace, tmp_path):
    first, second = led_in_turn("leaselock.LeaseLock", namespace, tmp_path)  # difference: lease-lock
    assert first != second
    spec = client.CoordinationV1Api(api_client).read_namespaced_lease("leader", namespace).spec
    assert (spec.holder_identity, spec.lease_duration_seconds) == (second, 4)
    assert abs(time.time() - spec.renew_time.timestamp()) < 10
