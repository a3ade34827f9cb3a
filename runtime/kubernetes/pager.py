"""Big collections in chunks: `pages` and `items` call a list method again and again with the token of the last answer.

The chunks are of one snapshot of the collection. A server forgets a snapshot after some minutes and then answers 410
(https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks); what happens then
is `expired`:

- "restart": the collection is listed anew, whole, as client-go's pager does. What was given before comes again.
- "continue": the rest comes from a newer snapshot, with the token that the server sends with its 410. Nothing comes
  twice; what changed before the place that was reached is not seen. Without such a token the error is raised.
- "raise": the ApiException is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Literal, Protocol

    from typing_extensions import ParamSpec

    P = ParamSpec("P")
    T = TypeVar("T")
    T_co = TypeVar("T_co", covariant=True)
    Expired = Literal["restart", "continue", "raise"]

    class ListOf(Protocol[T_co]):
        """What a list method returns: `V1PodList` is a list of V1Pod."""

        @property
        def items(self) -> Sequence[T_co]:
            """The objects."""


L = TypeVar("L")
LIMIT = 500
"""Objects in a chunk, as kubectl and client-go take them."""
GONE = 410


class Pager:
    """How to list in chunks; `pages` and `items` of this module are those of a Pager as it comes.

    :param limit: objects in a chunk, unless a call has its own `limit`
    :param expired: what to do if the server has forgotten the snapshot; by default pages begin anew, items go on
    """

    def __init__(self, limit: int = LIMIT, expired: Expired | None = None) -> None:
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit}")
        if expired not in (None, "restart", "continue", "raise"):
            raise ValueError(f'expired must be "restart", "continue" or "raise", not {expired!r}')
        self.limit = limit
        self.expired = expired

    def pages(self, list_function: Callable[P, L], *args: P.args, **kwargs: P.kwargs) -> Iterator[L]:
        """Yield what `list_function` returns, a chunk at a time.

        :param list_function: a list method of an API class, or `get` of a dynamic client's resource
        Raises ValueError for arguments that make no sense here, and what the method raises.
        """
        return self._pages(list_function, args, kwargs, self.expired or "restart")

    def items(self, list_function: Callable[P, ListOf[T]], *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        """Yield the objects one by one; never more than a chunk of them is kept."""
        for page in self._pages(list_function, args, kwargs, self.expired or "continue"):
            yield from items_of(page)

    def _pages(self, list_function: Callable[..., Any], args: Any, kwargs: dict[str, Any], expired: Expired) -> Iterator[Any]:
        request = Request(kwargs, self.limit)
        while True:
            try:
                page = list_function(*args, **request.arguments)
            except Exception as error:  # noqa: BLE001 - raised again unless it is a 410
                request.recover(error, expired)
                continue
            yield page
            if not request.follow(page):
                return


class Request:
    """The arguments of the next call; shared with the asynchronous pager."""

    def __init__(self, arguments: dict[str, Any], limit: int) -> None:
        for name in ("watch", "async_req"):
            if arguments.get(name):
                raise ValueError(f"{name} makes no sense with pages")
        if arguments.get("_preload_content") is False:
            raise ValueError("pages need decoded answers: leave _preload_content as it is")
        self.original = {name: value for name, value in arguments.items() if name not in ("limit", "_continue")}
        self.arguments = {"limit": limit, **arguments}

    def follow(self, page: Any) -> bool:
        """Take the token of a page; tell whether there is one."""
        token = token_of(page)
        if token:
            self._continue(token)
        return bool(token)

    def recover(self, error: Exception, expired: Expired) -> None:
        """Prepare the call after an error, or raise it again."""
        if getattr(error, "status", None) != GONE or "_continue" not in self.arguments or expired == "raise":
            raise error
        if expired == "restart":
            # Whole, so that it can't expire again: client-go's FullListIfExpired.
            self.arguments = dict(self.original)
            return
        token = expired_token(error)
        if not token or token == self.arguments["_continue"]:
            raise error
        self._continue(token)

    def _continue(self, token: str) -> None:
        # The token says which version it is of; the server refuses to be told so twice.
        kept = {name: value for name, value in self.arguments.items() if not name.startswith("resource_version")}
        self.arguments = {**kept, "_continue": token}


def items_of(page: Any) -> Any:
    """Return the objects of a page: a list model, a dict, or what the dynamic client returns."""
    return page["items"] if isinstance(page, dict) else page.items


def token_of(page: Any) -> str | None:
    """Return the token that leads to the page after this one."""
    if isinstance(page, dict):
        found: str | None = (page.get("metadata") or {}).get("continue")
        return found
    metadata = getattr(page, "metadata", None)
    if metadata is None:
        return None
    # The dynamic client's objects have every attribute, None where there is nothing.
    return getattr(metadata, "_continue", None) or getattr(metadata, "continue", None)


def expired_token(error: Any) -> str | None:
    """Return the token that a 410 carries, with which the rest of the collection can be had."""
    import json

    try:
        found: str | None = json.loads(error.body)["metadata"]["continue"]
    except (ValueError, KeyError, TypeError):
        return None
    return found


pages = Pager().pages
items = Pager().items
