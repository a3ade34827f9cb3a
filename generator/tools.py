"""In → Out: openapi/lock.toml → a virtual environment with the tools it pins; needs nothing but Python and pip."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

from generator.errors import Failure

if TYPE_CHECKING:
    from pathlib import Path


def install(requirements: list[str], folder: Path, *, hashes: bool) -> Path:
    """Return the Python of a virtual environment that has these requirements, made unless it is there.

    With `hashes` pip checks every file's digest. Raises Failure if something can't be installed.
    """
    text = "\n".join(requirements) + "\n"
    python = folder / "bin" / "python"
    marker = folder / ".installed"
    wanted = hashlib.sha256(text.encode()).hexdigest()
    if python.exists() and marker.is_file() and marker.read_text(encoding="utf-8") == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    listing = folder / "requirements.txt"
    listing.write_text(text, encoding="utf-8")
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(listing)]
    if hashes:
        command += ["--require-hashes", "--only-binary=:all:"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if result.returncode:
        errors = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
        failure = Failure(folder.name, errors[-1] if errors else "pip failed", "check the network and pip's index, run again")
        failure.stage = "tools"
        raise failure
    marker.write_text(wanted, encoding="utf-8")
    print(f"tools     {len(requirements)} requirements in {folder.name}", file=sys.stderr)
    return python
