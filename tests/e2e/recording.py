"""Every call of a test → what came of it, as JSON that is the same in every run; `both.py` compares two clients."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

from kubernetes import client

SEEN = {}
"""By test: what was seen with the client that it ran with."""
DIFFERENCES = Path(__file__).parent.parent.parent / "docs" / "differences.md"

# What a server makes up anew each time.
VOLATILE = frozenset({
    "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "time", "continue", "clusterIP", "clusterIPs", "nodePort",
    "acquireTime", "renewTime", "holderIdentity", "remainingItemCount",
})  # fmt: skip
TEXT = (
    (re.compile(r"e2e-[0-9a-f]{8}"), "<namespace>"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<uid>"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "<time>"),
    (re.compile(r"\bmade-[a-z0-9]{5}\b"), "<made>"),
    (re.compile(r"127\.0\.0\.1:\d+"), "<address>"),
    (re.compile(r"too old resource version: \d+ \(\d+\)"), "too old resource version"),
)


def settled(value, key=""):
    """Return JSON without what differs between two runs."""
    if key in VOLATILE and value is not None:
        return f"<{key}>"
    if isinstance(value, dict):
        return {name: settled(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, str):
        for pattern, replacement in TEXT:
            value = pattern.sub(replacement, value)
    return value


class Recorder:
    """What a test saw, in the order in which it saw it."""

    def __init__(self, test):
        self.seen = SEEN.setdefault(test, [])
        self.paused = False

    def add(self, what, value):
        """Record a value: JSON, a model, or a list of them."""
        if not self.paused:
            self.seen.append([what, settled(client.ApiClient().sanitize_for_serialization(value))])

    def pause(self):
        """Record nothing more: what follows comes in an order of its own."""
        self.paused = True

    def difference(self, name):
        """Say whether this is our client, which differs here as docs/differences.md says; record nothing more."""
        self.pause()
        assert f"| {name} |" in DIFFERENCES.read_text(encoding="utf-8")
        return importlib.metadata.version("kubernetes") != "36.0.3"


class RecordedClient(client.ApiClient):
    """An ApiClient that records the answer to every call, or its failure."""

    def __init__(self, recorder, configuration):
        super().__init__(configuration)
        self.recorder = recorder

    def call_api(self, resource_path, method, *args, **kwargs):
        what = f"{method} {resource_path}"
        try:
            answer = super().call_api(resource_path, method, *args, **kwargs)
        except client.ApiException as error:
            body = error.body.decode() if isinstance(error.body, bytes) else error.body
            self.recorder.add(what, [type(error).__name__, error.status, error.reason, _body(body)])
            raise
        if kwargs.get("_preload_content", True) and not kwargs.get("async_req"):
            self.recorder.add(what, _answer(answer, method))
        return answer


def _answer(answer, method):
    data = answer[0] if isinstance(answer, tuple) else answer
    status = [answer[1]] if isinstance(answer, tuple) else []
    # difference: deletion-by-kind. What was deleted is a V1Status to the published client, whatever the server sent.
    return [*status, data.kind if method == "DELETE" and hasattr(data, "kind") else data]


def _body(body):
    try:
        return json.loads(body)
    except (TypeError, ValueError):
        return body
