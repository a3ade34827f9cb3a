"""Commands in Pods over a real websocket, on loopback."""

from __future__ import annotations

import gc

import execserver
import pytest
from kubernetes import client
from kubernetes.stream import stream


@pytest.fixture
def exec_server():
    with execserver.serving() as server:
        yield server
    gc.collect()  # here, where the warning is expected


# The published WSClient leaves its socket to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("binary", "printed", "found"), [(False, b"h\xc3\xa9llo\n", "h\xe9llo\n"), (True, b"\x00\xff'", b"\x00\xff'")]
)
def test_a_command_in_a_pod(exec_server, binary, printed, found):
    exec_server.play = execserver.printing((1, printed), execserver.SUCCESS)
    core = client.CoreV1Api(client.ApiClient(client.Configuration(host=exec_server.url)))
    answer = stream(core.connect_get_namespaced_pod_exec, "p", "ns", command=["echo", "x y"], stdout=True, binary=binary)
    assert answer == found
    assert "/api/v1/namespaces/ns/pods/p/exec?command=echo&command=x+y&stdout=True " in exec_server.requested
