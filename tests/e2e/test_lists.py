"""Lists: pages, tokens that expire, selectors, and many threads at once."""

from __future__ import annotations

import concurrent.futures
import json

import pytest
from kubernetes import client

from cluster import compact

MANY = 2000
THREADS = 32


def create(core, namespace, names, **labels):
    for name in names:
        core.create_namespaced_config_map(
            namespace, client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels=labels or None))
        )


def names(answer):
    return [item.metadata.name for item in answer.items]


def test_pages(core, namespace):
    create(core, namespace, "abcdefg")
    pages, token = [], None
    while True:
        page = core.list_namespaced_config_map(namespace, limit=3, _continue=token)
        pages.append(names(page))
        token = page.metadata._continue
        if not token:
            break
        assert page.metadata.remaining_item_count == 7 - sum(map(len, pages))
    assert pages == [["a", "b", "c"], ["d", "e", "f"], ["g"]]


def test_pages_show_one_moment(core, namespace):
    create(core, namespace, "ac")
    first = core.list_namespaced_config_map(namespace, limit=1)
    create(core, namespace, "b")
    second = core.list_namespaced_config_map(namespace, limit=5, _continue=first.metadata._continue)
    assert names(second) == ["c"]
    assert second.metadata.resource_version == first.metadata.resource_version


def test_an_expired_token(core, namespace):
    create(core, namespace, "abc")
    first = core.list_namespaced_config_map(namespace, limit=1)
    create(core, namespace, "d")
    compact()
    with pytest.raises(client.ApiException) as caught:
        core.list_namespaced_config_map(namespace, limit=1, _continue=first.metadata._continue)
    assert caught.value.status == 410
    status = json.loads(caught.value.body)
    assert status["reason"] == "Expired"
    # The error has a token that goes on, from a later moment.
    rest = core.list_namespaced_config_map(namespace, _continue=status["metadata"]["continue"])
    assert names(rest) == ["b", "c", "d"]


def test_a_token_that_is_none(core, namespace):
    with pytest.raises(client.ApiException) as caught:
        core.list_namespaced_config_map(namespace, limit=1, _continue="none")
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("tier=front", ["a"]),
        ("tier!=front", ["b", "c"]),
        ("tier in (front,back)", ["a", "b"]),
        ("tier notin (front)", ["b", "c"]),
        ("!tier", ["c"]),
        ("tier,tier!=back", ["a"]),
    ],
)
def test_label_selectors(core, namespace, selector, found):
    create(core, namespace, "a", tier="front")
    create(core, namespace, "b", tier="back")
    create(core, namespace, "c")
    assert names(core.list_namespaced_config_map(namespace, label_selector=selector)) == found


def test_field_selectors(core, namespace):
    create(core, namespace, "abc")
    assert names(core.list_namespaced_config_map(namespace, field_selector="metadata.name=b")) == ["b"]
    assert names(core.list_namespaced_config_map(namespace, field_selector="metadata.name!=b")) == ["a", "c"]
    assert names(core.list_config_map_for_all_namespaces(field_selector=f"metadata.namespace={namespace}")) == ["a", "b", "c"]
    with pytest.raises(client.ApiException) as caught:
        core.list_namespaced_config_map(namespace, field_selector="data.a=b")
    assert caught.value.status == 400


def test_a_list_as_of_a_version(core, namespace):
    create(core, namespace, "a")
    then = core.list_namespaced_config_map(namespace)
    create(core, namespace, "b")
    exact = core.list_namespaced_config_map(
        namespace, resource_version=then.metadata.resource_version, resource_version_match="Exact", limit=10
    )
    assert names(exact) == ["a"]


def test_many_objects_listed_by_many_threads(core, recorder, namespace):
    recorder.pause()

    def make(start):
        for number in range(start, MANY, THREADS):
            name = f"object-{number:04}"
            body = client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name), data={"number": str(number), "text": "ä" * 100})
            core.create_namespaced_config_map(namespace, body)

    def listed(number):
        if number % 2:
            found = core.list_namespaced_config_map(namespace).items
        else:
            found, token = [], None
            while token is None or token:
                page = core.list_namespaced_config_map(namespace, limit=700, _continue=token)
                found += page.items
                token = page.metadata._continue or ""
        return [(item.metadata.name, item.data["number"]) for item in found]

    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(make, range(THREADS)))
        wanted = [(f"object-{number:04}", str(number)) for number in range(MANY)]
        assert all(found == wanted for found in pool.map(listed, range(THREADS)))


def test_calls_in_the_background(core, namespace, recorder):
    create(core, namespace, "abc")
    recorder.pause()
    calls = [core.read_namespaced_config_map(name, namespace, async_req=True) for name in "abc"]
    assert [call.get(30).metadata.name for call in calls] == ["a", "b", "c"]
    missing = core.read_namespaced_config_map("z", namespace, async_req=True)
    with pytest.raises(client.ApiException) as caught:
        missing.get(30)
    assert caught.value.status == 404
