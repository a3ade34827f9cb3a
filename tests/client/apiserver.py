"""A loopback server that answers like an API server: objects in memory, Status errors, scripted answers.

It keeps every request, so that tests can say what went over the wire.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

_PATH = re.compile(
    r"/(?P<group>api/v1|apis/[^/]+/[^/]+)(?:/namespaces/(?P<namespace>[^/]+)(?=/))?/(?P<plural>[a-z]+)(?:/(?P<name>[^/]+))?"
)
_KINDS = {
    "pods": "Pod", "configmaps": "ConfigMap", "deployments": "Deployment", "leases": "Lease", "namespaces": "Namespace", "widgets": "Widget",
}  # fmt: skip
# What real servers answer a deletion with differs by resource: Pods answer with the Pod.
_DELETED_OBJECT = ("Pod", "Widget")


@dataclass
class Request:
    """What a client sent."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any
    raw: bytes = b""


@dataclass
class Answer:
    """What to answer: a body, or parts of it that are sent one after the other as chunks."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes | float] | None = None
    """Parts of the body; a float is a pause in seconds."""
    stall: float = 0.0


def status(code: int, reason: str, message: str) -> dict[str, Any]:
    return {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": reason, "code": code}


class ApiServer:
    """The server's state; `scripted` answers go before objects, by (method, path)."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.scripted: dict[tuple[str, str], list[Answer]] = {}
        self.objects: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.version = 100
        self.token: str | None = None
        self.url = ""
        self._lock = threading.Lock()

    def script(self, method: str, path: str, *answers: Answer) -> None:
        self.scripted.setdefault((method, path), []).extend(answers)

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return Answer(401, status(401, "Unauthorized", "Unauthorized"))
        scripted = self.scripted.get((request.method, request.path))
        if scripted:
            return scripted.pop(0) if len(scripted) > 1 else scripted[0]
        found = _PATH.fullmatch(request.path)
        if request.path in ("/version", "/version/"):
            return Answer(body={"major": "1", "minor": "36", "gitVersion": "v1.36.0"})
        if not found:
            return Answer(404, status(404, "NotFound", f"no such path: {request.path}"))
        with self._lock:
            return self._resource(request, found["group"], found["namespace"] or "", found["plural"], found["name"])

    def _resource(self, request: Request, group: str, namespace: str, plural: str, name: str | None) -> Answer:
        kind = _KINDS[plural]
        api_version = group.removeprefix("api/").removeprefix("apis/")
        stored = self.objects.setdefault((group, namespace, plural), {})
        if name is None:
            if request.method == "GET":
                return self._list(request, stored, kind, api_version)
            name = request.body["metadata"]["name"]
            if name in stored:
                return Answer(409, status(409, "AlreadyExists", f'{plural} "{name}" already exists'))
            stored[name] = self._stamp({**request.body, "kind": kind, "apiVersion": api_version})
            return Answer(201, stored[name])
        if name not in stored:
            return Answer(404, status(404, "NotFound", f'{plural} "{name}" not found'))
        if request.method in ("PUT", "PATCH"):
            change = request.body if isinstance(request.body, dict) else {}
            expected = change.get("metadata", {}).get("resourceVersion")
            if expected and expected != stored[name]["metadata"]["resourceVersion"]:
                return Answer(409, status(409, "Conflict", f'{plural} "{name}": the object has been modified'))
            stored[name] = self._stamp(change if request.method == "PUT" else merge(stored[name], change))
        elif request.method == "DELETE":
            gone = stored.pop(name)
            return Answer(body=gone if kind in _DELETED_OBJECT else {"kind": "Status", "apiVersion": "v1", "status": "Success"})
        return Answer(body=stored[name])

    def _list(self, request: Request, stored: dict[str, Any], kind: str, api_version: str) -> Answer:
        items = [stored[name] for name in sorted(stored)]
        limit, start = int(request.query.get("limit", ["0"])[0]), int(request.query.get("continue", ["0"])[0])
        metadata: dict[str, Any] = {"resourceVersion": str(self.version)}
        if limit and start + limit < len(items):
            metadata["continue"] = str(start + limit)
        items = items[start : start + limit] if limit else items
        return Answer(body={"kind": f"{kind}List", "apiVersion": api_version, "metadata": metadata, "items": items})

    def _stamp(self, value: dict[str, Any]) -> dict[str, Any]:
        self.version += 1
        metadata = {"creationTimestamp": "2026-09-01T08:00:00Z", **value.get("metadata", {})}
        return {**value, "metadata": {**metadata, "resourceVersion": str(self.version), "uid": f"u{self.version}"}}


def merge(old: Any, change: Any) -> Any:
    """JSON merge patch (RFC 7386)."""
    if not isinstance(change, dict) or not isinstance(old, dict):
        return change
    merged = {**old, **{name: merge(old.get(name), value) for name, value in change.items()}}
    return {name: value for name, value in merged.items() if value is not None}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *args: Any) -> None:
        pass

    def _serve(self) -> None:
        url = urlsplit(self.path)
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body = json.loads(data) if data else None
        except ValueError:
            body = data
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, unquote(url.path), parse_qs(url.query, keep_blank_values=True), headers, body, data)
        answer = self.server.state.answer(request)
        if answer.stall:
            time.sleep(answer.stall)
        with contextlib.suppress(ConnectionError):
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        if answer.chunks is None:
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in answer.chunks:
            if isinstance(chunk, float):
                time.sleep(chunk)
                continue
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    state: ApiServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away; what they saw is what tests check."""


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[ApiServer]:
    """Run a server on a free loopback port until the block ends."""
    server = Server(("127.0.0.1", 0), Handler)
    server.state = ApiServer()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.state.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
