"""`python -m cluster build`, `python -m cluster run -- COMMAND…`: the command gets KUBECONFIG; its status is the result.

SIGUSR1 to the process that CLUSTER_PID names kills the API server and starts it anew. CLUSTER_ETCD says, as JSON, how to
reach etcd (`url`, and files `authority`, `certificate`, `key`), so that a test can make it forget what is old.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from cluster import build, server
from generator.errors import Failure

USAGE = "usage: python -m cluster build | python -m cluster run -- COMMAND…"


def main() -> int:
    """Run the command line and return the exit status."""
    for polite in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(polite, signal.default_int_handler)  # they clean up too
    try:
        if sys.argv[1:] == ["build"]:
            print(build.apiserver())
            return 0
        if sys.argv[1:3] != ["run", "--"] or len(sys.argv) < 4:
            print(USAGE, file=sys.stderr)
            return 2
        build.apiserver()
        with server.running() as cluster:
            signal.signal(signal.SIGUSR1, lambda *_: cluster.restart())
            environment = {
                **os.environ,
                "KUBECONFIG": str(cluster.kubeconfig),
                "CLUSTER_PID": str(os.getpid()),
                "CLUSTER_ETCD": json.dumps(cluster.etcd),
            }
            return subprocess.run(sys.argv[3:], env=environment, check=False).returncode
    except Failure as failure:
        failure.stage = failure.stage or "cluster"
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted; nothing is left running", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
