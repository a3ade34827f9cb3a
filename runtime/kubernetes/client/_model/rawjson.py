"""JSON text that stays text until somebody reads it (`fieldsV1` of managedFields).

A field's slot holds `ABSENT`, a `msgspec.Raw` with its own bytes, or the value once it was read or set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from typing import Any

ABSENT = msgspec.Raw(b"")
"""The one default, so that msgspec's `omit_defaults` sees that nothing was set."""
_NULL = b"null"
_decode = msgspec.json.Decoder().decode


def plain(value: Any) -> Any:
    """Return the value that a slot's content stands for."""
    if value is ABSENT:
        return None
    if isinstance(value, msgspec.Raw):
        return _decode(value) if value else None
    return value


class RawJson:
    """Descriptor over a Struct's slot: decodes at the first read and keeps the result, so that changes of it last."""

    def __init__(self, slot: Any) -> None:
        self.slot = slot

    def __get__(self, model: Any, owner: Any = None) -> Any:
        if model is None:
            return self
        stored = self.slot.__get__(model)
        if isinstance(stored, msgspec.Raw):
            value = plain(stored)
            if value is not None:
                self.slot.__set__(model, value)
            return value
        return stored

    def __set__(self, model: Any, value: Any) -> None:
        self.slot.__set__(model, ABSENT if value is None else value)


def keep_raw_json(model: Any) -> None:
    """Give a model just made its own copy of the bytes: a slice of the answer would keep all of the answer alive."""
    for slot in model._raw_slots_:
        stored = slot.__get__(model)
        if stored is ABSENT:
            continue
        if stored.__class__ is not msgspec.Raw:
            if stored is None:
                slot.__set__(model, ABSENT)
        else:
            slot.__set__(model, stored.copy() if len(stored) != len(_NULL) or bytes(stored) != _NULL else ABSENT)
