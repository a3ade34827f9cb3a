"""Watching: a stream of events for objects of an API."""

from __future__ import annotations

from kubernetes.watch.watch import Watch as Watch
