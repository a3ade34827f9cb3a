"""A response → its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines(resp: Any, *, rest: bool = False) -> Iterator[bytes]:
    """Split a response into lines, in time linear in its size; what follows the last newline is one only if `rest`."""
    parts: list[bytes] = []
    for segment in resp.stream(amt=None, decode_content=False):
        if not isinstance(segment, (bytes, str)):
            message = f"Received invalid segment type, {type(segment)}, from stream. Accepts only 'str' or 'bytes'."
            raise TypeError(message)
        data = segment.encode("utf-8") if isinstance(segment, str) else segment
        first, newline, others = data.partition(b"\n")
        parts.append(first)
        if newline:
            yield b"".join(parts)
            *whole, last = others.split(b"\n")
            yield from whole
            parts = [last]
    if rest and any(parts):
        yield b"".join(parts)


def iter_resp_lines(resp: Any) -> Iterator[str]:
    """Yield the lines of a log as text, invalid UTF-8 replaced."""
    for line in lines(resp, rest=True):
        yield line.decode("utf-8", errors="replace")
