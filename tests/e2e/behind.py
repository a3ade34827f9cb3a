"""The cluster that `python -m cluster run` started → what tests do to it behind the API's back."""

from __future__ import annotations

import json
import os
import ssl
import time
import urllib.request


def compact():
    """Make etcd forget all that was before now: older resource versions and continue tokens are expired."""
    for _ in range(2):  # etcd still tells of the one change that it is compacted at
        revision = _etcd("/v3/kv/put", {"key": "Y29tcGFjdA==", "value": "AA=="})["header"]["revision"]
    _etcd("/v3/kv/compaction", {"revision": revision, "physical": True})


def wait_until(condition, seconds=60.0):
    """Return what the condition gives once it is true. Raises TimeoutError if it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    message = f"not so after {seconds} s"
    raise TimeoutError(message)


def _etcd(path, body):
    etcd = json.loads(os.environ["CLUSTER_ETCD"])
    context = ssl.create_default_context(cafile=etcd["authority"])
    context.load_cert_chain(etcd["certificate"], etcd["key"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    with opener.open(etcd["url"] + path, json.dumps(body).encode()) as response:
        return json.load(response)
