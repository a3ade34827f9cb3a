"""In → Out: a pinned name → a file in out/cache whose digest is the pinned one.

Wheels come through pip, so that its index, proxy and certificate settings count; nothing of a wheel is installed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from generator.errors import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from generator.lock import Wheel

RELEASE = "https://raw.githubusercontent.com/kubernetes/kubernetes/{tag}/api/openapi-spec/swagger.json"
TIMEOUT = 60
"""Seconds without an answer before a download is given up."""


def fetch_wheel(wheel: Wheel, cache: Path) -> Path:
    """Return the path of a pinned wheel, downloaded unless it is there.

    Raises Failure if it can't be had or has another digest; a file with a wrong digest doesn't stay.
    """
    path = cache / wheel.file
    if path.is_file() and sha256(path) == wheel.sha256:
        return path
    cache.mkdir(parents=True, exist_ok=True)
    incoming = cache / "incoming"
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-binary=:all:" if wheel.file.endswith(".tar.gz") else "--only-binary=:all:",
        "--dest", str(incoming), f"{wheel.name}=={wheel.version}",
    ]  # fmt: skip
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if result.returncode:
        raise Failure(f"{wheel.name} {wheel.version}", _reason(result.stderr), "check the network and pip's index, run again")
    downloaded = incoming / wheel.file
    if not downloaded.is_file():
        raise Failure(wheel.file, "the index has no such file", "check openapi/lock.toml")
    found = sha256(downloaded)
    if found != wheel.sha256:
        downloaded.unlink()
        raise Failure(wheel.file, f"sha256 is {found}, not the pinned {wheel.sha256}", "don't trust this index; ask who runs it")
    downloaded.replace(path)
    return path


def fetch_release(tag: str) -> bytes:
    """Return the OpenAPI document of a release tag of kubernetes/kubernetes. Raises Failure if it can't be had."""
    url = RELEASE.format(tag=tag)
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as response:  # noqa: S310 - a constant https address
            data: bytes = response.read()
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise Failure(f"release {tag}", f"download failed ({reason})", "check the network, or take SPEC=registry") from None
    return data


def sha256(path: Path) -> str:
    """Return the hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _reason(stderr: str) -> str:
    errors = [line for line in stderr.splitlines() if line.startswith("ERROR")]
    return errors[-1].removeprefix("ERROR: ") if errors else "pip could not download it"
