"""The packages of `kubernetes.aio` on top of our client, over loopback: dynamic, utils, leaderelection."""

from __future__ import annotations

import asyncio
import datetime
import json
import subprocess
import sys

import pytest
from apiserver import Answer, status
from kubernetes import aio
from kubernetes import client as synchronous
from kubernetes.aio import client, utils, watch
from kubernetes.aio.dynamic import DynamicClient, EagerDiscoverer, LazyDiscoverer, ResourceInstance, exceptions
from kubernetes.aio.leaderelection import electionconfig, leaderelection
from kubernetes.aio.leaderelection.resourcelock.configmaplock import ConfigMapLock
from kubernetes.aio.leaderelection.resourcelock.leaselock import LeaseLock
from test_reused import GROUPS, resources

WIDGETS = "/apis/g.io/v1/namespaces/ns/widgets"
WIDGET = {"apiVersion": "g.io/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": {"a": 1, "ü": "€"}}


@pytest.fixture
def discoverable(server):
    server.script("GET", "/api", Answer(body={"kind": "APIVersions", "versions": ["v1"]}))
    server.script("GET", "/apis", Answer(body=GROUPS))
    server.script("GET", "/api/v1", Answer(body=resources("v1", "configmaps", "ConfigMap")))
    server.script("GET", "/apis/g.io/v1", Answer(body=resources("g.io/v1", "widgets", "Widget")))
    return server


def run(server, work):
    """Run `work(api_client)` in an event loop; nothing may be left open."""

    async def main():
        async with client.ApiClient(client.Configuration(host=server.url)) as api_client:
            found = await work(api_client)
        assert len(asyncio.all_tasks()) == 1
        return found

    return asyncio.run(main())


def run_widgets(server, tmp_path, work, discoverer=None):
    """Run `work(widgets)` with the dynamic client's resource."""

    async def main(api_client):
        dynamic = await DynamicClient(api_client, cache_file=str(tmp_path / "cache"), discoverer=discoverer)
        assert dynamic.version["kubernetes"]["gitVersion"] == "v1.36.0"
        return await work(await dynamic.resources.get(api_version="g.io/v1", kind="Widget"))

    return run(server, main)


@pytest.mark.parametrize("discoverer", [EagerDiscoverer, LazyDiscoverer])
def test_dynamic_objects(discoverable, tmp_path, discoverer):
    async def work(widgets):
        made = await widgets.create(namespace="ns", body=WIDGET)
        assert isinstance(made, ResourceInstance)
        assert (made.spec.a, made.spec["ü"]) == (1, "€")
        patched = await widgets.patch(
            name="w", namespace="ns", body={"spec": {"a": 2}}, content_type="application/merge-patch+json"
        )
        made.spec.a = 3
        replaced = await widgets.replace(namespace="ns", body={**made.to_dict(), "metadata": patched.metadata.to_dict()})
        applied = await widgets.server_side_apply(namespace="ns", body=WIDGET, field_manager="me", force_conflicts=True)
        listed = await widgets.get(namespace="ns", label_selector="a in (b),c", limit=5)
        assert [item.metadata.name for item in listed.items] == ["w"]
        deleted = await widgets.delete(name="w", namespace="ns")
        return patched.spec.a, replaced.spec.a, applied.metadata.name, deleted.metadata.name

    assert run_widgets(discoverable, tmp_path, work, discoverer) == (2, 3, "w", "w")
    made, patched, replaced, applied, listed, deleted = [r for r in discoverable.requests if r.path.startswith(WIDGETS)]
    assert made.body == {key: WIDGET[key] for key in ("apiVersion", "kind", "metadata", "spec")}
    assert patched.headers["content-type"] == "application/merge-patch+json"
    assert (replaced.method, deleted.method, deleted.body) == ("PUT", "DELETE", None)
    assert applied.headers["content-type"] == "application/apply-patch+yaml"
    assert applied.query == {"fieldManager": ["me"], "force": ["true"]}
    assert listed.query == {"labelSelector": ["a in (b),c"], "limit": ["5"]}
    assert listed.headers["accept"] == "application/json"


def test_dynamic_errors(discoverable, tmp_path):
    async def work(widgets):
        with pytest.raises(exceptions.NotFoundError) as missing:
            await widgets.get(name="none", namespace="ns")
        assert (missing.value.status, json.loads(missing.value.body)["reason"]) == (404, "NotFound")
        assert "none" in missing.value.summary()
        first = await widgets.create(namespace="ns", body=WIDGET)
        await widgets.patch(name="w", namespace="ns", body={"spec": {"a": 2}}, content_type="application/merge-patch+json")
        with pytest.raises(exceptions.ConflictError):
            await widgets.replace(namespace="ns", body=first.to_dict())
        with pytest.raises(exceptions.ResourceNotFoundError):
            await widgets.client.resources.get(api_version="g.io/v1", kind="Nothing")

    run_widgets(discoverable, tmp_path, work)


def test_a_dynamic_watch_goes_on_where_it_ended(discoverable, tmp_path):
    def line(kind, name, version):
        metadata = {"name": name, "resourceVersion": version}
        return json.dumps({"type": kind, "object": {**WIDGET, "metadata": metadata}}).encode() + b"\n"

    discoverable.script(
        "GET", WIDGETS, Answer(chunks=[line("ADDED", "a", "5")]), Answer(chunks=[line("DELETED", "a", "8")]),
        Answer(403, status(403, "Forbidden", "no more")),
    )  # fmt: skip
    seen = []

    async def work(widgets):
        watching = watch.Watch()
        with pytest.raises(exceptions.ForbiddenError, match="no more"):
            async for event in widgets.watch(namespace="ns", watcher=watching, label_selector="a"):
                event["name"] = event["object"].metadata.name
                seen.append(event)
        return watching.resource_version

    assert run_widgets(discoverable, tmp_path, work) == "8"
    assert [(event["type"], event["name"], event["raw_object"]["kind"]) for event in seen] == [
        ("ADDED", "a", "Widget"),
        ("DELETED", "a", "Widget"),
    ]
    queries = [request.query for request in discoverable.requests if request.path == WIDGETS]
    assert [query.get("resourceVersion") for query in queries] == [None, ["5"], ["8"]]
    assert all(query["watch"] == ["true"] and query["labelSelector"] == ["a"] for query in queries)


def test_calls_as_37_makes_them(server):
    """Parameters → a request → a response → data: what generated methods of 37 are made of."""
    server.token = "secret"

    async def work(api_client):
        api_client.configuration.api_key["authorization"] = "Bearer secret"
        body = client.V1ConfigMap(metadata=client.V1ObjectMeta(name="a"), data={"k": "ü"})
        where = {"path_params": {"namespace": "n ü"}, "auth_settings": ["BearerToken"]}
        path = "/api/v1/namespaces/{namespace}/configmaps"
        request = await api_client.param_serialize("POST", path, query_params={"pretty": True}, body=body, **where)
        assert request[:2] == ("POST", f"{server.url}/api/v1/namespaces/n%20%C3%BC/configmaps?pretty=true")
        response = await api_client.call_api(*request, _request_timeout=5)
        with pytest.raises(client.ApiValueError, match="not read"):
            api_client.response_deserialize(response, {})
        assert json.loads(await response.read()) == json.loads(response.data)
        answer = api_client.response_deserialize(response, {"2XX": "V1ConfigMap"})
        assert isinstance(answer.data, synchronous.V1ConfigMap)
        assert (answer.data.data, answer.status_code, response.headers["Content-Type"]) == ({"k": "ü"}, 201, "application/json")
        again = await api_client.call_api(*request)
        await again.read()
        with pytest.raises(client.ApiException, match="AlreadyExists"):
            api_client.response_deserialize(again, {"201": "V1ConfigMap"})

    run(server, work)


def test_create_from_yaml_and_retries(server, tmp_path):
    path = tmp_path / "objects.yaml"
    path.write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n---\n"
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {}, template: {}}\n"
    )

    async def work(api_client):
        core = client.CoreV1Api(api_client)
        made = await utils.create_from_yaml(api_client, str(path), namespace="ns")
        assert [type(item[0]) for item in made] == [synchronous.V1ConfigMap, synchronous.V1Deployment]
        with pytest.raises(utils.FailToCreateError, match="AlreadyExists"):
            await utils.create_from_yaml(api_client, str(path), namespace="ns")
        stale = await core.read_namespaced_config_map("a", "ns")
        await core.patch_namespaced_config_map("a", "ns", {"data": {"k": "w"}})
        reads = [stale]

        async def replace():
            found = reads.pop() if reads else await core.read_namespaced_config_map("a", "ns")
            found.data["mine"] = "1"
            return await core.replace_namespaced_config_map("a", "ns", found)

        return (await utils.retry_on_conflict(replace)).data

    assert run(server, work) == {"k": "w", "mine": "1"}


class Candidate:
    """Runs for a lock and keeps what happened to it; its work takes a while to end."""

    def __init__(self, lock, name, api_client):
        self.name, self.history, self.leads = name, [], asyncio.Event()
        config = electionconfig.Config(
            lock("lock", "ns", name, api_client),
            lease_duration=2,
            renew_deadline=1.5,
            retry_period=1,
            onstarted_leading=self.lead,
            onstopped_leading=self.stop,
        )
        self.task = asyncio.ensure_future(leaderelection.LeaderElection(config).run())

    async def lead(self):
        self.leads.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            self.history.append("work ended")

    async def stop(self):
        self.history.append("stopped")

    async def cancel(self):
        self.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self.task


async def first_leader(candidates):
    """Return the candidate that leads first, and the others."""
    waiting = {asyncio.ensure_future(candidate.leads.wait()): candidate for candidate in candidates}
    done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.wait(waiting)
    (leader,) = (waiting[task] for task in done)
    return leader, [waiting[task] for task in pending]


def test_leader_election(server):
    """Two candidates for each kind of lock; the leader is cancelled; another leads when the lease has run out."""

    async def elect(api_client, lock):
        leader, (other,) = await first_leader([Candidate(lock, name, api_client) for name in ("a", "b")])
        await asyncio.sleep(1.2)  # renewed once
        assert not other.leads.is_set()
        await leader.cancel()
        assert leader.history == ["work ended", "stopped"]
        await other.leads.wait()
        await other.cancel()
        assert other.history == ["work ended", "stopped"]
        return other.name

    async def work(api_client):
        return await asyncio.wait_for(asyncio.gather(elect(api_client, LeaseLock), elect(api_client, ConfigMapLock)), 20)

    leaders = run(server, work)
    lease = server.objects["apis/coordination.k8s.io/v1", "ns", "leases"]["lock"]["spec"]
    assert (lease["holderIdentity"], lease["leaseDurationSeconds"]) == (leaders[0], 2)
    renewed = datetime.datetime.fromisoformat(lease["renewTime"].replace("Z", "+00:00"))
    assert abs((datetime.datetime.now(datetime.timezone.utc) - renewed).total_seconds()) < 60
    config_map = server.objects["api/v1", "ns", "configmaps"]["lock"]["metadata"]["annotations"]
    assert json.loads(config_map["control-plane.alpha.kubernetes.io/leader"])["holderIdentity"] == leaders[1]


def test_a_leader_that_is_cancelled_while_it_renews_stops():
    """The cancellation comes with the answer to a renewal, which asyncio.wait_for of older Pythons takes for more important."""
    ended = []

    class Lock:
        name, namespace, identity, renewals, candidate = "lock", "ns", "a", 0, None

        async def get(self, name, namespace):
            return True, None

        async def update(self, name, namespace, record):
            self.renewals += 1
            if self.renewals == 2:
                self.candidate.cancel()
            return True

    async def lead():
        await asyncio.Event().wait()

    async def stop():
        ended.append("stopped")

    async def work():
        lock = Lock()
        settings = electionconfig.Config(lock, 2, 1.5, 1, onstarted_leading=lead, onstopped_leading=stop)
        lock.candidate = asyncio.ensure_future(leaderelection.LeaderElection(settings).run())
        await asyncio.wait([lock.candidate], timeout=1.5)  # between renewals, so that a failure ends too
        assert lock.candidate.cancelled()
        assert (ended, lock.renewals) == (["stopped"], 2)

    asyncio.run(work())


@pytest.mark.parametrize("fault", ["silent", "gone"])
def test_a_leader_that_cannot_renew_stops(server, fault):
    """A server that is away or doesn't answer is no reason to fail, nor to go on leading."""

    async def work(api_client):
        candidate = Candidate(LeaseLock, "a", api_client)
        await candidate.leads.wait()
        if fault == "gone":
            api_client.configuration.host = "http://127.0.0.1:1"
        else:
            server.script("GET", "/apis/coordination.k8s.io/v1/namespaces/ns/leases/lock", Answer(stall=3.0))
        await asyncio.wait_for(candidate.task, 2.9)
        return candidate.history

    assert run(server, work) == ["work ended", "stopped"]


def test_packages_are_imported_when_they_are_used():
    names = {"client", "config", "dynamic", "informer", "leaderelection", "pager", "stream", "utils", "watch"}
    assert names <= set(dir(aio))
    code = (
        f"from kubernetes import aio, client; import sys; print([n for n in {names!r} if 'kubernetes.aio.' + n in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
