"""What the published client doesn't have, against the real server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from kubernetes import pager

sys.path.insert(0, str(Path(__file__).parent.parent))

from behind import compact


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
