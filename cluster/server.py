"""In → Out: the binary → etcd and kube-apiserver on free loopback ports, and a kubeconfig that reaches them.

Everything lives in one temporary folder: throwaway keys, tokens, data. It goes with the server.
"""

from __future__ import annotations

import contextlib
import os
import secrets
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
from typing import TYPE_CHECKING

import trustme

from cluster import build
from generator.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

START = 60.0
"""Seconds after which a server that isn't ready has failed."""
FLAGS = (
    "--bind-address=127.0.0.1", "--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount",
    "--service-cluster-ip-range=10.0.0.0/24", "--service-account-issuer=https://kubernetes.default.svc",
    # Continue tokens and old versions expire while a test waits.
    "--etcd-compaction-interval=3s", "--watch-cache=true",
)  # fmt: skip


@dataclass
class Cluster:
    """A running API server; `kubeconfig` has the contexts `token`, `certificate` and `nobody` (a user without rights)."""

    folder: Path
    port: int
    etcd_ports: tuple[int, int]
    token: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def kubeconfig(self) -> Path:
        """The file that KUBECONFIG names."""
        return self.folder / "kubeconfig"

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start what isn't running and wait until the server is ready. Raises Failure if it doesn't become so."""
        client, peer = (f"http://127.0.0.1:{port}" for port in self.etcd_ports)
        self._spawn("etcd", [
            "etcd", "--data-dir", str(self.folder / "etcd"), "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
            "--unsafe-no-fsync", "--log-level", "error",
        ])  # fmt: skip
        secret = self.folder
        self._spawn("kube-apiserver", [
            str(build.apiserver()), f"--etcd-servers={client}", f"--secure-port={self.port}", *FLAGS,
            f"--tls-cert-file={secret / 'server.pem'}", f"--tls-private-key-file={secret / 'server.key'}",
            f"--client-ca-file={secret / 'ca.pem'}", f"--token-auth-file={secret / 'tokens.csv'}",
            f"--service-account-key-file={secret / 'server.key'}", f"--service-account-signing-key-file={secret / 'server.key'}",
        ])  # fmt: skip
        self._wait()

    def _spawn(self, name: str, command: list[str]) -> None:
        if name in self.processes and self.processes[name].poll() is None:
            return
        with (self.folder / f"{name}.log").open("ab") as log:
            # In a group of its own: an interrupt of the tests is for the tests.
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, start_new_session=True)

    def _wait(self) -> None:
        import ssl

        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        end = time.monotonic() + START
        request = urllib.request.Request(f"{self.url}/readyz", headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310
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


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Run a server until the block ends; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="kuberegen-"))  # mkdtemp: readable by its owner alone
    port, client, peer = _free_ports(3)
    cluster = Cluster(folder, port, (client, peer), secrets.token_hex(16))
    try:
        _write_secrets(cluster)
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


def _write_secrets(cluster: Cluster) -> None:
    folder, authority = cluster.folder, trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    server = authority.issue_cert("127.0.0.1", "localhost")
    server.private_key_pem.write_to_path(str(folder / "server.key"))
    server.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
    # Kubernetes takes the user from the common name and the groups from the organisation.
    person = authority.issue_cert("admin.test", common_name="certified", organization_name="system:masters")
    person.private_key_pem.write_to_path(str(folder / "person.key"))
    person.cert_chain_pems[0].write_to_path(str(folder / "person.pem"))
    nobody = secrets.token_hex(16)
    (folder / "tokens.csv").write_text(f"{cluster.token},admin,admin,system:masters\n{nobody},nobody,nobody\n")
    users = {
        "token": f"{{token: {cluster.token}}}",
        "certificate": f"{{client-certificate: {folder / 'person.pem'}, client-key: {folder / 'person.key'}}}",
        "nobody": f"{{token: {nobody}}}",
    }
    lines = ["apiVersion: v1", "kind: Config", "current-context: token", "clusters:"]
    lines.append(f"- {{name: test, cluster: {{server: '{cluster.url}', certificate-authority: {folder / 'ca.pem'}}}}}")
    lines += ["users:", *(f"- {{name: {name}, user: {user}}}" for name, user in users.items())]
    lines += ["contexts:", *(f"- {{name: {name}, context: {{cluster: test, user: {name}}}}}" for name in users)]
    cluster.kubeconfig.write_text("\n".join(lines) + "\n")
    os.chmod(cluster.kubeconfig, 0o600)
