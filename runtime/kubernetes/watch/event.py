"""An event of a watch: the dict that the published client yields, whose `raw_object` is parsed when it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Generic, Literal, TypeVar

    from typing_extensions import TypedDict

    T = TypeVar("T")

    class WatchEvent(TypedDict, Generic[T]):
        """An event as type checkers see it."""

        type: Literal["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]
        object: T
        raw_object: dict[str, Any]


class Event(dict[str, Any]):
    """`type`, `object` (the model) and `raw_object` (a dict); in every use a plain dict.

    Whatever could show `raw_object` parses it first. Copying into a dict goes through `__iter__` and `__getitem__`
    because `__iter__` is overridden (CPython's dict_merge).
    """

    __slots__ = ("_raw",)

    def __init__(self, event_type: str, event_object: Any, raw: bytes | Callable[[], Any]) -> None:
        """Make an event; `raw` is its line, or gives `raw_object`."""
        super().__init__(type=event_type, object=event_object, raw_object=None)
        self._raw: bytes | Callable[[], Any] | None = raw

    def _whole(self) -> Event:
        if self._raw is not None:
            raw, self._raw = self._raw, None
            super().__setitem__("raw_object", raw() if callable(raw) else json.loads(raw)["object"])
        return self

    def __getitem__(self, key: str) -> Any:
        return super(Event, self._whole() if key == "raw_object" else self).__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        if key == "raw_object":
            self._raw = None
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        super(Event, self._whole()).__delitem__(key)

    def __iter__(self) -> Iterator[str]:
        return super().__iter__()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Event):
            other._whole()
        return super(Event, self._whole()).__eq__(other)

    __hash__ = dict.__hash__  # None: as a dict

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        return super(Event, self._whole()).__repr__()

    def __or__(self, other: Any) -> Any:
        return dict(self) | other

    def __ror__(self, other: Any) -> Any:
        return other | dict(self)

    def __reduce__(self) -> Any:
        return dict, (dict(self),)

    def get(self, key: str, default: Any = None) -> Any:
        """As of dict."""
        return super(Event, self._whole()).get(key, default)

    def items(self) -> Any:
        """As of dict."""
        return super(Event, self._whole()).items()

    def values(self) -> Any:
        """As of dict."""
        return super(Event, self._whole()).values()

    def pop(self, key: str, *default: Any) -> Any:
        """As of dict."""
        return super(Event, self._whole()).pop(key, *default)

    def popitem(self) -> tuple[str, Any]:
        """As of dict."""
        return super(Event, self._whole()).popitem()

    def setdefault(self, key: str, default: Any = None) -> Any:
        """As of dict."""
        return super(Event, self._whole()).setdefault(key, default)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """As of dict."""
        super(Event, self._whole()).update(*args, **kwargs)

    def clear(self) -> None:
        """As of dict."""
        super(Event, self._whole()).clear()

    def copy(self) -> dict[str, Any]:
        """As of dict."""
        return dict(self)
