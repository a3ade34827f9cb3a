"""Commands in Pods, attached terminals and forwarded ports, over websockets."""

from __future__ import annotations

from kubernetes.aio.stream.ws_client import WsApiClient

__all__ = ["WsApiClient"]
