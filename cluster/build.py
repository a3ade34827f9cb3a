"""In → Out: Debian's source → kube-apiserver in the user's cache, once per machine and version."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from cluster import source
from generator import lock
from generator.errors import Failure

BUILD = 2
"""Counts how the binary is built: a change of that must not find an older result."""


def cache() -> Path:
    """Return the user's cache folder of this project (XDG Base Directory Specification), readable by the user alone."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kuberegen"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def apiserver() -> Path:
    """Return the binary, built unless it is there; some ten minutes on two cores. Raises Failure."""
    pinned = lock.load().apiserver
    folder = cache()
    binary = folder / f"kube-apiserver-{pinned.kubernetes}-{pinned.sha256[:8]}-{BUILD}"
    with (folder / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # a second run waits and finds the result
        log = folder / "build.log"
        log.write_text("", encoding="utf-8")
        source.install_packages(log)
        if not binary.exists():
            _build(pinned, binary, log)
    return binary


def _build(pinned: lock.ApiServer, binary: Path, log: Path) -> None:
    print("apiserver building kube-apiserver once for this machine; about ten minutes", file=sys.stderr, flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=binary.parent, ignore_cleanup_errors=True) as folder:
        tree = source.download(pinned.debian, pinned.sha256, Path(folder), log)
        inside = tree / ".go" / "src" / "k8s.io"
        inside.mkdir(parents=True)
        (inside / "kubernetes").symlink_to(tree)
        kept = {name: value for name, value in os.environ.items() if name not in ("GOFLAGS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
        environment = {
            **kept,
            "GOPATH": str(tree / ".go"),
            "GOCACHE": str(Path(folder) / "go-build"),
            "PATH": f"/usr/lib/go/bin:{os.environ['PATH']}",
            "CGO_ENABLED": "0",
            "KUBE_GIT_VERSION": f"v{pinned.kubernetes}",
        }
        source.run(["make", "WHAT=cmd/kube-apiserver"], log, cwd=tree, env=environment)
        built = tree / "_output" / "bin" / "kube-apiserver"
        if not built.exists():
            raise Failure("kube-apiserver", "make ended without it", f"look into {log.name} in the cache")
        partial = binary.with_name(binary.name + ".partial")
        shutil.copy2(built, partial)
        partial.replace(binary)
        _writable(Path(folder))
    print(f"apiserver {binary.name}  {time.monotonic() - start:.0f} s", file=sys.stderr)


def _writable(folder: Path) -> None:
    """Go makes its module cache read-only, which would keep it from being removed."""
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not (Path(path) / name).is_symlink():
                (Path(path) / name).chmod(0o700)
