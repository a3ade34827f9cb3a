"""Pickles of models: JSON where that says all there is to say, values by field name where it doesn't.

No configuration ever goes into a pickle. Names instead of positions let a pickle survive a change of the Kubernetes
version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kubernetes.client._model.exact import is_exact
from kubernetes.client._model.meta import construct
from kubernetes.client._model.rawjson import JsonText, plain
from kubernetes.client._model.state import peek, user_state

if TYPE_CHECKING:
    from typing import Any


def _verbatim(text: JsonText) -> msgspec.Raw:
    return msgspec.Raw(text)


_encode = msgspec.json.Encoder(enc_hook=_verbatim).encode


def reduce(model: Any) -> tuple[Any, ...]:
    """Return what pickle needs: a function that makes the object and what it takes. See `from_text` and `restore`."""
    cls = type(model)
    if is_exact(model):
        try:
            return from_text, (cls, _encode(model))
        except ValueError:  # text that UTF-8 can't hold
            pass
    own = peek(model)
    attributes = own.attributes if own is not None else None
    user = user_state(model) if cls._model_ is not cls else None
    values = zip(model.__struct_fields__, msgspec.structs.astuple(model), strict=True)
    return restore, (cls, {name: plain(value) for name, value in values if value is not None}, attributes or None, user or None)


def from_text(cls: Any, text: bytes) -> Any:
    """Make the object of class `cls` that `reduce` wrote as JSON."""
    from kubernetes.client._model.decode import decode

    return decode(text, cls.__name__)


def restore(cls: Any, values: dict[str, Any], attributes: dict[str, Any] | None, user: dict[str, Any] | None) -> Any:
    """Make the object that `reduce` described; what was valid to hold is valid to restore, so nothing is checked."""
    known = {name: value for name, value in values.items() if name in cls.__struct_fields__}
    model = construct(cls, **known)
    for name, value in (attributes or {}).items():
        setattr(model, name, value)
    if user:
        user_state(model).update(user)
    return model


def set_published_state(model: Any, state: dict[str, Any]) -> None:
    """Take the state of a pickle that the published client wrote: private names, its configuration left out."""
    members = type(model)._model_.__dict__
    for name, value in state.items():
        if name.startswith("_") and name in members:
            members[name].__set__(model, value)
        elif name not in ("discriminator", "local_vars_configuration"):
            setattr(model, name, value)
