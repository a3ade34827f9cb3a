"""lightkube 1: its models are msgspec Structs, decoded by msgspec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def imported() -> None:
    import lightkube as _  # noqa: F401


def decoder(kind: str) -> Callable[[bytes], Any]:
    import lightkube as _  # noqa: F401 - what a program imports
    import msgspec
    from lightkube.models import apps_v1, core_v1

    found = getattr(apps_v1, kind, None) or getattr(core_v1, kind)
    return msgspec.json.Decoder(found).decode


def constructor() -> Callable[[], Any]:
    from lightkube.models.core_v1 import Container

    return lambda: Container(name="a", image="b")


def serialiser() -> Callable[[Any], Any]:
    import msgspec

    return msgspec.json.Encoder().encode


def to_dict(value: Any) -> Any:
    return value.to_dict()


def watcher(url: str) -> Callable[[], int]:
    """Watch until as many events came as the server has; lightkube itself would begin again."""
    from itertools import islice

    from lightkube import Client, KubeConfig
    from lightkube.config.models import Cluster, User
    from lightkube.resources.core_v1 import Pod
    from loopback import EVENTS

    config = KubeConfig.from_one(cluster=Cluster(server=url), user=User())
    client = Client(config=config, trust_env=False)
    return lambda: sum(1 for _ in islice(client.watch(Pod, namespace="d"), EVENTS))


def attribute(pods: Any) -> tuple[Any, str]:
    return pods.items[0].spec, "nodeName"
