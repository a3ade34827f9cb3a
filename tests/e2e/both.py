"""PUBLISHED OURS → the programs of this folder with both clients against one real server, and whether they saw the same.

Then what only ours has, and last the client that SPEC=cluster makes of the server.
"""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(python: str, folder: Path, *tests: Path) -> dict[str, object]:
    observed = folder / "observed.json"
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", *map(str, tests)]
    status = subprocess.run(command, env={**os.environ, "OBSERVED": str(observed)}, check=False).returncode
    if status:
        sys.exit(status)
    found: dict[str, object] = json.loads(observed.read_text())
    return found


def generate(ours: str) -> str:
    """Build the client of this very server, with CRDs in it, and return the Python that it is installed for."""
    subprocess.run([ours, str(HERE / "apply_crds.py"), str(ROOT / "tests" / "crds")], check=True)
    built = ROOT / "out" / "build-cluster"
    subprocess.run(
        [sys.executable, "-m", "generator", "--out", str(built), "generate", "--spec", "cluster"], check=True, cwd=ROOT
    )
    (wheel,) = (built / "dist").glob("*.whl")
    installed = ROOT / "out" / "wheels" / "cluster"
    environments = str(ROOT / "tests" / "environments.py")
    subprocess.run([sys.executable, environments, "wheels", str(installed), str(wheel)], check=True)
    return str(installed / "bin" / "python")


def main() -> int:
    published, ours = (str(Path(python).absolute()) for python in sys.argv[1:])
    common = [*sorted(HERE.glob("test_*.py")), HERE / "calls"]
    with tempfile.TemporaryDirectory() as folder:
        expected = run(published, Path(folder), *common)
        found = run(ours, Path(folder), *common)
        run(ours, Path(folder), HERE / "ours")
        run(generate(ours), Path(folder), HERE / "generated")
    different = [name for name in expected if found.get(name) != expected[name]]
    for name in different:
        both = (json.dumps(one.get(name), indent=1, sort_keys=True).splitlines() for one in (expected, found))
        print(name, *list(difflib.unified_diff(*both, "published", "ours", lineterm="", n=2))[:60], sep="\n")
    print(f"{len(expected)} programs saw {sum(map(len, expected.values()))} objects with each client; {len(different)} differ")  # type: ignore[arg-type]
    return bool(different) or len(expected) < 20


if __name__ == "__main__":
    sys.exit(main())
