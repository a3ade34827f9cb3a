"""Users' `…_with_http_info` methods: the plain methods, which need no detour otherwise, then go through them as published.

They may be overridden in a subclass, patched in an API class, or set on an object.
"""

from __future__ import annotations

import functools
from types import MethodType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SUFFIX = "_with_http_info"


class ApiMeta(type):
    """Metaclass of API classes: hears of methods that are put into a class."""

    if not TYPE_CHECKING:

        def __setattr__(cls, name: str, value: Any) -> None:
            plain = name.removesuffix(_SUFFIX)
            current = getattr(cls, plain, None) if plain != name else None
            before = getattr(cls, name, None)
            super().__setattr__(name, value)
            if current is None:
                return
            if getattr(current, "before", None) is value:  # put back
                super().__setattr__(plain, current.__wrapped__)
            else:
                super().__setattr__(plain, _through(current, name, before))


def redirect(cls: Any) -> None:
    """Let the plain methods of a user's class go through the ones that it overrides."""
    for name in [name for name in vars(cls) if name.endswith(_SUFFIX)]:
        plain = name.removesuffix(_SUFFIX)
        if plain not in vars(cls) and hasattr(cls, plain):
            type.__setattr__(cls, plain, _through(getattr(cls, plain), name))


def set_on_object(api: Any, name: str, value: Any) -> None:
    """`__setattr__` of API objects."""
    object.__setattr__(api, name, value)
    plain = name.removesuffix(_SUFFIX)
    if plain != name and hasattr(type(api), plain):
        object.__setattr__(api, plain, MethodType(_through(getattr(type(api), plain), name), api))


def _through(plain: Any, name: str, before: Any = None) -> Callable[..., Any]:
    if hasattr(plain, "before"):
        return plain  # type: ignore[no-any-return]
    code = getattr(plain, "__code__", None)
    required = code.co_varnames[1 : code.co_argcount] if code is not None else ()

    @functools.wraps(plain)
    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        given = [options.pop(parameter) for parameter in required[len(arguments) :] if parameter in options]
        options["_return_http_data_only"] = True
        return getattr(self, name)(*arguments, *given, **options)

    method.before = before  # type: ignore[attr-defined]
    return method
