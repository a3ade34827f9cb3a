"""A server of canned answers in a process of its own, so that it doesn't take the client's interpreter lock.

Written on asyncio's protocols: it must cost little beside any client.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = 500
"""Of a watch in namespace d, which then ends."""
CHANGES = 2000
"""Of a watch in namespace i, each with a version of its own; it stays open."""
CERTIFICATES = "BENCH_CERTIFICATES"
"""Environment variable: the folder with server.pem (key and certificate) and ca.pem."""


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Canned(asyncio.Protocol):
    """Answers by path; a keep-alive connection."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            path, _, query = head.split(b" ", 2)[1].partition(b"?")
            watched = path + b" watch"
            found = self.answers.get(watched) if b"watch=" in query else None
            self.transport.write(found or self.answers.get(path, NOT_FOUND))


def _answers(pods: int) -> dict[bytes, bytes]:
    import documents

    listed = documents.pod_list(pods)
    pod = json.dumps({"kind": "Pod", "apiVersion": "v1", **json.loads(documents.pod_list(1))["items"][0]}).encode()
    event = b'{"type":"MODIFIED","object":' + pod + b"}\n"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(event), event) for _ in range(EVENTS))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"

    def whole(body: bytes) -> bytes:
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body

    return {
        b"/api/v1/namespaces/d/pods/a": whole(pod),
        b"/version/": whole(b'{"major": "1", "minor": "36", "gitVersion": "v1.36.0"}'),
        b"/api/v1/pods": whole(listed),
        b"/api/v1/namespaces/d/pods": whole(listed),
        b"/api/v1/namespaces/d/pods watch": chunked + chunks + b"0\r\n\r\n",
        b"/api/v1/namespaces/i/pods": whole(listed),
        b"/api/v1/namespaces/i/pods watch": chunked + b"".join(_changes(json.loads(listed))),
    }


def _changes(listed: dict[str, Any]) -> Iterator[bytes]:
    """Yield a chunk for each of CHANGES new versions of the Pods listed."""
    first = int(listed["metadata"]["resourceVersion"]) + 1
    for number in range(CHANGES):
        pod = listed["items"][number % len(listed["items"])]
        pod["metadata"]["resourceVersion"] = str(first + number)
        event = json.dumps({"type": "MODIFIED", "object": {"kind": "Pod", "apiVersion": "v1", **pod}}).encode() + b"\n"
        yield b"%x\r\n%s\r\n" % (len(event), event)


async def _serve(pods: int, certificate: str | None) -> None:
    answers = _answers(pods)
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(lambda: Canned(answers), "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextlib.contextmanager
def serving(*, pods: int = 1, tls: bool = False) -> Iterator[tuple[str, str | None]]:
    """Run the server in another process until the block ends; yield its URL and the CA file."""
    folder = Path(os.environ[CERTIFICATES])
    command = [sys.executable, __file__, str(pods), *([str(folder / "server.pem")] if tls else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline())
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{port}", str(folder / "ca.pem") if tls else None
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None))
