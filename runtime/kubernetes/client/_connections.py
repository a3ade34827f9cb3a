"""Which connection a thread waits for: another thread that wants to end the request must shut it down."""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TAKERS: dict[int, Callable[[Any], None]] = {}
"""By thread; only of those that want to know."""


@contextlib.contextmanager
def told(taker: Callable[[Any], None]) -> Iterator[None]:
    """Call `taker` with each connection that this thread is about to wait for; what it raises ends the request."""
    thread = threading.get_ident()
    _TAKERS[thread] = taker
    try:
        yield
    finally:
        del _TAKERS[thread]


def telling(manager: Any) -> Any:
    """Return a urllib3 PoolManager whose pools tell of their connections."""
    classes = manager.pool_classes_by_scheme
    if isinstance(classes, dict):  # tests put other things into the place of urllib3's
        manager.pool_classes_by_scheme = {scheme: _pool(found) for scheme, found in classes.items()}
    return manager


@functools.cache
def _pool(base: Any) -> Any:
    def _make_request(self: Any, conn: Any, *args: Any, **kwargs: Any) -> Any:
        taker = _TAKERS.get(threading.get_ident()) if _TAKERS else None
        if taker is None:
            return base._make_request(self, conn, *args, **kwargs)
        wait = conn.getresponse

        def getresponse(*args: Any, **kwargs: Any) -> Any:
            taker(conn)  # it has a socket by now
            return wait(*args, **kwargs)

        conn.getresponse = getresponse
        try:
            return base._make_request(self, conn, *args, **kwargs)
        finally:
            del conn.getresponse

    # Not of its connections: programs that record or fake them replace `ConnectionCls` of urllib3's own classes.
    return type(base.__name__, (base,), {"_make_request": _make_request, "__module__": base.__module__})
