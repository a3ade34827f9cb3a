"""In → Out: what went wrong → the one line that a user reads.

Every foreseeable failure is a `Failure`; anything else that escapes is a defect of ours.
"""

from __future__ import annotations


class Failure(Exception):
    """A failure that a user can act on.

    Args:
        thing: what it concerns: a file, a version, a definition, a fix.
        why: what is wrong with it.
        step: what to do next.
    """

    def __init__(self, thing: str, why: str, step: str) -> None:
        super().__init__(thing, why, step)
        self.stage = ""
        self.thing, self.why, self.step = thing, why, step

    def __str__(self) -> str:
        stage = f"{self.stage}: " if self.stage else ""
        return " ".join(f"{stage}{self.thing}: {self.why}; {self.step}".split())
