"""Streams of events for asyncio."""

from __future__ import annotations

from kubernetes.aio.watch.watch import Watch as Watch
