"""The clients that are measured: what each installs, and which adapter speaks its API."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from generator import lock, tools

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "msgspec": ("msgspec_alone", None),
    "bare Structs": ("structs", None),
    "forwarding Struct": ("forwarding", None),
    "json": ("standard", None),
    "orjson": ("orjson_parser", "orjson"),
}
OTHER_PYTHONS = {f"ours, Python {version}": version for version in ("3.10", "3.12", "3.13", "3.14")}
CLIENTS |= dict.fromkeys(OTHER_PYTHONS, ("published", None))


def environment(client: str, ours: Path) -> Path | None:
    """Return the Python of a client's environment, installed where it isn't; None if this machine lacks the interpreter."""
    if client in OTHER_PYTHONS:
        return _other_python(OTHER_PYTHONS[client])
    package = CLIENTS[client][1]
    if package is None:
        return ours.absolute()
    name = package.split("==")[0]
    pinned = [line for line in lock.load().bench if line == package or ("==" not in package and line.startswith(f"{name}=="))]
    if name == "lightkube":
        pinned += [line for line in lock.load().bench if line.startswith("msgspec==")]
    return tools.install(pinned, ENVIRONMENTS / client.replace(", aio", "").replace(" ", "-"), hashes=False)


def _other_python(version: str) -> Path | None:
    """Return the Python of an environment of another version, with the wheel under test."""
    interpreter = next((path for path in _interpreters(version) if _is(path, version)), None)
    if interpreter is None:
        return None
    (wheel,) = (lock.ROOT / "out" / "build-1.36" / "dist").glob("*.whl")
    folder = ENVIRONMENTS / f"ours-{version}"
    marker, python = folder / ".wheel", folder / "bin" / "python"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if not marker.is_file() or marker.read_text() != digest:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([str(interpreter), "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], check=True)
        marker.write_text(digest)
    return python


def _interpreters(version: str) -> Iterator[Path]:
    found = shutil.which(f"python{version}")
    if found:
        yield Path(found)
    yield from sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))


def _is(interpreter: Path, version: str) -> bool:
    """Say whether an interpreter runs: pyenv's shims may only say that they don't."""
    said = subprocess.run([str(interpreter), "--version"], capture_output=True, text=True, check=False)
    return said.returncode == 0 and said.stdout.startswith(f"Python {version}.")


def plotting() -> Path:
    """Return the Python of the environment that draws plots."""
    return tools.install(
        [line for line in lock.load().bench if line.startswith("matplotlib==")], ENVIRONMENTS / "plot", hashes=False
    )
