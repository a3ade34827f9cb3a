"""In → Out: a git command in a repository of ours → what it prints; nobody's settings count, so that output is stable."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = ("kuberegen maintainers", "maintainers@kuberegen.invalid")
DATE = "2026-11-01T00:00:00+00:00"
_SETTINGS = {"core.autocrlf": "false", "core.quotePath": "true", "commit.gpgSign": "false", "advice.detachedHead": "false"}


class Failed(Exception):
    """git ended with an error; the text is what it said."""


def git(folder: Path, *arguments: str, given: str | None = None) -> str:
    """Run git in `folder` and return its output. Raises Failed."""
    options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": AUTHOR[0], f"GIT_{role}_EMAIL": AUTHOR[1], f"GIT_{role}_DATE": DATE}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    result = subprocess.run(  # noqa: S603 - our own arguments
        ["git", *options, *arguments],  # noqa: S607 - the user's git
        cwd=folder, env=environment, input=given, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    if result.returncode:
        raise Failed((result.stderr or result.stdout).strip())
    return result.stdout
