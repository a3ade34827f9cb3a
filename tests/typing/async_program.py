"""A user's asynchronous program: mypy --strict and pyright strict must know its types, and accept it without a complaint."""

from __future__ import annotations

import asyncio
from typing import Any

from kubernetes.aio import client, config, pager, stream, utils, watch
from kubernetes.aio.informer import ADDED, SharedInformer
from kubernetes.aio.leaderelection.electionconfig import Config
from kubernetes.aio.leaderelection.leaderelection import LeaderElection
from kubernetes.aio.leaderelection.resourcelock.leaselock import LeaseLock
from kubernetes.client import V1Pod, V1PodList
from typing_extensions import assert_type


async def call(core: client.CoreV1Api) -> int:
    pods = await core.list_namespaced_pod("ns", limit=500, label_selector="a=b", _request_timeout=(1.0, 30))
    assert_type(pods, V1PodList)
    answer = await core.list_namespaced_pod_with_http_info("ns")
    assert_type(answer.data, V1PodList)
    made = await core.create_namespaced_pod("ns", client.V1Pod(metadata=client.V1ObjectMeta(name="a")))
    assert_type(made, V1Pod)
    async for page in pager.pages(core.list_namespaced_pod, "ns", limit=100):
        assert_type(page, V1PodList)
    async for pod in pager.items(core.list_namespaced_pod, "ns"):
        assert_type(pod, V1Pod)
    return len(pods.items)


async def packages(api_client: client.ApiClient) -> None:
    async def work() -> None: ...

    async with stream.WsApiClient(heartbeat=30) as sockets:
        printed = await client.CoreV1Api(sockets).connect_get_namespaced_pod_exec("p", "ns", command=["date"])
        assert_type(printed, str)
    await utils.create_from_yaml(api_client, "objects.yaml", namespace="ns")
    lock = LeaseLock("lock", "ns", "me", api_client)
    await LeaderElection(Config(lock, 15, 10, 2, onstarted_leading=work, onstopped_leading=work)).run()


async def follow(core: client.CoreV1Api) -> None:
    watcher = watch.Watch(forever=True)
    async for event in watcher.stream(core.list_namespaced_pod, "ns"):
        assert_type(event["object"], V1Pod)
        assert_type(event["raw_object"], dict[str, Any])
        watcher.stop()
    async with watch.Watch().stream(core.read_namespaced_pod_log, "a", "ns") as lines:
        async for line in lines:
            assert_type(line, str)


async def cache(core: client.CoreV1Api) -> list[V1Pod]:
    informer = SharedInformer(core.list_namespaced_pod, "ns", label_selector="a=b")
    assert_type(informer, SharedInformer[V1Pod])
    informer.add_event_handler(ADDED, print)
    informer.add_indexers({"node": lambda pod: [pod.spec.node_name] if pod.spec else []})
    async with informer:
        assert_type(informer.lister.get("a", "ns"), V1Pod | None)
        assert_type(informer.cache.by_index("node", "n1"), list[V1Pod])
        return informer.lister.list(namespace="ns", labels={"a": "b"})


async def main() -> None:
    await config.load_kube_config()
    async with client.ApiClient(client.Configuration(host="https://example")) as api_client:
        core = client.CoreV1Api(api_client)
        await asyncio.gather(call(core), follow(core), cache(core))


if __name__ == "__main__":
    asyncio.run(main())
