"""What ends a watch from another thread, while it makes a request, reads, or waits."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from kubernetes.client import _connections

if TYPE_CHECKING:
    from collections.abc import Callable


class StoppedError(Exception):
    """The watch was stopped while it made a request."""


class Stoppable:
    """What has a request, or a response that is read, that another thread may end."""

    def __init__(self) -> None:
        self._stop = False
        self._wake: Any = threading.Event()
        self._resp: Any = None
        self._connection: Any = None
        self._lock = threading.RLock()

    def stop(self) -> None:
        """End the stream, from any thread; a request or a read that is under way ends at once, without an error."""
        with self._lock:
            self._stop = True
            self._wake.set()
            for connection in (getattr(self._resp, "connection", None), self._connection):
                sock = getattr(connection, "sock", None)
                if sock is not None:
                    _shut_down(sock)

    def _ask(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make a request that `stop` can end. Raises StoppedError, OSError or urllib3's HTTPError if it did."""
        try:
            with _connections.told(self._wait_for):
                return func(*args, **kwargs)
        finally:
            with self._lock:
                self._connection = None

    def _wait_for(self, connection: Any) -> None:
        with self._lock:
            self._connection = connection
            if self._stop:
                raise StoppedError


def is_stop(error: Exception) -> bool:
    """Say whether a read failed as it does when `stop` ends it."""
    from urllib3.exceptions import HTTPError

    return isinstance(error, (StoppedError, HTTPError, OSError))


def _shut_down(sock: Any) -> None:
    import socket

    try:
        # Closing would wait for the lock of the very read that blocks. SSLSocket's own would let it read encrypted bytes.
        if isinstance(sock, socket.socket):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        else:
            sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # closed by then
