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
from kubernetes.watch.objects import give_kind, is_newer, kind_of_items, metadata_of, namespaced_name, uid_of, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PERIOD = (300, 600)
"""Seconds after which the server ends a watch, chosen between them so that not all come back at once (as client-go)."""
GRACE = 30
"""Seconds beyond that, after which a silent connection counts as broken."""
LISTING = 90
"""Seconds after which a list that is silent counts as broken; API servers give up after 60."""
SHORTEST = 1.0
"""Seconds; a watch that ended sooner and brought nothing counts as a failure."""
_GONE = 410
# Client errors that pass: timeout, conflict, gone, too many requests.
_PASSING = frozenset({408, 409, _GONE, 429})
_DELETIONS = 1000
"""So many deletions are remembered, and not told again if an older event of the object comes late."""
_OF_OBJECTS = frozenset({"ADDED", "MODIFIED", "DELETED"})


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
        self.version: str | None = None
        """Where a watch goes on; None if there must be a list before."""
        self._first = _of_first_list(arguments)
        if not self._first:
            self.version = arguments.pop("resource_version", None)
        self.again = False
        """Whether the next list tells of objects that didn't change, too."""
        self._broken = broken
        self._made = made
        self._key = key
        self._period = arguments.pop("timeout_seconds", None)
        self._tells_bookmarks = bool(arguments.pop("allow_watch_bookmarks", False))
        self._arguments = arguments
        self.lists_raw = arguments.get("serialize") is False
        """Whether the method returns answers unread, as the dynamic client's `get` does for its `watch`."""
        self._backoff = Backoff()
        self._worked = self._whole = self._watching = self._just_listed = False
        self._listed: set[Any] = set()
        self._list_version: str | None = None
        self._base: str | None = None
        """All events up to this version are known, if `_whole`."""
        self._deleted: dict[Any, str | None] = {}
        """Versions of the deletions that this connection told of."""
        self._started = 0.0

    def list_arguments(self) -> dict[str, Any]:
        """Return the arguments of the list."""
        self._list_version = None
        timeout = self._arguments.get("_request_timeout") or (GRACE, LISTING)
        return {**self._arguments, "_request_timeout": timeout, **self._first}

    def page(self, page: Any) -> Iterator[Any]:
        """Yield what a page of a list tells: objects that are new or not as they were."""
        self._worked = True
        kind, api_version = kind_of_items(page)
        if version_of(page) != self._list_version:  # the first page, or the list was begun anew because its token expired
            self._list_version = version_of(page)
            self._listed = set()
        for item in items_of(page):
            give_kind(item, kind, api_version)
            key = self._key(item)
            self._listed.add(key)
            yield from self._changed(key, item)

    def listed(self, page: Any) -> Iterator[Any]:
        """Yield the deletions that a whole list tells of by leaving objects out; `page` is its last."""
        self.version = version_of(page) or "0"
        self._whole = self._just_listed = True
        self.again, self._first = False, {}
        for key in [key for key in self.objects if key not in self._listed]:
            yield self._made("DELETED", self.objects.pop(key))
        self._listed = set()

    def _changed(self, key: Any, item: Any) -> Iterator[Any]:
        known = self.objects.get(key)
        self.objects[key] = item
        if known is None:
            yield self._made("ADDED", item)
        elif uid_of(known) != uid_of(item):  # deleted, and made anew by the same name
            yield self._made("DELETED", known)
            yield self._made("ADDED", item)
        elif self.again or version_of(known) != version_of(item):
            yield self._made("MODIFIED", item)

    def watch_arguments(self, most: float | None = None) -> dict[str, Any]:
        """Return the arguments of a watch that goes on; `most` seconds long."""
        self._started, self._watching = time.monotonic(), True
        self._base = self.version
        self._deleted.clear()
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
        """Take an event; return it if there is something to tell, else None. Raises ApiException for one of type ERROR.

        An event is old if it is not newer than what is known of its object. What was told of other objects doesn't
        matter: then events that overtake each other are not lost.
        """
        if event is None:
            raise GarbledError
        event_type, found = event["type"], event["object"]
        if event_type == "ERROR":
            raise _failure(event)
        if event_type != "BOOKMARK" and event_type not in _OF_OBJECTS:
            return None  # of a server that is newer than this code; as client-go
        if metadata_of(found) is None:
            raise GarbledError
        self._worked, self._just_listed = True, False
        self._backoff.reset()
        version = version_of(found)
        if event_type == "BOOKMARK":
            self._advance(version)
            self._base = self.version
            self._deleted.clear()
            return event if self._tells_bookmarks else None
        key = self._key(found)
        known = self.objects.get(key)
        if known is not None:
            floor = version_of(known)
        else:
            floor = self._deleted.get(key, self._base if self._whole else None)
        if not is_newer(version, floor):
            return None  # it was told already
        if event_type == "DELETED":
            self.objects.pop(key, None)
            self._deleted[key] = version
            if len(self._deleted) > _DELETIONS:
                del self._deleted[next(iter(self._deleted))]
        else:
            self.objects[key] = found
        self._advance(version)
        return event

    def _advance(self, version: str | None) -> None:
        if version is not None and is_newer(version, self.version):
            self.version = version

    def ended(self) -> float:
        """Return the seconds to wait after a watch that the server ended as it should."""
        return 0.0 if self._lasted() else self._backoff.delay()

    def _lasted(self) -> bool:
        """Say whether there was a watch that lasted; then what failed before doesn't matter any more."""
        watched, self._watching = self._watching, False
        lasted = watched and time.monotonic() - self._started >= SHORTEST
        if lasted:
            self._backoff.reset()
        return lasted

    def failed(self, error: Exception) -> float:
        """Return the seconds to wait after a failure, or raise it if trying again can't help.

        Before anything worked, what the server refuses (401, 403, 404 …) and what isn't JSON is raised. Later it is tried
        again: a server that starts, and what stands before it, answer so, too.
        """
        self._lasted()
        if isinstance(error, ApiException):
            if error.status == _GONE:
                self._first = {}
            if error.status == _GONE and self.version is not None:
                self.version = None
                # A version that is too old as soon as it was listed will be so again.
                return self._backoff.delay(error) if self._just_listed else 0.0
            if not self._worked and not (error.status in _PASSING or (error.status or 0) >= 500):
                raise error
        elif not isinstance(error, (GarbledError, *self._broken)) and not (self._worked and isinstance(error, ValueError)):
            raise error
        return self._backoff.delay(error)


class GarbledError(Exception):
    """A line of a watch that is no event: what it said is lost, and told again by the next watch."""


def _of_first_list(arguments: dict[str, Any]) -> dict[str, Any]:
    """Take the arguments that only the first list may have.

    From "0", any version that a server has, a watch tells what there is in no order: it couldn't be gone on with.
    """
    arguments.pop("send_initial_events", None)  # a list comes first
    match = arguments.pop("resource_version_match", None)
    if match is not None:
        return {"resource_version": arguments.pop("resource_version", None), "resource_version_match": match}
    return {"resource_version": arguments.pop("resource_version")} if arguments.get("resource_version") == "0" else {}


def _failure(event: Any) -> ApiException:
    from kubernetes.watch.watch import failure

    error = failure(event)
    error.body = json.dumps(event["raw_object"] if "raw_object" in event else event["object"])  # may have retryAfterSeconds
    return error
