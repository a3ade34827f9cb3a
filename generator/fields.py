"""In → Out: the property names of an object, as CRDs have them → keys that become good and distinct Python names.

openapi-generator makes a Python name of a key and says nothing if two keys get the same one, or if letters are lost.
A key that would is replaced; the template puts the name on the wire back (`x-kubernetes-wire-names`).
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from generator.names import snake

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*")
# Attributes that models have themselves, and names that a model's module uses in annotations.
_TAKEN = frozenset((
    "attribute_map", "builtins", "datetime", "discriminator", "local_vars_configuration", "mro", "openapi_types",
))  # fmt: skip
# Words that openapi-generator puts an underscore before (openapi/generator.yaml); keys that stand for other names can't be these.
_RESERVED = frozenset((
    *keyword.kwlist, "exec", "from_dict", "from_json", "print", "property", "self", "to_dict", "to_json", "to_str",
))  # fmt: skip
UNSPEAKABLE = re.compile(r'["\\\x00-\x1f]')
"""What no field of a msgspec.Struct may have in its name on the wire."""


def python_keys(properties: Iterable[str]) -> dict[str, str]:
    """Map each property to the key that stands for it; most stand for themselves.

    `URL` beside `url` becomes `url2`, as openapi-generator does with parameters.
    """
    keys = {}
    used: set[str] = set()
    # Who has the Python name already goes first, so that an object gains a twin without renaming a field.
    for name in sorted(properties, key=lambda name: (not _PLAIN.fullmatch(name), snake(name) != name, name[:1].isupper(), name)):
        key = name if _PLAIN.fullmatch(name) and snake(name) not in _TAKEN else _cleaned(name)
        if snake(key) in used:
            key = _numbered(snake(key), used)
        used.add(snake(key))
        keys[name] = key
    return keys


def _cleaned(name: str) -> str:
    text = re.sub(r"_+", "_", snake(re.sub(r"[^A-Za-z0-9_]", "_", name))).strip("_")
    return f"field_{text}" if text in _TAKEN or text in _RESERVED or not text[:1].isalpha() else text


def _numbered(name: str, used: set[str]) -> str:
    number = 2
    while f"{name}{number}" in used:
        number += 1
    return f"{name}{number}"
