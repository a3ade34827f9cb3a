"""A kind of lock → three processes that elect a leader with it, which is killed: who led, in turn."""

from __future__ import annotations

import subprocess
import sys
import time

CANDIDATE = """
import sys, time
from kubernetes import config
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock import MODULE
config.load_kube_config()
name, namespace = sys.argv[1:]
def lead():
    print("leading", flush=True)
    time.sleep(60)
lock = MODULE.CLASS("leader", namespace, name)
leaderelection.LeaderElection(electionconfig.Config(lock, lease_duration=4, renew_deadline=3, retry_period=1,
    onstarted_leading=lead, onstopped_leading=None)).run()
"""


def led_in_turn(lock, namespace, folder):
    """Return the names of the first leader and of the one that leads after it was killed; `lock` is `module.Class`."""
    module, _, name = lock.partition(".")
    script = folder / "candidate.py"
    script.write_text(CANDIDATE.replace("MODULE", module).replace("CLASS", name))
    outputs = {f"c{number}": folder / f"{number}.out" for number in range(3)}
    running = {}
    try:
        for candidate, output in outputs.items():
            with output.open("w") as file:
                command = [sys.executable, str(script), candidate, namespace]
                running[candidate] = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        first = _leader(outputs)
        running[first].kill()
        return first, _leader({candidate: output for candidate, output in outputs.items() if candidate != first})
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def _leader(outputs):
    end = time.monotonic() + 40
    while time.monotonic() < end:
        leading = [candidate for candidate, output in outputs.items() if "leading" in output.read_text()]
        if leading:
            assert len(leading) == 1
            return leading[0]
        time.sleep(0.2)
    raise AssertionError("nobody leads")
