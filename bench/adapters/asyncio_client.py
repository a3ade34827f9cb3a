"""kubernetes_asyncio: the same generated models; decoding needs no event loop, an ApiClient does."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_OBJECT = "CoreV1Api"


def _client() -> Any:
    from kubernetes_asyncio import client

    async def make() -> Any:
        return client.ApiClient()

    return asyncio.run(make())


def imported() -> None:
    from kubernetes_asyncio import client as _  # noqa: F401


def first_object() -> Any:
    from kubernetes_asyncio import client

    return client.CoreV1Api(_client())


def decoder(kind: str) -> Callable[[bytes], Any]:
    api_client = _client()
    name = f"V1{kind}" if kind != "EventList" else "CoreV1EventList"

    class Response:
        data: str

    def decode(data: bytes) -> Any:
        response = Response()
        response.data = data.decode()
        try:
            return api_client.deserialize(response, name)
        except TypeError:  # newer releases take the text and its type
            return api_client.deserialize(response.data, name, "application/json")

    return decode


def constructor() -> Callable[[], Any]:
    from kubernetes_asyncio.client import V1Container

    return lambda: V1Container(name="a", image="b")


def serialiser() -> Callable[[Any], Any]:
    sanitize = _client().sanitize_for_serialization
    return lambda value: json.dumps(sanitize(value))


def to_dict(value: Any) -> Any:
    return value.to_dict()


def watcher(url: str) -> Callable[[], int]:
    """Watch until the server ends the answer; return how many events came."""
    from kubernetes_asyncio import client, watch

    loop = asyncio.new_event_loop()

    async def connect() -> Any:
        return client.CoreV1Api(client.ApiClient(client.Configuration(host=url)))

    async def main() -> int:
        stream = watch.Watch().stream(core.list_namespaced_pod, "d", timeout_seconds=1)
        return sum([1 async for _ in stream])

    core = loop.run_until_complete(connect())
    return lambda: loop.run_until_complete(main())


def attribute(pods: Any) -> tuple[Any, str]:
    return pods.items[0].spec, "node_name"
