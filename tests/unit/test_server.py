"""The servers of the end-to-end tests go with what started them, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import lock

STARTED = """
import sys, time
from pathlib import Path
from cluster.server import Cluster
cluster = Cluster(Path(sys.argv[1]), None, 0, (0, 0))
cluster._spawn("etcd", ["sleep", "1000"])
print(cluster.processes["etcd"].pid, flush=True)
time.sleep(1000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_no_server_outlives_a_killed_run(tmp_path):
    command = [sys.executable, "-c", STARTED, str(tmp_path)]
    run = subprocess.Popen(command, cwd=lock.ROOT, stdout=subprocess.PIPE, text=True)
    with run:
        server = int(run.stdout.readline())
        os.kill(run.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while _runs(server) and time.monotonic() < end:
        time.sleep(0.05)
    left = _runs(server)
    if left:
        os.kill(server, signal.SIGKILL)
    assert not left


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
