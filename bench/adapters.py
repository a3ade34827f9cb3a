"""Client → how it decodes a PodList; imported in that client's own environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def kubernetes() -> Callable[[bytes], Any]:
    """Ours and the published client alike: `ApiClient.deserialize`, what every call does with its answer."""
    from kubernetes import client

    api_client = client.CoreV1Api().api_client

    class Response:
        data: bytes | str

    def decode(data: bytes) -> Any:
        response = Response()
        response.data = data
        return api_client.deserialize(response, "V1PodList")

    return decode


def lightkube() -> Callable[[bytes], Any]:
    """Lightkube 1: its models are msgspec Structs, decoded by msgspec."""
    import lightkube as _  # noqa: F401 - what a program imports
    import msgspec
    from lightkube.models.core_v1 import PodList

    return msgspec.json.Decoder(PodList).decode


def json() -> Callable[[bytes], Any]:
    """The standard library's parser: dicts, no objects."""
    from json import loads

    return loads
