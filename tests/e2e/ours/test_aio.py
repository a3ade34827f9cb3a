"""The asynchronous client against the real server: what controllers do with it."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from kubernetes.aio import client, config, pager, utils, watch
from kubernetes.aio.dynamic import DynamicClient, exceptions
from kubernetes.aio.leaderelection import electionconfig, leaderelection
from kubernetes.aio.leaderelection.resourcelock.leaselock import LeaseLock

SCHEMA = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
YAML = """
apiVersion: v1
kind: ConfigMap
metadata: {name: from-aio-yaml}
data: {k: "ü€😀"}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: from-aio-yaml}, stringData: {k: v}}
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: from-aio-yaml}}
"""


def run(work):
    """Run `work(api_client)` in an event loop with the kubeconfig's client; nothing may be left open."""

    async def main():
        configuration = client.Configuration()
        await config.load_kube_config(context="token", client_configuration=configuration)
        async with client.ApiClient(configuration) as api_client:
            found = await asyncio.wait_for(work(api_client), 60)
        assert len(asyncio.all_tasks()) == 1
        return found

    return asyncio.run(main())


async def eventually(attempt, errors):
    """Return what an attempt returns once the server is ready for it. Raises its error after 20 seconds."""
    for _ in range(100):
        try:
            return await attempt()
        except errors:
            await asyncio.sleep(0.2)
    return await attempt()


def test_a_custom_kind_with_the_dynamic_client(namespace, tmp_path):
    group = f"g{uuid.uuid4().hex[:8]}.example.com"
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": SCHEMA}}
    names = {"plural": "gadgets", "kind": "Gadget"}
    crd = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"gadgets.{group}"},
        "spec": {"group": group, "scope": "Namespaced", "names": names, "versions": [version]},
    }

    async def follow(gadgets, watching, seen, started):
        async for event in gadgets.watch(namespace=namespace, watcher=watching):
            seen.append((event["type"], event["object"].spec.size))
            started.set()
            if event["type"] == "DELETED":
                watching.stop()

    async def work(api_client):
        dynamic = await DynamicClient(api_client, cache_file=str(tmp_path / "cache"))
        crds = await dynamic.resources.get(api_version="apiextensions.k8s.io/v1", kind="CustomResourceDefinition")
        await crds.create(body=crd)
        gadgets = await eventually(
            lambda: dynamic.resources.get(api_version=f"{group}/v1", kind="Gadget"), exceptions.ResourceNotFoundError
        )
        body = {"apiVersion": f"{group}/v1", "kind": "Gadget", "metadata": {"name": "g"}, "spec": {"size": 1, "ü": "😀"}}
        made = await eventually(lambda: gadgets.create(namespace=namespace, body=body), exceptions.NotFoundError)
        watching, seen, started = watch.Watch(), [], asyncio.Event()
        following = asyncio.ensure_future(follow(gadgets, watching, seen, started))
        await started.wait()
        with pytest.raises(exceptions.ConflictError):
            await gadgets.create(namespace=namespace, body=body)
        merge = "application/merge-patch+json"
        patched = await gadgets.patch(name="g", namespace=namespace, body={"spec": {"size": 2}}, content_type=merge)
        made.spec.size = 9
        with pytest.raises(exceptions.ConflictError, match="modified"):
            await gadgets.replace(namespace=namespace, body=made.to_dict())
        applied = {**body, "spec": {"size": 3, "more": "€"}}
        found = await gadgets.server_side_apply(namespace=namespace, body=applied, field_manager="me", force_conflicts=True)
        assert (patched.spec.size, found.spec.to_dict()) == (2, {"size": 3, "ü": "😀", "more": "€"})
        assert [item.metadata.name for item in (await gadgets.get(namespace=namespace, limit=5)).items] == ["g"]
        await gadgets.delete(name="g", namespace=namespace)
        await asyncio.wait_for(following, 10)
        with pytest.raises(exceptions.NotFoundError):
            await gadgets.get(name="g", namespace=namespace)
        await crds.delete(name=crd["metadata"]["name"])
        return seen

    assert run(work) == [("ADDED", 1), ("MODIFIED", 2), ("MODIFIED", 3), ("DELETED", 3)]


def test_create_from_yaml(namespace, tmp_path):
    path = tmp_path / "objects.yaml"
    path.write_text(YAML, encoding="utf-8")

    async def work(api_client):
        made = await utils.create_from_yaml(api_client, str(path), namespace=namespace)
        with pytest.raises(utils.FailToCreateError, match="already exists") as caught:
            await utils.create_from_yaml(api_client, str(path), namespace=namespace)
        assert [error.status for error in caught.value.api_exceptions] == [409, 409, 409]
        return [[type(item).__name__ for item in items] for items in made]

    assert run(work) == [["V1ConfigMap"], ["V1Secret", "V1ServiceAccount"]]


def test_pages_and_a_watch_from_where_the_list_ended(namespace):
    async def work(api_client):
        core = client.CoreV1Api(api_client)
        for number in range(7):
            body = {"metadata": {"name": f"page-{number}", "labels": {"aio": "1"}}}
            await core.create_namespaced_config_map(namespace, body)
        pages = [page async for page in pager.pages(core.list_namespaced_config_map, namespace, label_selector="aio=1", limit=3)]
        version = pages[-1].metadata.resource_version
        await core.patch_namespaced_config_map("page-0", namespace, {"data": {"k": "v"}})
        await core.delete_namespaced_config_map("page-1", namespace)
        seen = []
        async with watch.Watch() as watching:
            listing = (core.list_namespaced_config_map, namespace)
            async for event in watching.stream(*listing, label_selector="aio=1", resource_version=version):
                seen.append((event["type"], event["object"].metadata.name))
                if len(seen) == 2:
                    break
        return [len(page.items) for page in pages], seen

    assert run(work) == ([3, 3, 1], [("MODIFIED", "page-0"), ("DELETED", "page-1")])


def test_leader_election_by_lease(namespace):
    """Two candidates; the one that leads is cancelled; the other leads when the lease has run out."""
    history = []

    def candidate(name, api_client, leads):
        async def lead():
            history.append(f"{name} leads")
            leads.set_result(name)
            await asyncio.Event().wait()

        async def stop():
            history.append(f"{name} stops")

        lock = LeaseLock("aio-lock", namespace, name, api_client)
        settings = electionconfig.Config(lock, 3, 2, 1, onstarted_leading=lead, onstopped_leading=stop)
        return asyncio.ensure_future(leaderelection.LeaderElection(settings).run())

    async def work(api_client):
        leads = {name: asyncio.get_running_loop().create_future() for name in ("a", "b")}
        tasks = {name: candidate(name, api_client, leads[name]) for name in leads}
        await asyncio.wait(leads.values(), return_when=asyncio.FIRST_COMPLETED)
        for _ in tasks:
            (leader,) = [name for name, future in leads.items() if future.done() and not tasks[name].done()]
            lease = await client.CoordinationV1Api(api_client).read_namespaced_lease("aio-lock", namespace)
            assert lease.spec.holder_identity == leader
            tasks[leader].cancel()
            await asyncio.wait([tasks[leader]])
            waiting = [future for future in leads.values() if not future.done()]
            if waiting:
                await asyncio.wait(waiting)

    run(work)
    first, second = ("a", "b") if history[0] == "a leads" else ("b", "a")
    assert history == [f"{first} leads", f"{first} stops", f"{second} leads", f"{second} stops"]


def test_the_dynamic_client_watches_forever(namespace):
    async def work(api_client):
        maps = await (await DynamicClient(api_client)).resources.get(api_version="v1", kind="ConfigMap")
        core, watching, seen = client.CoreV1Api(api_client), watch.Watch(forever=True), []

        async def make(name):
            await core.create_namespaced_config_map(namespace, {"metadata": {"name": name, "labels": {"aio-dyn": "1"}}})

        await make("aio-dyn-a")
        async for event in maps.watch(namespace=namespace, label_selector="aio-dyn=1", watcher=watching):
            seen.append((event["type"], event["object"].metadata.name, event["raw_object"]["kind"]))
            if len(seen) == 1:
                await make("aio-dyn-b")
            else:
                watching.stop()
        assert seen == [("ADDED", "aio-dyn-a", "ConfigMap"), ("ADDED", "aio-dyn-b", "ConfigMap")]

    run(work)
