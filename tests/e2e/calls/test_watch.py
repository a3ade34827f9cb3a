"""Watches: bookmarks, resuming, versions that are too old, streams that end."""

from __future__ import annotations

import threading
import time

import pytest
from behind import compact, wait_until
from kubernetes import client, watch


def make(core, namespace, name, **data):
    return core.create_namespaced_config_map(
        namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name), data=data or None)
    )


def told(event):
    return event["type"], event["object"].metadata.name, event["object"].data


def test_events_from_a_version_on(core, namespace, recorder):
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    make(core, namespace, "a", key="ä")
    make(core, namespace, "b")
    core.patch_namespaced_config_map("a", namespace, {"data": {"key": "new"}})
    core.delete_namespaced_config_map("b", namespace)
    events = list(watch.Watch().stream(core.list_namespaced_config_map, namespace, resource_version=start, timeout_seconds=1))
    assert [told(event) for event in events] == [
        ("ADDED", "a", {"key": "ä"}),
        ("ADDED", "b", None),
        ("MODIFIED", "a", {"key": "new"}),
        ("DELETED", "b", None),
    ]
    for event in events:
        recorder.add(event["type"], [event["object"], event["raw_object"]])
        assert event["raw_object"]["metadata"]["uid"] == event["object"].metadata.uid


def test_a_watch_goes_on_when_the_server_ends_it(core, namespace):
    """The server ends each watch after a second; the stream doesn't, and nothing is lost or comes twice."""
    calls = []

    def listed(*args, **kwargs):
        """:rtype: V1ConfigMapList"""
        calls.append(kwargs.get("resource_version"))
        return core.list_namespaced_config_map(*args, timeout_seconds=1, **kwargs)

    names = [f"object-{number}" for number in range(8)]

    def write():
        for name in names:
            make(core, namespace, name)
            time.sleep(0.4)

    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    writer = threading.Thread(target=write)
    writer.start()
    watcher, found = watch.Watch(), []
    for event in watcher.stream(listed, namespace, resource_version=start):
        found.append(event["object"].metadata.name)
        if len(found) == len(names):
            watcher.stop()
    writer.join()
    assert found == names
    assert len(calls) > 2
    assert len(set(calls)) == len(calls)  # each from where the last one ended


def test_bookmarks_move_the_version(core, namespace):
    """The server sends one shortly before it ends a watch that has a timeout."""
    make(core, namespace, "a")
    watcher = watch.Watch()
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    for number in range(3):  # versions go up elsewhere
        core.create_namespaced_secret(namespace, client.V1Secret(metadata=client.V1ObjectMeta(name=f"elsewhere-{number}")))
    elsewhere = make(core, "default", f"made-{namespace}").metadata.resource_version
    kinds = []
    options = {"resource_version": start, "timeout_seconds": 4, "allow_watch_bookmarks": True}
    for event in watcher.stream(core.list_namespaced_config_map, namespace, **options):
        kinds.append(event["type"])
    assert set(kinds) == {"BOOKMARK"}
    assert int(watcher.resource_version) >= int(elsewhere) > int(start)
    core.delete_namespaced_config_map(f"made-{namespace}", "default")


def test_a_version_that_is_too_old(core, namespace, api_client):
    watcher = watch.Watch()
    with pytest.raises(client.ApiException) as caught:
        # No cache of the server goes back to version 1.
        list(watcher.stream(core.list_namespaced_config_map, namespace, resource_version="1", timeout_seconds=3))
    assert caught.value.status == 410
    assert caught.value.reason.startswith("Expired: too old resource version: 1")
    # As every controller does it: list again, and go on from there.
    make(core, namespace, "a")
    again = core.list_namespaced_config_map(namespace).metadata.resource_version
    make(core, namespace, "b")
    events = watcher.stream(core.list_namespaced_config_map, namespace, resource_version=again, timeout_seconds=1)
    assert [event["object"].metadata.name for event in events] == ["b"]


def test_compaction_does_not_hurt_a_running_watch(core, namespace):
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    found = []

    def follow():
        for event in watch.Watch().stream(core.list_namespaced_config_map, namespace, resource_version=start, timeout_seconds=4):
            found.append(event["object"].metadata.name)

    following = threading.Thread(target=follow)
    following.start()
    make(core, namespace, "before")
    wait_until(lambda: found)
    compact()
    make(core, namespace, "after")
    following.join()
    assert found == ["before", "after"]


def test_selectors_turn_changes_into_events(core, namespace):
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    make(core, namespace, "a")
    for labels in ({"in": "yes"}, {"in": "no"}):
        core.patch_namespaced_config_map("a", namespace, {"metadata": {"labels": labels}})
    options = {"resource_version": start, "label_selector": "in=yes", "timeout_seconds": 1}
    events = watch.Watch().stream(core.list_namespaced_config_map, namespace, **options)
    assert [event["type"] for event in events] == ["ADDED", "DELETED"]


def test_stopping_from_another_thread(core, namespace):
    make(core, namespace, "a")
    watcher, seen = watch.Watch(), threading.Event()

    def stop():
        seen.wait()
        watcher.stop()

    stopping = threading.Thread(target=stop)
    stopping.start()
    for _ in watcher.stream(core.list_namespaced_config_map, namespace, timeout_seconds=3):
        seen.set()
    stopping.join()


def test_forbidden_watches(connect, namespace):
    with pytest.raises(client.ApiException) as caught:
        list(watch.Watch().stream(client.CoreV1Api(connect("nobody")).list_namespaced_config_map, namespace, timeout_seconds=1))
    assert caught.value.status == 403


def test_other_kinds(api_client, namespace, recorder):
    batch = client.BatchV1Api(api_client)
    template = {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}
    batch.create_namespaced_job(namespace, {"metadata": {"name": "one"}, "spec": {"template": template}})
    events = list(watch.Watch().stream(batch.list_namespaced_job, namespace, timeout_seconds=1))
    assert [(event["type"], type(event["object"]).__name__) for event in events] == [("ADDED", "V1Job")]
    recorder.add("job", events[0]["object"])
