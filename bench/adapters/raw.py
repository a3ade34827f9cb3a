"""urllib3 by hand and our decoding: the limit of a call's overhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters import published

if TYPE_CHECKING:
    from collections.abc import Callable


def reader(url: str, ca: str | None) -> Callable[[], Any]:
    import urllib3

    pool = urllib3.PoolManager(ca_certs=ca)
    decode = published.decoder("Pod")
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    return lambda: decode(pool.request("GET", f"{url}/api/v1/namespaces/d/pods/a", headers=headers).data)
