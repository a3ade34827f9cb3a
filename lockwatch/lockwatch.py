"""Who takes logging's lock, how often, and who waits for it. See README.md.

While a watch is on, `logging._lock` is an object that measures and passes everything on to the real lock, so that
programs exclude each other as before.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.machinery
import json
import logging
import runpy
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CONFIGURATION = ".client.configuration"
_LOGGING = logging.__file__.rpartition("/")[0]
_SHOWN = 10


class Report:
    """What was counted so far; seconds are of waiting for the lock."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter({"getLogger": 0, "setLevel": 0, "configurations": 0, "acquisitions": 0})
        self.threads: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
        self.callers: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
        self._guard = threading.Lock()

    def count(self, what: str) -> None:
        """Count one call."""
        with self._guard:
            self.counts[what] += 1

    def acquired(self, caller: str, waited: float) -> None:
        """Count one acquisition after `waited` seconds."""
        with self._guard:
            self.counts["acquisitions"] += 1
            for entry in (self.threads[threading.current_thread().name], self.callers[caller]):
                entry[0] += 1
                entry[1] += waited
                entry[2] = max(entry[2], waited)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""

        def rows(found: dict[str, list[float]]) -> list[dict[str, Any]]:
            ordered = sorted(found.items(), key=lambda pair: -pair[1][0])
            return [{"name": name, "acquisitions": n, "waited": total, "longest": top} for name, (n, total, top) in ordered]

        with self._guard:
            waited = sum(entry[1] for entry in self.threads.values())
            return {**self.counts, "waited": waited, "threads": rows(self.threads), "callers": rows(self.callers)}

    def table(self) -> str:
        """Return everything as text."""
        found = self.as_dict()
        lines = [f"{name:<16}{found[name]:>12}" for name in ("getLogger", "setLevel", "configurations", "acquisitions")]
        lines.append(f"{'waited':<16}{found['waited'] * 1000:>12.3f} ms")
        for title in ("threads", "callers"):
            lines.append(f"\n{'acquisitions':>12} {'waited ms':>12} {'longest ms':>12}  {title}")
            lines.extend(map(_line, found[title][:_SHOWN]))
        return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    return f"{row['acquisitions']:>12.0f} {row['waited'] * 1e3:>12.3f} {row['longest'] * 1e3:>12.3f}  {row['name']}"


class _WatchedLock:
    """Stands for logging's lock."""

    def __init__(self, lock: Any, report: Report) -> None:
        self.lock = lock
        self.report = report

    def acquire(self, *arguments: Any, **named: Any) -> bool:
        start = time.perf_counter()
        taken: bool = self.lock.acquire(*arguments, **named)
        self.report.acquired(_caller(), time.perf_counter() - start)
        return taken

    def release(self) -> None:
        self.lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *arguments: object) -> None:
        self.release()

    def __getattr__(self, name: str) -> Any:  # what threading and logging ask of an RLock
        return getattr(self.lock, name)


def _caller() -> str:
    frame: Any = sys._getframe(1)
    while frame is not None and (frame.f_code.co_filename == __file__ or frame.f_code.co_filename.startswith(_LOGGING)):
        frame = frame.f_back
    if frame is None:
        return "?"
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{frame.f_lineno}"


class _Finder:
    """Hears of Kubernetes clients that are imported later."""

    def __init__(self, patch: Callable[[Any], None]) -> None:
        self.patch = patch

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if not name.endswith(_CONFIGURATION):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                run(module)
                self.patch(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


class _Patches:
    """Changes that are undone in the end."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.undo: list[tuple[Any, str, Any]] = []

    def put(self, owner: Any, name: str, value: Any) -> None:
        self.undo.append((owner, name, owner.__dict__[name]))
        setattr(owner, name, value)

    def counting(self, owner: Any, name: str, what: str) -> None:
        original = owner.__dict__[name]

        def counted(*arguments: Any, **named: Any) -> Any:
            self.report.count(what)
            return original(*arguments, **named)

        self.put(owner, name, counted)

    def configuration(self, module: Any) -> None:
        cls = getattr(module, "Configuration", None)
        for name in ("__init__", "__deepcopy__") if cls is not None else ():
            if name in cls.__dict__:
                self.counting(cls, name, "configurations")

    def restore(self) -> None:
        for owner, name, value in reversed(self.undo):
            setattr(owner, name, value)


@contextlib.contextmanager
def watch() -> Iterator[Report]:
    """Count until the block ends."""
    report = Report()
    patches = _Patches(report)
    finder = _Finder(patches.configuration)
    real: Any = logging._lock  # type: ignore[attr-defined]
    with real:
        patches.put(logging, "_lock", _WatchedLock(real, report))
    patches.counting(logging, "getLogger", "getLogger")
    patches.counting(logging.Logger, "setLevel", "setLevel")
    for name, module in list(sys.modules.items()):
        if name.endswith(_CONFIGURATION):
            patches.configuration(module)
    sys.meta_path.insert(0, finder)
    try:
        yield report
    finally:
        sys.meta_path.remove(finder)
        with real:
            patches.restore()


def main() -> int:
    """Run a script or a module under watch."""
    parser = argparse.ArgumentParser(prog="python -m lockwatch", description="Who takes logging's lock, and who waits for it.")
    parser.add_argument("--json", type=Path, help="also write the report into this file")
    parser.add_argument("-m", dest="module", action="store_true", help="the program is a module's name")
    parser.add_argument("program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    sys.argv = [options.program, *options.arguments]
    code: Any = 0
    with watch() as report:
        try:
            if options.module:
                runpy.run_module(options.program, run_name="__main__", alter_sys=True)
            else:
                sys.path[0] = str(Path(options.program).resolve().parent)
                runpy.run_path(options.program, run_name="__main__")
        except SystemExit as ended:
            code = ended.code
    print(report.table(), file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(report.as_dict(), indent=1) + "\n", encoding="utf-8")
    if isinstance(code, str):
        print(code, file=sys.stderr)
        return 1
    return code or 0


if __name__ == "__main__":
    sys.exit(main())
