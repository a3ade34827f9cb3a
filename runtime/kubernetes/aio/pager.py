"""Big collections in chunks, for asyncio: `pages` and `items` as of `kubernetes.pager`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubernetes.pager import LIMIT, Request, items_of
from kubernetes.pager import Pager as _Pager

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from kubernetes.pager import Expired, L, ListOf, P, T

__all__ = ("LIMIT", "Pager", "items", "pages")


class Pager(_Pager):
    """How to list in chunks; parameters as of `kubernetes.pager.Pager`."""

    def pages(self, list_function: Callable[P, Awaitable[L]], *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[L]:  # type: ignore[override]
        """Yield what `list_function` returns, a chunk at a time."""
        return self._pages_of(list_function, args, kwargs, self.expired or "restart")

    async def items(  # type: ignore[override]
        self, list_function: Callable[P, Awaitable[ListOf[T]]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[T]:
        """Yield the objects one by one; never more than a chunk of them is kept."""
        async for page in self._pages_of(list_function, args, kwargs, self.expired or "continue"):
            for item in items_of(page):
                yield item

    async def _pages_of(
        self, list_function: Callable[..., Any], args: Any, kwargs: dict[str, Any], expired: Expired
    ) -> AsyncIterator[Any]:
        request = Request(kwargs, self.limit)
        while True:
            try:
                page = await list_function(*args, **request.arguments)
            except Exception as error:  # noqa: BLE001 - raised again unless it is a 410
                request.recover(error, expired)
                continue
            yield page
            if not request.follow(page):
                return


pages = Pager().pages
items = Pager().items
