"""In → Out: a stage's work → its line on the terminal, its entry in out/stages.json, its name in errors.

On a terminal the seconds count up while a stage works; elsewhere each stage is one plain line.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

_TICK = 0.2
"""Seconds between two updates of the running stage's line."""


class Stages:
    """The stages of one run; `out` is the folder that they write to."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.done: list[dict[str, Any]] = []

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[dict[str, Any]]:
        """Run a stage; what it puts into the dict is printed and kept. Errors leave with the stage's name."""
        facts: dict[str, Any] = {}
        start = time.monotonic()
        try:
            with _ticking(name, start):
                yield facts
        except Failure as failure:
            failure.stage = failure.stage or name
            raise
        except OSError as error:
            raise _failure(name, error) from error
        seconds = round(time.monotonic() - start, 1)
        print(f"{name:<9} {_words(facts)}  {seconds} s", file=sys.stderr, flush=True)
        self.done.append({"stage": name, "seconds": seconds, **facts})
        (self.out / "stages.json").write_text(json.dumps(self.done, indent=1) + "\n", encoding="utf-8")


def _words(facts: dict[str, Any]) -> str:
    return ", ".join(f"{value:,} {key}" if isinstance(value, int) else f"{key} {value}" for key, value in facts.items())


def _failure(name: str, error: OSError) -> Failure:
    thing = Path(error.filename).name if error.filename else "the disk"
    step = "free some space" if error.errno == errno.ENOSPC else "check the file and its permissions"
    failure = Failure(thing, error.strerror or str(error), f"{step}, run again")
    failure.stage = name
    return failure


@contextlib.contextmanager
def _ticking(name: str, start: float) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()

    def tick() -> None:
        while not over.wait(_TICK):
            print(f"\r{name:<9} … {time.monotonic() - start:.1f} s", end="", file=sys.stderr, flush=True)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextlib.contextmanager
def fresh_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it takes the place of `path` when it is complete, else it goes."""
    partial = path.with_name(path.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        shutil.rmtree(path, ignore_errors=True)
        partial.rename(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Keep a second run out of the same folder. Raises Failure if there is one."""
    import fcntl

    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            failure = Failure(out.name, "another run is working in it", "wait for it to end, or give another OUT=")
            failure.stage = "start"
            raise failure from None
        yield
