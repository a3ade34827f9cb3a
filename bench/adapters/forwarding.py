"""A Struct whose `__setattr__` does nothing but store: the least that any class pays which must be asked about unknown names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def decoder(kind: str) -> Callable[[bytes], Any]:  # noqa: ARG001
    return lambda body: body


def attribute(pods: Any) -> tuple[Any, str]:  # noqa: ARG001
    import msgspec

    store = msgspec.structs.force_setattr

    class Forwarding(msgspec.Struct, gc=False):
        node_name: str | None = None

        def __setattr__(self, name: str, value: object) -> None:
            store(self, name, value)

    return Forwarding(), "node_name"
