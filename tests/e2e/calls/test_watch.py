"""Watches: bookmarks, resuming, versions that are too old, streams that end."""

from __future__ import annotations

import threading
import time

import pytest
import urllib3
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


def test_bookmarks_move_the_version(core, namespace, recorder):
    """The server sends one two seconds before it ends a watch, if something happened that the watch doesn't show."""
    make(core, namespace, "a")
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    recorder.pause()
    elsewhere = []

    def write():
        time.sleep(0.5)
        elsewhere.append(make(core, "default", f"made-{namespace}"))

    writing = threading.Thread(target=write)
    writing.start()
    watcher = watch.Watch()
    options = {"resource_version": start, "timeout_seconds": 4, "allow_watch_bookmarks": True}
    kinds = [event["type"] for event in watcher.stream(core.list_namespaced_config_map, namespace, **options)]
    writing.join()
    core.delete_namespaced_config_map(f"made-{namespace}", "default")
    assert set(kinds) == {"BOOKMARK"}
    assert int(watcher.resource_version) >= int(elsewhere[0].metadata.resource_version) > int(start)


def event_of(namespace, name):
    involved = client.V1ObjectReference(kind="ConfigMap", name="a", namespace=namespace)
    return client.CoreV1Event(metadata=client.V1ObjectMeta(name=name), involved_object=involved, reason="Tested", type="Normal")


def test_a_version_that_is_too_old(core, namespace):
    """Of events the server keeps no cache, so compaction is enough; of others it forgets by a restart or by much traffic."""
    core.create_namespaced_event(namespace, event_of(namespace, "a"))
    old = core.list_namespaced_event(namespace).metadata.resource_version
    core.create_namespaced_event(namespace, event_of(namespace, "b"))
    compact()
    watcher = watch.Watch()
    with pytest.raises(client.ApiException) as caught:
        list(watcher.stream(core.list_namespaced_event, namespace, resource_version=old, timeout_seconds=3))
    assert caught.value.status == 410
    assert caught.value.reason.startswith("Expired: ")
    # As every controller does it: list again, and go on from there.
    again = core.list_namespaced_event(namespace).metadata.resource_version
    core.create_namespaced_event(namespace, event_of(namespace, "c"))
    events = watcher.stream(core.list_namespaced_event, namespace, resource_version=again, timeout_seconds=1)
    assert [event["object"].metadata.name for event in events] == ["c"]


def test_compaction_does_not_hurt_a_running_watch(core, namespace):
    start = core.list_namespaced_config_map(namespace).metadata.resource_version
    found = []

    def follow():
        events = watch.Watch().stream(core.list_namespaced_config_map, namespace, resource_version=start, timeout_seconds=2)
        found.extend(event["object"].metadata.name for event in events)

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


def test_stopping_from_another_thread(core, namespace, recorder):
    ours = recorder.difference("watch-stop")
    make(core, namespace, "a")
    watcher, seen = watch.Watch(), threading.Event()

    def stop():
        seen.wait()
        watcher.stop()

    stopping = threading.Thread(target=stop)
    stopping.start()
    try:
        for _ in watcher.stream(core.list_namespaced_config_map, namespace, timeout_seconds=30):
            seen.set()
    except urllib3.exceptions.ProtocolError:
        assert not ours
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
