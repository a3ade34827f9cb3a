"""Bare msgspec Structs with the fields of our models: what the parser itself takes, without any promise of a client.

No checks, no undeclared attributes, no `local_vars_configuration`, JSON names looked up as ours are; the collector
doesn't look at them either. What ours takes beyond them is the price of being the published client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def decoder(kind: str) -> Callable[[bytes], Any]:
    import msgspec

    made: dict[str, Any] = {}
    return msgspec.json.Decoder(_struct(f"V1{kind}" if kind != "EventList" else "CoreV1EventList", made)).decode


def _struct(name: str, made: dict[str, Any]) -> Any:
    import msgspec
    from kubernetes.client import models

    if name not in made:
        model = getattr(models, name)
        fields = [(field, Any, None) for field in model.openapi_types]
        made[name] = msgspec.defstruct(name, fields, rename=model.attribute_map, omit_defaults=True, gc=False, kw_only=True)
        # Types come after the class: a model may hold others of its own.
        made[name].__annotations__ = {
            field: msgspec.Raw if field in model._raw_json_ else _type(kind, made) for field, kind in model.openapi_types.items()
        }
    return made[name]


def _type(type_string: str, made: dict[str, Any]) -> Any:
    from kubernetes.client._model.types import is_modelled, python_type, split

    if not is_modelled(type_string):
        return python_type(type_string)
    container = split(type_string)
    if container is None:
        return _struct(type_string, made) | None
    items = _type(container[1], made)
    return (list[items] if container[0] == "list" else dict[str, items]) | None  # type: ignore[valid-type]


def constructor() -> Callable[[], Any]:
    made: Any = _struct("V1Container", {})
    return lambda: made(name="a", image="b")


def attribute(pods: Any) -> tuple[Any, str]:
    return pods.items[0].spec, "node_name"


def serialiser() -> Callable[[Any], Any]:
    import msgspec

    return msgspec.json.Encoder().encode
