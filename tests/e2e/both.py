"""PUBLISHED OURS → the programs of this folder with both clients against one real server, and whether they saw the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def run(python: str, folder: Path, *tests: Path) -> dict[str, object]:
    observed = folder / "observed.json"
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", *map(str, tests)]
    status = subprocess.run(command, env={**os.environ, "OBSERVED": str(observed)}, check=False).returncode
    if status:
        sys.exit(status)
    found: dict[str, object] = json.loads(observed.read_text())
    return found


def main() -> int:
    published, ours = sys.argv[1:]
    common = sorted(HERE.glob("test_*.py"))
    with tempfile.TemporaryDirectory() as folder:
        expected = run(published, Path(folder), *common)
        found = run(ours, Path(folder), *common)
        run(ours, Path(folder), HERE / "ours")
    different = [name for name in expected if found.get(name) != expected[name]]
    for name in different:
        print(
            f"{name}: the published client saw\n  {json.dumps(expected[name])[:2000]}\nours\n  {json.dumps(found.get(name))[:2000]}"
        )
    print(f"{len(expected)} programs saw {sum(map(len, expected.values()))} objects with each client; {len(different)} differ")  # type: ignore[arg-type]
    return bool(different) or len(expected) < 20


if __name__ == "__main__":
    sys.exit(main())
