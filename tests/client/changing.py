"""A loopback server of Pods that change: lists in pages, watches from any version, old versions forgotten, faults on demand."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from urllib.parse import parse_qs, urlsplit

STATUS = {200: "OK", 403: "Forbidden", 410: "Gone", 429: "Too Many Requests", 503: "Service Unavailable"}


def status(code, reason, **details):
    return {"kind": "Status", "status": "Failure", "message": reason, "reason": reason, "code": code, "details": details}


class Changing:
    """The server. `faults` has one function for each watch to come, called with the connection; see those below."""

    def __init__(self, context=None):
        self.context = context
        self.changed = threading.Condition()
        self.log = []
        """(version, type, object), in order."""
        self.forgotten = 0
        """Versions up to this are expired."""
        self.version = 0
        self.faults = []
        self.refusals = []
        """Answers to the next requests, whatever they are: (status, headers, body)."""
        self.requests = []
        """(time, query) of each request."""
        self.closing = False
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.listener.getsockname()[1]}"
        self.connections = set()

    def change(self, kind, name, **labels):
        """Append an event; return its version."""
        with self.changed:
            self.version += 1
            metadata = {"name": name, "namespace": "d", "uid": self._uid(kind, name), "resourceVersion": str(self.version)}
            metadata["finalizers"] = [self.url]  # by which tests find the objects that are left
            value = {"kind": "Pod", "apiVersion": "v1", "metadata": {**metadata, "labels": {"v": str(self.version), **labels}}}
            self.log.append((self.version, kind, value))
            self.changed.notify_all()
            return self.version

    def _uid(self, kind, name):
        last = next((event for event in reversed(self.log) if event[2]["metadata"]["name"] == name), None)
        return f"u{self.version}" if kind == "ADDED" or last is None else last[2]["metadata"]["uid"]

    def state(self, version=None):
        """Return the objects by name, as of a version."""
        found = {}
        for number, kind, value in self.log:
            if version is None or number <= version:
                found.pop(value["metadata"]["name"], None) if kind == "DELETED" else found.update(
                    {value["metadata"]["name"]: value}
                )
        return found

    def forget(self):
        """Expire all versions before now."""
        with self.changed:
            self.forgotten = self.version

    def watches(self):
        return [query for _, query in self.requests if "watch" in query]

    def lists(self):
        return [query for _, query in self.requests if "watch" not in query]

    # The rest is HTTP.

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection):
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
        self.connections.add(connection)
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile("rb") as reader:
            while request := reader.readline():
                while reader.readline().strip():
                    pass
                query = parse_qs(urlsplit(request.split()[1].decode()).query)
                self.requests.append((time.monotonic(), query))
                if self.refusals:
                    answer(connection, *self.refusals.pop(0))
                elif "watch" in query:
                    self._watch(connection, query)
                else:
                    self._list(connection, query)
        self.connections.discard(connection)

    def _list(self, connection, query):
        token = query.get("continue", [""])[0]
        version, start = map(int, token.split("-")) if token else (self.version, 0)
        if version < self.forgotten:
            answer(connection, 410, {}, status(410, "Expired"))
            return
        items = sorted(self.state(version).items())
        limit = int(query.get("limit", [0])[0]) or len(items) or 1
        metadata = {"resourceVersion": str(version)}
        if start + limit < len(items):
            metadata["continue"] = f"{version}-{start + limit}"
        found = [{key: item[key] for key in ("metadata",)} for _, item in items[start : start + limit]]
        answer(connection, 200, {}, {"kind": "PodList", "apiVersion": "v1", "metadata": metadata, "items": found})

    def _watch(self, connection, query):
        version = int(query["resourceVersion"][0])
        fault = self.faults.pop(0) if self.faults else None
        end = time.monotonic() + float(query.get("timeoutSeconds", [30])[0])
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            with self.changed:
                new = [event for event in self.log if event[0] > version]
                expired = version < self.forgotten
                if not new and not expired and not self.closing:
                    self.changed.wait(max(0.0, min(0.05, end - time.monotonic())))
            if expired:
                send(connection, json.dumps({"type": "ERROR", "object": status(410, "Expired")}).encode() + b"\n")
                break
            for version, kind, value in new:  # noqa: B007
                line = json.dumps({"type": kind, "object": value}).encode() + b"\n"
                if fault and fault(connection, line):
                    raise OSError
                send(connection, line)
            if self.closing:
                raise OSError
            if time.monotonic() > end:
                break
        connection.sendall(b"0\r\n\r\n")

    def drop(self):
        """Break all connections, as a server does that is killed."""
        for connection in list(self.connections):
            reset(connection, b"")


def send(connection, data):
    connection.sendall(b"%x\r\n%s\r\n" % (len(data), data))


def answer(connection, code, headers, body):
    data = json.dumps(body).encode()
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    start = f"HTTP/1.1 {code} {STATUS[code]}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n{lines}\r\n"
    connection.sendall(start.encode() + data)


# Faults: called with the connection and the line that would come next; true if the connection is over.


def reset(connection, line):
    """The connection is reset in the middle of an event."""
    with contextlib.suppress(OSError):
        if line:
            send(connection, line[: len(line) // 2])
            time.sleep(0.02)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    close(connection)
    return True


def closed(connection, line):
    """The connection ends, over TLS without a closing alert."""
    close(connection)
    return True


def close(connection):
    """Close at once, whoever else has it."""
    with contextlib.suppress(OSError):
        socket.close(connection.detach())


def stalled(connection, line):
    """Nothing comes any more, until the client hangs up."""
    with contextlib.suppress(OSError):
        connection.recv(1)
    return True


def truncated(connection, line):
    """A chunk ends before its size says so."""
    connection.sendall(b"%x\r\n%s" % (len(line), line[:-7]))
    return True


def garbage(connection, line):
    """A line that is no event."""
    send(connection, b'{"type": "ADDED", "obj\x00\xff\n')
    return False


def unfinished(connection, line):
    """The answer ends as it should, in the middle of a line."""
    send(connection, line[:-9])
    connection.sendall(b"0\r\n\r\n")
    return True


def torn(connection, line):
    """One byte a chunk: characters and lines are torn. (The event comes again, whole.)"""
    for index in range(len(line)):
        send(connection, line[index : index + 1])
    send(connection, b"\n\n")
    return False


def again(connection, line):
    """The event comes twice."""
    send(connection, line)
    return False


@contextlib.contextmanager
def changing(context=None):
    """Run a server until the block ends, with TLS if there is a context for it."""
    server = Changing(context)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing = True
        server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()
        server.drop()
        thread.join()
