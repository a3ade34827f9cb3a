"""In → Out: the binary → etcd and kube-apiserver on free loopback ports, and a kubeconfig that reaches them.

Everything lives in one temporary folder: throwaway keys, tokens, data. It goes with the server.
"""

from __future__ import annotations

import contextlib
import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluster import build
from cluster.credentials import Credentials
from generator.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

START = 60.0
"""Seconds after which a server that isn't ready has failed."""
FLAGS = (
    "--bind-address=127.0.0.1", "--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount",
    "--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://kubernetes.default.svc",
    "--anonymous-auth=false", "--endpoint-reconciler-type=none",
)  # fmt: skip


@dataclass
class Cluster:
    """A running API server; for the contexts of `kubeconfig` see `Credentials`."""

    folder: Path
    credentials: Credentials
    port: int
    etcd_ports: tuple[int, int]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def kubeconfig(self) -> Path:
        """The file that KUBECONFIG names."""
        return self.credentials.kubeconfig(self.url)

    @property
    def etcd(self) -> dict[str, str]:
        """How to reach etcd: `url`, and files `authority`, `certificate` and `key`."""
        client = self.credentials.client
        files = {"authority": self.credentials.authority, "certificate": client.certificate, "key": client.key}
        return {"url": f"https://127.0.0.1:{self.etcd_ports[0]}"} | {name: str(path) for name, path in files.items()}

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start what isn't running and wait until the server is ready. Raises Failure if it doesn't become so."""
        authority, server, client = self.credentials.authority, self.credentials.server, self.credentials.client
        url, peer = (f"https://127.0.0.1:{port}" for port in self.etcd_ports)
        # Whoever else is on this machine can't get at etcd either.
        proofs = [
            f"--{whose}{flag}={value}"
            for whose in ("", "peer-")
            for flag, value in {
                "cert-file": server.certificate, "key-file": server.key, "trusted-ca-file": authority, "client-cert-auth": "true",
            }.items()
        ]  # fmt: skip
        self._spawn("etcd", [
            "etcd", "--data-dir", str(self.folder / "etcd"), "--listen-client-urls", url, "--advertise-client-urls", url,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
            "--unsafe-no-fsync", "--log-level", "error", *proofs,
        ])  # fmt: skip
        self._spawn("kube-apiserver", [
            str(build.apiserver()), f"--etcd-servers={url}", f"--etcd-cafile={authority}",
            f"--etcd-certfile={client.certificate}", f"--etcd-keyfile={client.key}", f"--secure-port={self.port}", *FLAGS,
            f"--tls-cert-file={server.certificate}", f"--tls-private-key-file={server.key}",
            f"--client-ca-file={authority}", f"--token-auth-file={self.credentials.tokens}",
            f"--service-account-key-file={server.key}", f"--service-account-signing-key-file={server.key}",
        ])  # fmt: skip
        self._wait()

    def _spawn(self, name: str, command: list[str]) -> None:
        if name in self.processes and self.processes[name].poll() is None:
            return
        with (self.folder / f"{name}.log").open("ab") as log:
            # In a group of its own: an interrupt of the tests is for the tests.
            options: dict[str, Any] = {"start_new_session": True, "preexec_fn": _end_with_parent}  # no threads here
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **options)

    def _wait(self) -> None:
        import ssl

        context = ssl.create_default_context(cafile=str(self.credentials.authority))
        end = time.monotonic() + START
        request = urllib.request.Request(f"{self.url}/readyz", headers={"Authorization": f"Bearer {self.credentials.token}"})  # noqa: S310
        while time.monotonic() < end:
            dead = [name for name, process in self.processes.items() if process.poll() is not None]
            if dead:
                last = (self.folder / f"{dead[0]}.log").read_text(errors="replace").strip().splitlines()[-1:]
                raise Failure(
                    dead[0], f"ended while starting: {''.join(last)[:300]}", "run again; free loopback ports are taken at random"
                )
            with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(request, timeout=2, context=context):  # noqa: S310
                return
            time.sleep(0.1)
        raise Failure("kube-apiserver", f"not ready after {START:.0f} seconds", "run again on a machine with less to do")

    def stop(self, name: str = "kube-apiserver") -> None:
        """Kill one of the two servers, as a crash would."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def restart(self) -> None:
        """Kill the API server and start it anew on the same port; what it stored is in etcd."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop everything; say so if a server ended by itself, and the last that it wrote."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                last = (self.folder / f"{name}.log").read_text(errors="replace").splitlines()[-40:]
                print(f"{name} ended by itself with status {process.returncode}:", *last, sep="\n", file=sys.stderr)
            self.stop(name)


def _end_with_parent() -> None:
    """Have the kernel kill this process when the one that started it is gone, killed or not (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Run a server until the block ends; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="kuberegen-"))  # mkdtemp: readable by its owner alone
    port, client, peer = _free_ports(3)
    cluster = Cluster(folder, Credentials(folder), port, (client, peer))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for found in sockets:
            found.bind(("127.0.0.1", 0))
        return [found.getsockname()[1] for found in sockets]
