"""Long texts are decoded by one thread at a time.

Threads that decode at once only take turns for the interpreter's lock, every 5 ms (`sys.setswitchinterval`), each with a
half-made list that the garbage collector walks and that falls out of the processor's cache; and any other thread waits
for all of them. Asleep until it is their turn, they are done earlier, and others run in between (`make bench
ONLY="threads_long_1 threads_long_32"`). For short texts, handing over costs more than it saves.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 128 * 1024
"""Bytes from which on a text waits for its turn."""
PATIENCE = 5.0
"""Seconds after which a thread decodes although another one does: whoever has the turn may be waiting for this thread,
in a signal handler for example."""
_turn: Any = threading.RLock()  # reentrant: a finalizer or a signal handler may decode while its thread does

if hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled():
    LONG = sys.maxsize  # such threads do work at once


def in_turn(decode: Callable[[Any], Any], text: bytes | str) -> Any:
    """Return `decode(text)`, called while no other thread decodes a long text."""
    turn = _turn
    try:
        turn.acquire(timeout=PATIENCE)
        return decode(text)
    finally:
        # Not what `acquire` returned: an interrupt can come before that is stored.
        if turn._is_owned():
            turn.release()


def _forget_others() -> None:
    """In a forked process, nobody ends the turn of a thread that isn't there."""
    global _turn  # noqa: PLW0603
    _turn = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_others)
