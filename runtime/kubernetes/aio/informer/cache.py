"""The objects that an informer knows, by key and by index. Of one event loop: no locks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kubernetes.watch.objects import namespaced_name

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Hashable, Iterable, Mapping

    Indexer = Callable[[Any], Iterable[Hashable]]

T = TypeVar("T")


def _meta_namespace_key(obj: Any) -> str:
    """Return `namespace/name`, or the name of an object that has no namespace."""
    namespace, name = namespaced_name(obj)
    return f"{namespace}/{name}" if namespace else name or ""


class ObjectCache(Generic[T]):
    """Objects by key; the objects are shared, so treat them as read-only.

    :param key_func: an object → its key, by default `namespace/name`
    """

    def __init__(self, key_func: Callable[[Any], Any] | None = None) -> None:
        self._key_func = key_func or _meta_namespace_key
        self._objects: dict[Any, T] = {}
        self._indices: dict[str, _Index] = {}

    def list(self) -> builtins.list[T]:
        """Return all objects."""
        return list(self._objects.values())

    def list_keys(self) -> builtins.list[Any]:
        """Return all keys."""
        return list(self._objects)

    def get(self, obj: T) -> T | None:
        """Return the cached state of an object, None if there is none."""
        return self.get_by_key(self._key_func(obj))

    def get_by_key(self, key: Any) -> T | None:
        """Return an object, None if there is none."""
        return self._objects.get(key)

    def add_indexers(self, indexers: Mapping[str, Indexer]) -> None:
        """Keep indices; each function gives the values that an object is found by. Raises ValueError for a name twice."""
        for name, function in indexers.items():
            if name in self._indices:
                raise ValueError(f"an index {name!r} exists")
            index = _Index(function)
            for key, value in self._objects.items():
                index.put(key, value)
            self._indices[name] = index

    def by_index(self, name: str, value: Hashable) -> builtins.list[T]:
        """Return the objects that an index has under a value. Raises KeyError for an unknown index."""
        return [self._objects[key] for key in self._indices[name].keys.get(value, ())]

    def index_values(self, name: str) -> builtins.list[Hashable]:
        """Return the values that an index has. Raises KeyError for an unknown index."""
        return list(self._indices[name].keys)

    def _follow(self, event_type: str, value: T) -> None:
        """Bring the indices up to date with an event."""
        if not self._indices:
            return
        key = self._key_func(value)
        for name, index in self._indices.items():
            index.remove(key)
            if event_type != "DELETED":
                try:
                    index.put(key, value)
                except Exception:  # an index must not end the informer
                    import logging

                    logging.getLogger(__name__).exception("index %r of %r failed", name, key)


class _Index:
    """Keys by value, and values by key."""

    def __init__(self, function: Indexer) -> None:
        self._function = function
        self.keys: dict[Hashable, dict[Any, None]] = {}
        self._values: dict[Any, tuple[Hashable, ...]] = {}

    def put(self, key: Any, value: Any) -> None:
        found = tuple(dict.fromkeys(self._function(value)))
        if found:
            self._values[key] = found
        for one in found:
            self.keys.setdefault(one, {})[key] = None

    def remove(self, key: Any) -> None:
        for one in self._values.pop(key, ()):
            keys = self.keys[one]
            del keys[key]
            if not keys:
                del self.keys[one]


class Lister(Generic[T]):
    """Reads a cache as one reads a cluster."""

    def __init__(self, cache: ObjectCache[T]) -> None:
        self._cache = cache

    def get(self, name: str, namespace: str | None = None) -> T | None:
        """Return an object by its name, None if there is none."""
        found = self._cache.get_by_key(f"{namespace}/{name}" if namespace else name)
        if found is None and self._cache._key_func is not _meta_namespace_key:
            return next((one for one in self._cache.list() if namespaced_name(one) == (namespace, name)), None)
        return found

    def list(self, namespace: str | None = None, labels: Mapping[str, str] | None = None) -> list[T]:
        """Return the objects of a namespace, or all, that have these labels."""
        return [one for one in self._cache.list() if _fits(one, namespace, labels)]


def _fits(value: Any, namespace: str | None, labels: Mapping[str, str] | None) -> bool:
    if namespace is not None and namespaced_name(value)[0] != namespace:
        return False
    if not labels:
        return True
    metadata = value["metadata"] if isinstance(value, dict) else value.metadata
    found = (metadata.get("labels") if isinstance(metadata, dict) else metadata.labels) or {}
    return all(found.get(name) == wanted for name, wanted in labels.items())
