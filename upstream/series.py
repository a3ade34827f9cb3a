"""In → Out: a folder with `series` and patches → the patches in order, with what their messages claim.

`series` names one patch a line, in the order to apply them; a patch's name is its subject, without a number.
"""

from __future__ import annotations

import dataclasses
import email
import email.policy
import re
from typing import TYPE_CHECKING

from generator.errors import Failure
from upstream.git import git

if TYPE_CHECKING:
    from pathlib import Path

TRAILERS = ("Why", "Effect", "Bug", "Forwarded")
_EFFECT = re.compile(r"(?P<probe>.+): (?P<before>\S+) -> (?P<after>\S+) \((?P<command>make [\w-]+)\)")


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a patch claims: a probe's result without it and with it, on top of the patches before it."""

    probe: str
    before: str
    after: str


@dataclasses.dataclass(frozen=True)
class Patch:
    """A patch in mail form, with its trailers."""

    name: str
    subject: str
    why: str
    effects: tuple[Effect, ...]
    bugs: tuple[str, ...]
    forwarded: str
    text: str

    @property
    def lines(self) -> tuple[int, int]:
        """How many lines it adds and removes."""
        body = self.text.split("\ndiff --git ", 1)[1]
        added = len(re.findall(r"^\+(?!\+\+ )", body, re.MULTILINE))
        return added, len(re.findall(r"^-(?!-- )", body, re.MULTILINE))


def read(folder: Path) -> list[Patch]:
    """Return the patches of a series. Raises Failure for one that is missing, unlisted, listed twice or says too little."""
    listed = [line for line in (folder / "series").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    present = {path.name for path in folder.glob("*.patch")}
    for name in listed:
        if name not in present:
            raise Failure(name, f"is in {folder.name}/series, but there is no such file", "restore it, or make patch-save")
        if listed.count(name) > 1:
            raise Failure(name, f"is twice in {folder.name}/series", "keep one")
    for name in sorted(present - set(listed)):
        raise Failure(name, f"isn't in {folder.name}/series", "list it, or remove it")
    return [parse(name, (folder / name).read_bytes().decode()) for name in listed]


def parse(name: str, text: str) -> Patch:
    """Return the patch that a mail holds. Raises Failure if a trailer is missing or can't be read."""
    message = email.message_from_string(text, policy=email.policy.default)
    body, separator, _ = text.partition("\n---\n")
    if not separator or "\ndiff --git " not in text:
        raise Failure(name, "isn't a patch in mail form", "write it with make patch-save")
    trailers = _trailers(body)
    missing = [key for key in TRAILERS if not trailers.get(key)]
    if missing:
        raise Failure(name, f"its message has no {missing[0]}:", "say it, see CONTRIBUTING.md")
    return Patch(
        name=name,
        subject=str(message["Subject"]).removeprefix("[PATCH] "),
        why=trailers["Why"][0],
        effects=tuple(_effect(name, line) for line in trailers["Effect"]),
        bugs=tuple(trailers["Bug"]),
        forwarded=trailers["Forwarded"][0],
        text=text,
    )


def _trailers(body: str) -> dict[str, list[str]]:
    """Return the trailers by key, each unfolded to one line, as git reads them."""
    from pathlib import Path

    found: dict[str, list[str]] = {}
    for line in git(Path.cwd(), "interpret-trailers", "--parse", "--unfold", given=body + "\n").splitlines():
        key, _, value = line.partition(":")
        found.setdefault(key, []).append(value.strip())
    return found


def _effect(name: str, line: str) -> Effect:
    found = _EFFECT.fullmatch(line)
    if not found:
        raise Failure(name, f"Effect can't be checked: {line}", "write PROBE: BEFORE -> AFTER (make upstream-test)")
    return Effect(found["probe"], found["before"], found["after"])
