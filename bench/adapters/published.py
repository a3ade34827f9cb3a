"""The published API: ours and every release of `kubernetes` (37 too, which keeps these names)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_OBJECT = "CoreV1Api"


class Response:
    """What `deserialize` takes."""

    def __init__(self, data: bytes | str) -> None:
        self.data = data


def decoder(kind: str) -> Callable[[bytes], Any]:
    """Decode as a call does with its answer: the published releases make text of the bytes first."""
    from kubernetes import client

    api_client = client.CoreV1Api().api_client
    name = f"V1{kind}" if kind != "EventList" else "CoreV1EventList"
    if hasattr(client.V1Pod, "_model_"):
        return lambda data: api_client.deserialize(Response(data), name)
    if hasattr(client.V1Pod, "model_fields"):  # 37 takes the text itself
        return lambda data: api_client.deserialize(data.decode(), name, "application/json")
    return lambda data: api_client.deserialize(Response(data.decode()), name)


def constructor() -> Callable[[], Any]:
    from kubernetes.client import V1Container

    return lambda: V1Container(name="a", image="b")


def imported() -> None:
    from kubernetes import client as _  # noqa: F401


def first_object() -> Any:
    from kubernetes import client

    return client.CoreV1Api()


def sanitizer() -> Callable[[Any], Any]:
    from kubernetes import client

    found: Callable[[Any], Any] = client.ApiClient().sanitize_for_serialization
    return found


def serialiser() -> Callable[[Any], Any]:
    """Make the text of a request's body, as a call does: ours prints models at once, the others sanitize them first."""
    from kubernetes.client import V1Pod, rest

    if hasattr(V1Pod, "_model_"):
        found: Callable[[Any], Any] = rest._text
        return found
    sanitize = sanitizer()
    return lambda value: json.dumps(sanitize(value))


def to_dict(value: Any) -> Any:
    return value.to_dict()


def attribute(pods: Any) -> tuple[Any, str]:
    return pods.items[0].spec, "node_name"


def _api(url: str, ca: str | None) -> Any:
    from kubernetes import client

    configuration = client.Configuration(host=url)
    configuration.ssl_ca_cert = ca
    return client.CoreV1Api(client.ApiClient(configuration))


def reader(url: str, ca: str | None) -> Callable[[], Any]:
    """Read one Pod."""
    api = _api(url, ca)
    return lambda: api.read_namespaced_pod("a", "d")


def lister(url: str, ca: str | None) -> Callable[[], Any]:
    found: Callable[[], Any] = _api(url, ca).list_pod_for_all_namespaces
    return found


def informer(url: str, size: int, changes: int, watched: Callable[[str], Any]) -> None:
    """Cache Pods until all are there, then until so many of them have changed; `watched` is told of both."""
    import threading

    from kubernetes.informer import ADDED, MODIFIED, SharedInformer

    following = SharedInformer(_api(url, None).list_namespaced_pod, "i")
    counts, complete, done = {ADDED: 0, MODIFIED: 0}, threading.Event(), threading.Event()

    def count(kind: str, most: int, reached: threading.Event) -> Callable[[Any], None]:
        def handler(_: Any) -> None:
            counts[kind] += 1
            if counts[kind] == most:
                reached.set()

        return handler

    following.add_event_handler(ADDED, count(ADDED, size, complete))
    following.add_event_handler(MODIFIED, count(MODIFIED, changes, done))
    following.start()
    complete.wait()
    assert len(following.cache.list()) == size
    watched("complete")
    done.wait()
    watched("changed")
    following.stop()


def watcher(url: str) -> Callable[[], int]:
    """Watch until the server ends the answer; return how many events came."""
    from kubernetes import watch

    api = _api(url, None)
    return lambda: sum(1 for _ in watch.Watch().stream(api.list_namespaced_pod, "d", timeout_seconds=1))
