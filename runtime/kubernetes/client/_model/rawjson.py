"""Fields whose JSON stays text until somebody reads them: managedFields, `fieldsV1` in them, the schemas of CRDs.

A field's slot holds `ABSENT`, a `JsonText`, or the value once it was read or set. Few programs read them, and they are a
quarter of a list of Pods, and nearly all of a list of CRDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model.overrides import LOCK

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar

ABSENT = msgspec.Raw(b"")
"""The one default, so that msgspec's `omit_defaults` sees that nothing was set."""
_NULL = b"null"


class JsonText(bytes):
    """The JSON of one field; each such field has a subclass, which knows the field's type."""

    __slots__ = ()
    type_string: ClassVar[str]

    def value(self) -> Any:
        """Return what the text describes. Raises what decoding an answer raises for such a value."""
        if self.type_string == "object":
            return msgspec.json.decode(self)
        from kubernetes.client._model.decode import decode

        return decode(bytes(self), self.type_string)


def plain(value: Any) -> Any:
    """Return the value that a slot's content stands for."""
    if value is ABSENT:
        return None
    return value.value() if isinstance(value, JsonText) else value


class RawJson:
    """Descriptor over a Struct's slot: decodes at the first read and keeps the result, so that changes of it last."""

    slot: Any

    def __init__(self, name: str, type_string: str) -> None:
        self.text: type[JsonText] = type(f"JsonText_{name}", (JsonText,), {"__slots__": (), "type_string": type_string})

    def __get__(self, model: Any, owner: Any = None) -> Any:
        if model is None:
            return self
        stored = self.slot.__get__(model)
        if stored is ABSENT:
            return None
        return self._read(model) if isinstance(stored, JsonText) else stored

    def _read(self, model: Any) -> Any:
        with LOCK:  # threads that read at once get the same object
            value = plain(self.slot.__get__(model))
            self.slot.__set__(model, value)
        return value

    def __set__(self, model: Any, value: Any) -> None:
        self.slot.__set__(model, ABSENT if value is None else value)


def keeper(field: RawJson) -> Callable[[Any], None]:
    """Return the `__post_init__` that gives a model just made its own copy of the text.

    A slice of the answer would keep all of the answer alive. msgspec wants the function before the class, and so the
    slot, is there.
    """
    text, absent, raw, put = field.text, ABSENT, msgspec.Raw, msgspec.structs.force_setattr

    def keep(model: Any) -> None:
        stored = model._raw_text_  # the slot: the interpreter reads an attribute faster than a descriptor
        if stored is absent:
            return
        if stored.__class__ is raw:
            found = text(stored)
            put(model, "_raw_text_", absent if found == _NULL else found)
        elif stored is None:
            put(model, "_raw_text_", absent)

    return keep
