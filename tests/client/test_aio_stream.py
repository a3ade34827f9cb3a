"""Commands in Pods with asyncio, over a real websocket on loopback."""

from __future__ import annotations

import asyncio
import ssl
import time
from urllib.parse import parse_qs, urlsplit

import execserver
import pytest
import trustme
from kubernetes.aio import client
from kubernetes.aio.stream import WsApiClient, ws_client

EURO = "€".encode()
LATE = 3.0


@pytest.fixture
def exec_server():
    with execserver.serving() as server:
        yield server


def run(configuration, work, **arguments):
    """Run `work(core)` with a websocket client in an event loop; nothing may be left open."""

    async def main():
        async with WsApiClient(configuration, **arguments) as api_client:
            found = await work(client.CoreV1Api(api_client))
        assert len(asyncio.all_tasks()) == 1
        return found

    return asyncio.run(main())


def execute(server, configuration=None, **arguments):
    arguments = {"command": ["sh", "-c", "a&b=c+d%; é /\"'"], "stdout": True, "tty": False, **arguments}
    configuration = configuration or client.Configuration(host=server.url)
    return run(configuration, lambda core: core.connect_get_namespaced_pod_exec("p", "ns", **arguments))


def test_a_command_and_what_it_printed(exec_server):
    exec_server.play = execserver.printing((1, b"1 "), (2, b"warning\n"), (1, b""), (1, b"x" * 300), execserver.SUCCESS)
    configuration = client.Configuration(host=exec_server.url, api_key={"authorization": "Bearer secret"})
    assert execute(exec_server, configuration) == "1 warning\n" + "x" * 300
    method, target, _ = exec_server.requested.split(" ")
    assert (method, urlsplit(target).path) == ("GET", "/api/v1/namespaces/ns/pods/p/exec")
    sent = {"command": ["sh", "-c", "a&b=c+d%; é /\"'"], "stdout": ["true"], "tty": ["false"]}
    assert parse_qs(urlsplit(target).query) == sent
    assert exec_server.headers["sec-websocket-protocol"] == "v4.channel.k8s.io"
    assert exec_server.headers["authorization"] == "Bearer secret"


def test_characters_split_between_messages_and_between_channels(exec_server):
    messages = [(1, EURO[:1]), (2, EURO[:2]), (1, EURO[1:2]), (2, EURO[2:] + b"!"), (1, EURO[2:]), execserver.SUCCESS]
    exec_server.play = execserver.printing(*messages)
    assert execute(exec_server) == "€!€"


def test_what_is_no_text_is_replaced(exec_server):
    exec_server.play = execserver.printing((1, b"\x00\xff'" + EURO[:2]), execserver.SUCCESS)
    assert execute(exec_server) == "\x00�'�"


def test_one_command_as_text_and_text_frames(exec_server):
    def play(websocket):
        websocket.frame(execserver.TEXT, b"\x01h\xc3\xa9llo")
        websocket.end()

    exec_server.play = play
    assert execute(exec_server, command="date") == "héllo"
    assert "command=date&" in exec_server.requested


def test_a_conversation(exec_server):
    """stdin, stdout as bytes, and the exit code, with the websocket in the caller's hands."""

    def play(websocket):
        _, data = websocket.receive()
        websocket.send(1, data[1:].upper() + b"\xff")
        status = b'{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}'
        websocket.send(3, status)
        websocket.end()

    async def work(core):
        found = {}
        opening = await core.connect_get_namespaced_pod_exec("p", "ns", command="cat", stdin=True, _preload_content=False)
        async with opening as websocket:
            await websocket.send_bytes(bytes([ws_client.STDIN_CHANNEL]) + b"hello")
            async for message in websocket:
                found[message.data[0]] = message.data[1:]
        return found[ws_client.STDOUT_CHANNEL], WsApiClient.parse_error_data(found[ws_client.ERROR_CHANNEL])

    exec_server.play = play
    assert run(client.Configuration(host=exec_server.url), work) == (b"HELLO\xff", 3)


def test_calls_as_37_makes_them(exec_server):
    exec_server.play = execserver.printing((1, EURO), execserver.SUCCESS)

    async def work(core):
        request = await core.api_client.param_serialize("GET", "/api/v1/exec", query_params=[("command", "a"), ("tty", False)])
        printed = await core.api_client.call_api(*request)
        async with (await core.api_client.call_api(*request, _preload_content=False)).response as websocket:
            first = await websocket.receive_bytes()
        return await printed.read(), first

    assert run(client.Configuration(host=exec_server.url), work) == (EURO, b"\x01" + EURO)
    assert exec_server.requested.startswith("GET /api/v1/exec?command=a&tty=false ")


def test_exit_codes():
    assert WsApiClient.parse_error_data('{"metadata":{},"status":"Success"}') == 0
    with pytest.raises(client.ApiException, match="no such file") as caught:
        WsApiClient.parse_error_data('{"status":"Failure","message":"no such file","reason":"InternalError","code":500}')
    assert caught.value.status == 500


def test_refusals_and_broken_connections(exec_server):
    exec_server.refusal = "403 Forbidden"
    with pytest.raises(client.ApiException, match="403") as caught:
        execute(exec_server)
    assert (caught.value.status, caught.value.headers["Content-Length"]) == (403, "2")
    exec_server.refusal = None
    exec_server.play = lambda websocket: websocket.send(1, b"half")
    with pytest.raises(client.ApiException, match="before the command did"):
        execute(exec_server)

    def without_goodbye(websocket):
        websocket.send(1, b"whole")
        websocket.send(*execserver.SUCCESS)

    exec_server.play = without_goodbye
    assert execute(exec_server) == "whole"


@pytest.mark.parametrize("timeout", [0.2, (1, 0.2)])
def test_a_silent_command_times_out_and_can_be_cancelled(exec_server, timeout):
    exec_server.play = lambda websocket: time.sleep(LATE)
    start = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        execute(exec_server, _request_timeout=timeout)

    async def work(core):
        task = asyncio.ensure_future(core.connect_get_namespaced_pod_exec("p", "ns", command="cat"))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(client.Configuration(host=exec_server.url), work)
    assert time.monotonic() - start < LATE


def test_pings_are_sent(exec_server):
    seen = []

    def play(websocket):
        seen.append(websocket.receive()[0])
        websocket.end()

    async def work(core):
        return await core.connect_get_namespaced_pod_exec("p", "ns", command="cat")

    exec_server.play = play
    assert run(client.Configuration(host=exec_server.url), work, heartbeat=0.1) == ""
    assert seen == [execserver.PING]


def test_tls_is_verified(tmp_path):
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with execserver.serving(context) as server:
        server.play = execserver.printing((1, b"safe"), execserver.SUCCESS)
        trusting = client.Configuration(host=server.url)
        trusting.ssl_ca_cert = str(tmp_path / "ca.pem")
        assert execute(server, trusting) == "safe"
        with pytest.raises(Exception, match="certificate verify failed"):
            execute(server)


def test_addresses():
    found = [ws_client.get_websocket_url(url) for url in ("http://a/b?c=http://d", "https://[::1]:1/b", "HTTPS://a")]
    assert found == ["ws://a/b?c=http://d", "wss://[::1]:1/b", "wss://a"]
