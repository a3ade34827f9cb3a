"""A loopback server of websockets: what a command in a Pod prints, frame by frame (RFC 6455)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socketserver
import threading

TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
SUCCESS = (3, b'{"metadata":{},"status":"Success"}')


class Websocket(socketserver.StreamRequestHandler):
    """Accepts a websocket, or refuses it with `server.refusal`, and lets `server.play` say what happens on it."""

    def handle(self) -> None:
        lines = [self.rfile.readline().decode()]
        while lines[-1].strip():
            lines.append(self.rfile.readline().decode())
        self.server.requested = lines[0]
        self.server.headers = headers = {
            name.lower(): value for name, value in (line.strip().split(": ", 1) for line in lines[1:-1])
        }
        if self.server.refusal:
            self.wfile.write(f"HTTP/1.1 {self.server.refusal}\r\nContent-Length: 2\r\n\r\nno".encode())
            return
        key = headers["sec-websocket-key"].encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key).digest()).decode()
        self.wfile.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {headers['sec-websocket-protocol']}\r\n\r\n".encode()
        )
        with contextlib.suppress(ConnectionError):
            self.server.play(self)

    def send(self, channel: int, data: bytes) -> None:
        self.frame(BINARY, bytes([channel]) + data)

    def frame(self, opcode: int, data: bytes) -> None:
        length = bytes([len(data)]) if len(data) < 126 else bytes([126]) + len(data).to_bytes(2, "big")
        self.wfile.write(bytes([0x80 | opcode]) + length + data)

    def receive(self) -> tuple[int, bytes]:
        """Return the next frame of the client: its opcode and data."""
        opcode, length = self.rfile.read(2)
        mask = self.rfile.read(4)
        return opcode & 15, bytes(byte ^ mask[index % 4] for index, byte in enumerate(self.rfile.read(length & 127)))

    def end(self) -> None:
        self.frame(CLOSE, (1000).to_bytes(2, "big"))


def printing(*messages):
    """Return a play: messages (channel, data), then a good end."""

    def play(websocket):
        for channel, data in messages:
            websocket.send(channel, data)
        websocket.end()

    return play


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    context = None
    refusal = None

    def get_request(self):
        found, address = super().get_request()
        return (found if self.context is None else self.context.wrap_socket(found, server_side=True)), address

    def handle_error(self, request, client_address) -> None:
        """Say nothing of clients that went away; what they saw is what tests check."""


@contextlib.contextmanager
def serving(context=None):
    """Run a server on a free loopback port until the block ends."""
    server = _Server(("127.0.0.1", 0), Websocket)
    server.context = context
    server.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
