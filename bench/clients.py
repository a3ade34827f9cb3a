"""The clients that are measured: what each installs, and which adapter speaks its API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import lock, tools

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENTS = lock.ROOT / "out" / "bench"
# Client → (adapter, package of openapi/lock.toml's bench list; none: the wheel under test).
CLIENTS = {
    "ours": ("published", None),
    "ours, aio": ("asynchronous", None),
    "kubernetes 31.0.0": ("published", "kubernetes==31.0.0"),
    "kubernetes 36.0.3": ("published", "kubernetes==36.0.3"),
    "kubernetes 37.0.2": ("published", "kubernetes==37.0.2"),
    "kubernetes 37.0.2, aio": ("asynchronous", "kubernetes==37.0.2"),
    "kubernetes_asyncio": ("asyncio_client", "kubernetes_asyncio"),
    "lightkube": ("lightkube_client", "lightkube"),
    "kr8s": ("kr8s_client", "kr8s"),
    "urllib3": ("raw", None),
    "json": ("standard", None),
    "orjson": ("orjson_parser", "orjson"),
}


def environment(client: str, ours: Path) -> Path:
    """Return the Python of a client's environment, installed where it isn't."""
    package = CLIENTS[client][1]
    if package is None:
        return ours.absolute()
    name = package.split("==")[0]
    pinned = [line for line in lock.load().bench if line == package or ("==" not in package and line.startswith(f"{name}=="))]
    if name == "lightkube":
        pinned += [line for line in lock.load().bench if line.startswith("msgspec==")]
    return tools.install(pinned, ENVIRONMENTS / client.replace(", aio", "").replace(" ", "-"), hashes=False)


def plotting() -> Path:
    """Return the Python of the environment that draws plots."""
    return tools.install(
        [line for line in lock.load().bench if line.startswith("matplotlib==")], ENVIRONMENTS / "plot", hashes=False
    )
