"""Calls on standard input, one a line → what each sent to a recording server and what came of it; runs with any client.

A call: {"api", "method", "arguments", "body": [model, document] or none, "status", "answer", "content type"}.
"""

from __future__ import annotations

import asyncio
import http.server
import json
import sys
import threading
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kubernetes import aio, client
from kubernetes.aio import client as _  # noqa: F401 - the published package doesn't import it by itself
from observe import Response, plain

# Makes bodies: random text is no valid base64.
UNCHECKED = client.ApiClient(client.Configuration())
UNCHECKED.configuration.client_side_validation = False
# Of the connection, not of the call.
_OF_CONNECTION = {"host", "connection"}


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps the last request and answers as the call at hand says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    seen: list[dict[str, Any]] = []
    call: dict[str, Any] = {}

    def log_message(self, *arguments: Any) -> None:
        pass

    def handle_any(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        headers = sorted((name.lower(), value) for name, value in self.headers.items() if name.lower() not in _OF_CONNECTION)
        self.seen.append({
            "method": self.command, "path": url.path, "query": sorted(parse_qsl(url.query, keep_blank_values=True)),
            "headers": headers, "body": body,
        })  # fmt: skip
        content = self.call["answer"].encode()
        self.send_response(self.call["status"])
        self.send_header("Content-Type", self.call["content type"])
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Mark", "ü".encode().decode("latin-1"))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any


def described(value: Any) -> Any:
    """Return a result as JSON can hold it."""
    if isinstance(value, tuple):
        data, status, headers = value
        return ["tuple", described(data), status, headers["X-Mark"], headers["content-type"]]
    if hasattr(value, "to_dict"):
        return [type(value).__name__, plain(value.to_dict())]
    if hasattr(value, "read") and hasattr(value, "stream"):
        return ["unread", value.status, value.read().decode()]
    if isinstance(value, list):
        return [described(item) for item in value]
    return plain(value)


async def perform_async(api_client: Any, call: dict[str, Any]) -> dict[str, Any]:
    Recorder.seen.clear()
    Recorder.call.clear()
    Recorder.call.update(call)
    api = getattr(aio.client, call["api"])(api_client)
    try:
        arguments = dict(call["arguments"])
        if call.get("body"):
            name, document = call["body"]
            arguments["body"] = UNCHECKED.deserialize(Response(json.dumps(document)), name)
        result = await getattr(api, call["method"])(**arguments)
        unread = hasattr(result, "content") and hasattr(result, "read")
        found: dict[str, Any] = {
            "result": ["unread", result.status, (await result.read()).decode()] if unread else described(result)
        }
    except aio.client.ApiException as error:
        mark = error.headers and error.headers.get("X-Mark")
        found = {"raised": ["ApiException", error.status, error.reason, described(error.body), mark]}
    except Exception as error:  # what is raised is what is compared
        found = {"raised": [type(error).__name__, str(error)]}
    return {"requests": list(Recorder.seen), **found}


async def main_async(configuration: Any) -> None:
    async with aio.client.ApiClient(configuration, header_name="X-Own", header_value="1", cookie="a=b") as api_client:
        for line in sys.stdin:
            print(json.dumps(await perform_async(api_client, json.loads(line))), flush=True)


def perform(api_client: Any, call: dict[str, Any]) -> dict[str, Any]:
    Recorder.seen.clear()
    api = getattr(client, call["api"])(api_client)
    Recorder.call.clear()
    Recorder.call.update(call)
    arguments = dict(call["arguments"])
    try:
        if call.get("body"):
            name, document = call["body"]
            arguments["body"] = UNCHECKED.deserialize(Response(json.dumps(document)), name)
        result = getattr(api, call["method"])(**arguments)
        if arguments.get("async_req"):
            result = result.get(10)
        found: dict[str, Any] = {"result": described(result)}
    except client.ApiException as error:
        mark = error.headers and error.headers.get("X-Mark")
        found = {"raised": [type(error).__name__, error.status, error.reason, described(error.body), mark, str(error)[:40]]}
    except Exception as error:  # what is raised is what is compared
        found = {"raised": [type(error).__name__, str(error)]}
    return {"requests": list(Recorder.seen), **found}


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    package = aio.client if sys.argv[1:] == ["aio"] else client
    configuration = package.Configuration(host=f"http://127.0.0.1:{server.server_address[1]}")
    configuration.api_key["authorization"] = "Bearer a-token"
    if package is not client:
        asyncio.run(main_async(configuration))
        return
    with client.ApiClient(configuration, header_name="X-Own", header_value="1", cookie="a=b") as api_client:
        for line in sys.stdin:
            print(json.dumps(perform(api_client, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
