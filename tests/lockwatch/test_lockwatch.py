"""lockwatch with clients as they are installed, and with threads that do wait."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time

import pytest

from generator import lock

sys.path.insert(0, str(lock.ROOT / "lockwatch"))

import lockwatch

OUT = lock.ROOT / "out"
PROGRAM = """
from kubernetes import client
api = client.CoreV1Api(client.ApiClient(client.Configuration()))
{start}
for _ in range(1000):
    client.V1Pod()
"""


def report_of(python, tmp_path, text, *arguments):
    script, found = tmp_path / "script.py", tmp_path / "report.json"
    script.write_text(text)
    command = [str(python), str(lock.ROOT / "lockwatch" / "lockwatch.py"), "--json", str(found), str(script), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(found.read_text()), result


def test_our_models_leave_logging_alone(tmp_path):
    found, result = report_of(OUT / "wheels" / "1.36" / "bin" / "python", tmp_path, PROGRAM.format(start=""))
    # One Configuration: the program's own.
    assert (found["setLevel"], found["getLogger"], found["acquisitions"], found["configurations"]) == (0, 0, 0, 1)
    assert result.returncode == 0
    assert "setLevel                   0" in result.stderr


def test_the_published_client(tmp_path):
    found, _ = report_of(OUT / "published" / "bin" / "python", tmp_path, PROGRAM.format(start=""))
    idle, _ = report_of(OUT / "published" / "bin" / "python", tmp_path, PROGRAM.format(start="raise SystemExit"))
    assert found["setLevel"] - idle["setLevel"] == 2000
    assert found["configurations"] - idle["configurations"] == 1000
    assert found["acquisitions"] > 2000
    assert found["callers"][0]["name"].startswith("kubernetes.client.configuration.")


def test_exit_codes_and_arguments_are_the_programs(tmp_path):
    _, result = report_of(sys.executable, tmp_path, "import sys\nprint(sys.argv[1:])\nsys.exit(3)", "--a", "b")
    assert (result.returncode, result.stdout) == (3, "['--a', 'b']\n")


def test_waiting_is_measured_by_thread_and_everything_is_put_back():
    before = (logging._lock, logging.getLogger, logging.Logger.setLevel, list(sys.meta_path))
    with lockwatch.watch() as report:

        def take():
            logging.getLogger("a").setLevel(10)

        holder = threading.Thread(target=take, name="waiter")
        with logging._lock:
            holder.start()
            time.sleep(0.05)
        holder.join()
    found = report.as_dict()
    (waiter,) = (row for row in found["threads"] if row["name"] == "waiter")
    assert waiter["longest"] > 0.02
    assert found["waited"] >= waiter["waited"] >= waiter["longest"]
    assert "waiter" in report.table()
    assert any("take" in row["name"] for row in found["callers"])
    assert (logging._lock, logging.getLogger, logging.Logger.setLevel, list(sys.meta_path)) == before


def test_an_error_in_the_program_puts_everything_back():
    before = logging._lock
    with pytest.raises(KeyError), lockwatch.watch():
        raise KeyError
    assert logging._lock is before
