"""What a watch that never ends knows: pages, events and errors in, events and the next step out; no I/O.

As client-go's reflector: list, watch from the list's version; when that version is too old, list again and tell what was
missed. What both clients, synchronous and not, do between two events is decided here.
"""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

from kubernetes.client.exceptions import ApiException
from kubernetes.pager import items_of
from kubernetes.watch.backoff import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PERIOD = (300, 600)
"""Seconds after which the server ends a watch, chosen between them so that not all come back at once (as client-go)."""
GRACE = 30
"""Seconds beyond that, after which a silent connection counts as broken."""
SHORTEST = 1.0
"""Seconds; a watch that ended sooner and brought nothing counts as a failure."""
_GONE = 410
# Client errors that pass: timeout, conflict, gone, too many requests.
_PASSING = frozenset({408, 409, _GONE, 429})


def namespaced_name(value: Any) -> Any:
    """Return what an object goes by among those of its kind: (namespace, name)."""
    metadata = _metadata(value)
    return _field(metadata, "namespace"), _field(metadata, "name")


class Reflector:
    """The last state of every object, and where to go on.

    :param arguments: those of the list method
    :param broken: exceptions that mean a connection that failed
    :param made: makes an event of a type and an object
    :param key: what tells objects apart, by default `namespaced_name`
    """

    def __init__(
        self,
        arguments: dict[str, Any],
        broken: tuple[type[BaseException], ...],
        made: Callable[[str, Any], Any],
        key: Callable[[Any], Any] = namespaced_name,
    ) -> None:
        self.objects: dict[Any, Any] = {}
        self.version: str | None = arguments.pop("resource_version", None)
        """Where a watch goes on; None if there must be a list before."""
        self.again = False
        """Whether the next list tells of objects that didn't change, too."""
        self._broken = broken
        self._made = made
        self._key = key
        self._period = arguments.pop("timeout_seconds", None)
        self._tells_bookmarks = bool(arguments.pop("allow_watch_bookmarks", False))
        self._watch_only = {name: arguments.pop(name) for name in ("resource_version_match",) if name in arguments}
        self._arguments = arguments
        self.lists_raw = arguments.get("serialize") is False
        """Whether the method returns answers unread, as the dynamic client's `get` does for its `watch`."""
        self._backoff = Backoff()
        self._worked = self._whole = False
        self._listed: set[Any] = set()
        self._list_version: str | None = None
        self._started = 0.0

    def list_arguments(self) -> dict[str, Any]:
        """Return the arguments of the list."""
        self._list_version = None
        return {**self._arguments, **self._watch_only}

    def page(self, page: Any) -> Iterator[Any]:
        """Yield what a page of a list tells: objects that are new or not as they were."""
        self._worked = True
        kind, api_version = _kind_of_items(page)
        if _version(page) != self._list_version:  # the first page, or the list was begun anew because its token expired
            self._list_version = _version(page)
            self._listed = set()
        for item in items_of(page):
            _give_kind(item, kind, api_version)
            key = self._key(item)
            self._listed.add(key)
            yield from self._changed(key, item)

    def listed(self, page: Any) -> Iterator[Any]:
        """Yield the deletions that a whole list tells of by leaving objects out; `page` is its last."""
        self.version = _version(page) or "0"
        self._whole = True
        self.again = False
        self._backoff.reset()
        for key in [key for key in self.objects if key not in self._listed]:
            yield self._made("DELETED", self.objects.pop(key))
        self._listed = set()

    def _changed(self, key: Any, item: Any) -> Iterator[Any]:
        known = self.objects.get(key)
        self.objects[key] = item
        if known is None:
            yield self._made("ADDED", item)
        elif _uid(known) != _uid(item):  # deleted, and made anew by the same name
            yield self._made("DELETED", known)
            yield self._made("ADDED", item)
        elif self.again or _version(known) != _version(item):
            yield self._made("MODIFIED", item)

    def watch_arguments(self, most: float | None = None) -> dict[str, Any]:
        """Return the arguments of a watch that goes on; `most` seconds long."""
        self._started = time.monotonic()
        period = random.randint(*PERIOD) if self._period is None else self._period  # noqa: S311 - no secret
        if most is not None:
            period = max(1, min(period, int(most)))
        kept = {name: value for name, value in self._arguments.items() if name not in ("limit", "_continue")}
        return {
            **kept,
            "_request_timeout": kept.get("_request_timeout") or (GRACE, period + GRACE),
            "resource_version": self.version,
            "timeout_seconds": period,
            "allow_watch_bookmarks": True,
        }

    def received(self, event: Any) -> Any:
        """Take an event; return it if there is something to tell, else None. Raises ApiException for one of type ERROR."""
        if event is None:
            raise GarbledError
        event_type = event["type"]
        if event_type == "ERROR":
            raise _failure(event)
        self._worked = True
        self._backoff.reset()
        found = event["object"]
        version = _version(found)
        if event_type == "BOOKMARK":
            self.version = version or self.version
            return event if self._tells_bookmarks else None
        key = self._key(found)
        known = self.objects.get(key)
        # After a list all events are newer than it and come in order; without one, objects that are there come first.
        if not _is_newer(version, self.version if self._whole else known and _version(known)):
            return None  # it was told already
        if event_type == "DELETED":
            self.objects.pop(key, None)
        else:
            self.objects[key] = found
        self.version = version or self.version
        return event

    def ended(self) -> float:
        """Return the seconds to wait after a watch that the server ended as it should."""
        return self._backoff.delay() if time.monotonic() - self._started < SHORTEST else 0.0

    def failed(self, error: Exception) -> float:
        """Return the seconds to wait after a failure, or raise it if trying again can't help.

        Before anything worked, what the server refuses (401, 403, 404 …) is raised. Later it is tried again: a server
        that starts refuses those, too.
        """
        if isinstance(error, ApiException):
            if error.status == _GONE and self.version is not None:
                self.version = None
                return 0.0
            if not self._worked and not (error.status in _PASSING or (error.status or 0) >= 500):
                raise error
        elif not isinstance(error, (GarbledError, *self._broken)):
            raise error
        return self._backoff.delay(error)


class GarbledError(Exception):
    """A line of a watch that is no event: what it said is lost, and told again by the next watch."""


def _failure(event: Any) -> ApiException:
    from kubernetes.watch.watch import failure

    error = failure(event)
    error.body = json.dumps(event["raw_object"] if "raw_object" in event else event["object"])  # may have retryAfterSeconds
    return error


def _metadata(value: Any) -> Any:
    return value.get("metadata") if isinstance(value, dict) else getattr(value, "metadata", None)


def _field(metadata: Any, name: str, key: str | None = None) -> Any:
    return metadata.get(key or name) if isinstance(metadata, dict) else getattr(metadata, name, None)


def _version(value: Any) -> str | None:
    found: str | None = _field(_metadata(value), "resource_version", "resourceVersion")
    return found


def _uid(value: Any) -> Any:
    return _field(_metadata(value), "uid")


def _is_newer(version: str | None, known: str | None) -> bool:
    """Compare two versions; they are decimal numbers (Kubernetes enhancement 5504), or can only be the same."""
    if version is None or known is None or not (version.isdecimal() and known.isdecimal()):
        return version is None or version != known
    return (len(version), version) > (len(known), known)


def _kind_of_items(page: Any) -> tuple[str, str]:
    kind, version = (page.get("kind"), page.get("apiVersion")) if isinstance(page, dict) else (page.kind, page.api_version)
    return (kind or "").removesuffix("List"), version or ""


def _give_kind(item: Any, kind: str, api_version: str) -> None:
    """Say of what kind an object is: servers leave it out in lists, and say it in events."""
    if isinstance(item, dict):
        item.setdefault("kind", kind)
        item.setdefault("apiVersion", api_version)
    elif getattr(item, "kind", kind) is None:
        item.kind, item.api_version = kind, api_version
