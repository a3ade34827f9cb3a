"""Command line → the environments that tests run in, all below out/.

environments.py wheel K8S WHEEL FOLDER    install a built wheel with what its tests need
environments.py wheels FOLDER WHEEL...    install several, the last one depending on the others
environments.py lowest WHEEL FOLDER       install a built wheel with the oldest msgspec that it declares
environments.py published-client RELEASE FOLDER   install a published client, an oracle: kubernetes-36 or kubernetes-37
environments.py published FOLDER          run the published wheel's own tests against the wheel installed in FOLDER
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator import fetch, lock, package, tools

CACHE = lock.ROOT / "out" / "cache"
NEEDED = ("pytest", "hypothesis", "trustme", "typing-extensions")
# Packages whose tests need no cluster; those of dynamic are run by tests/e2e/published.py.
OFFLINE = {
    "kubernetes-36": ("config", "watch", "stream", "leaderelection", "aio/config"),
    "kubernetes-37": ("aio/leaderelection", "aio/stream", "aio/utils/retry_test.py", "aio/watch"),
}
# difference: aio-watch
_ERRORS = (
    "unmarshall_k8s_error_response",
    "unmarshall_k8s_error_response_401_gke",
    "unmarshall_job_bookmark_malformed_object_fails",
)
# These put something in place of aiohttp's readline, which our watch doesn't use: lines may be longer than its limit.
_READLINE = (
    "with_decode",
    "for_follow",
    "k8s_empty_response",
    "with_exception",
    "retry_timeout",
    "retry_410",
    "timeout_with_resource_version",
)
DESELECTED = [
    *(f"kubernetes/aio/watch/watch_test.py::WatchTest::test_{name}" for name in _ERRORS),
    *(f"kubernetes/aio/watch/watch_test.py::WatchTest::test_watch_{name}" for name in _READLINE),
    # A coroutine in a TestCase that awaits none: it never runs.
    "kubernetes/aio/config/incluster_config_test.py::InClusterConfigTest::test_refresh_token",
]


def requirements(*names: str) -> list[str]:
    return [requirement for requirement in lock.load().dev if requirement.split("==")[0] in names]


def pip(folder: Path, *arguments: str) -> None:
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True)


def install_wheels(wheels: list[Path], folder: Path) -> None:
    tools.install(requirements(*NEEDED), folder, hashes=False)
    marker = folder / ".wheel"
    digest = hashlib.sha256(b"".join(wheel.read_bytes() for wheel in wheels)).hexdigest()
    if marker.is_file() and marker.read_text() == digest:
        return
    pip(folder, *map(str, wheels))
    pip(folder, "--no-deps", "--force-reinstall", *map(str, wheels))
    marker.write_text(digest)


def install_lowest(wheel: Path, folder: Path) -> None:
    install_wheels([wheel], folder)
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        oldest = re.findall(r"^Requires-Dist: msgspec *>=(\S+)$", archive.read(metadata).decode(), re.MULTILINE)
    pip(folder, f"msgspec=={oldest[0]}")


def install_published(release: str, folder: Path) -> None:
    pinned = fetch.fetch_wheel(lock.load().wheels[release], CACHE)
    tools.install([*requirements("pytest", "hypothesis"), str(pinned)], folder, hashes=False)


def run_published_tests(folder: Path) -> int:
    """The tests import their subject relatively, so they are laid beside a copy of the installed package."""
    beside = lock.ROOT / "out" / "published-tests"
    shutil.rmtree(beside, ignore_errors=True)
    installed = next((folder / "lib").glob("python3*/site-packages/kubernetes"))
    shutil.copytree(installed, beside / "kubernetes")
    for release, packages in OFFLINE.items():
        lay_tests(release, packages, beside)
    command = [str(folder.absolute() / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]
    command += ["-W", "ignore::DeprecationWarning"]  # of unittest and aiohttp, of what the tests do
    command += [argument for test in DESELECTED for argument in ("--deselect", test)]
    # Most of the time is the sleep of two leader elections: both at once.
    parts = (["kubernetes", "--ignore", "kubernetes/aio"], ["kubernetes/aio"])
    running = [subprocess.Popen([*command, *part], cwd=beside) for part in parts]
    return max([process.wait() for process in running])


def lay_tests(release: str, packages: tuple[str, ...], beside: Path) -> None:
    """Write the tests of a published wheel's packages (or single files) into a folder that has `kubernetes`."""
    wanted = tuple(f"kubernetes/{name}" if name.endswith(".py") else f"kubernetes/{name}/" for name in packages)
    with zipfile.ZipFile(fetch.fetch_wheel(lock.load().wheels[release], CACHE)) as archive:
        for name in archive.namelist():
            if name.startswith(wanted) and name.endswith("_test.py"):
                (beside / package._inside(name)).write_bytes(archive.read(name))


def run_dependents_tests(wheel: Path, folder: Path) -> int:
    """dagster-k8s: 177 of its unit tests pass with kubernetes 36.0.3 and must with our wheel."""
    source = lock.load().wheels["dagster-k8s"]
    sdist = fetch.fetch_wheel(source, CACHE)
    wanted = [f"{source.name}=={source.version}", *requirements("pytest", "pytest-mock", "msgspec")]
    python = tools.install(wanted, folder, hashes=False)
    pip(folder, "--no-deps", "--force-reinstall", str(wheel))
    beside = lock.ROOT / "out" / "dependents"
    shutil.rmtree(beside, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(beside, filter="data")
    (tests,) = beside.glob("*/dagster_k8s_tests/unit_tests")
    # With no configuration but its own: ours would make its warnings errors.
    command = [str(python), "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider", str(tests)]
    result = subprocess.run(command, cwd=tests.parent.parent, check=False, capture_output=True, text=True)
    print(result.stdout[-2000:])
    return result.returncode or int("177 passed" not in result.stdout)


def main() -> int:
    command, *arguments = sys.argv[1:]
    if command == "wheel":
        install_wheels([Path(arguments[1])], Path(arguments[2]).absolute())
    elif command == "wheels":
        install_wheels([Path(argument) for argument in arguments[1:]], Path(arguments[0]).absolute())
    elif command == "lowest":
        install_lowest(Path(arguments[0]), Path(arguments[1]).absolute())
    elif command == "published-client":
        install_published(arguments[0], Path(arguments[1]).absolute())
    elif command == "dependents":
        return run_dependents_tests(Path(arguments[0]).absolute(), Path(arguments[1]).absolute())
    elif command == "published":
        return run_published_tests(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
