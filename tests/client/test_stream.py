"""Commands in Pods over a real websocket, on loopback."""

from __future__ import annotations

import base64
import gc
import hashlib
import socketserver
import threading

import pytest
from kubernetes import client
from kubernetes.stream import stream


class Websocket(socketserver.StreamRequestHandler):
    """Accepts any websocket and plays a command that prints `server.output`, then ends well."""

    def handle(self) -> None:
        lines = [self.rfile.readline().decode()]
        while lines[-1].strip():
            lines.append(self.rfile.readline().decode())
        self.server.requested = lines[0]
        headers = dict(line.strip().split(": ", 1) for line in lines[1:-1])
        key = headers["Sec-WebSocket-Key"].encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key).digest()).decode()
        self.wfile.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n".encode()
        )
        for channel, data in ((1, self.server.output), (3, b'{"status":"Success"}')):
            self.wfile.write(bytes([0x82, len(data) + 1, channel]) + data)
        self.wfile.write(bytes([0x88, 0]))


@pytest.fixture
def exec_server():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Websocket)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
    gc.collect()  # here, where the warning is expected


# The published WSClient leaves its socket to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("binary", "printed", "found"), [(False, b"h\xc3\xa9llo\n", "h\xe9llo\n"), (True, b"\x00\xff'", b"\x00\xff'")]
)
def test_a_command_in_a_pod(exec_server, binary, printed, found):
    exec_server.output = printed
    api_client = client.ApiClient(client.Configuration(host=f"http://127.0.0.1:{exec_server.server_address[1]}"))
    core = client.CoreV1Api(api_client)
    answer = stream(core.connect_get_namespaced_pod_exec, "p", "ns", command=["echo", "x y"], stdout=True, binary=binary)
    assert answer == found
    assert "/api/v1/namespaces/ns/pods/p/exec?command=echo&command=x+y&stdout=True " in exec_server.requested
