"""Exceptions of the client, as the published client names and words them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubernetes.client._lazy import late

if TYPE_CHECKING:
    from collections.abc import Sequence

__getattr__ = late(__name__, {"six": "six"})


class OpenApiException(Exception):
    """Base of all exceptions of the client."""


def render_path(path_to_item: Sequence[Any]) -> str:
    """Return where in a document an item is, as subscripts."""
    return "".join(f"[{part}]" if isinstance(part, int) else f"['{part}']" for part in path_to_item)


def _located(msg: str, path_to_item: Sequence[Any] | None) -> str:
    return f"{msg} at {render_path(path_to_item)}" if path_to_item else msg


class ApiTypeError(OpenApiException, TypeError):
    """An argument of a wrong type or name."""

    def __init__(self, msg: str, path_to_item: Any = None, valid_classes: Any = None, key_type: Any = None) -> None:
        self.path_to_item = path_to_item
        self.valid_classes = valid_classes
        self.key_type = key_type
        super().__init__(_located(msg, path_to_item))


class ApiValueError(OpenApiException, ValueError):
    """An argument or an answer with a wrong value."""

    def __init__(self, msg: str, path_to_item: Any = None) -> None:
        self.path_to_item = path_to_item
        super().__init__(_located(msg, path_to_item))


class ApiAttributeError(OpenApiException, AttributeError):
    """An attribute that can't be read or set."""

    def __init__(self, msg: str, path_to_item: Any = None) -> None:
        self.path_to_item = path_to_item
        super().__init__(_located(msg, path_to_item))


class ApiKeyError(OpenApiException, KeyError):
    """A key that isn't there."""

    def __init__(self, msg: str, path_to_item: Any = None) -> None:
        self.path_to_item = path_to_item
        super().__init__(_located(msg, path_to_item))


class ApiException(OpenApiException):
    """An answer other than 2xx, or none at all (status 0).

    Attributes: `status` (int), `reason` (str), `body` (str, bytes or None) and `headers` of the answer.
    """

    def __init__(self, status: int | None = None, reason: str | None = None, http_resp: Any = None) -> None:
        self.status = status
        self.reason = reason
        self.body: Any = None
        self.headers: Any = None
        if http_resp:
            self.status = http_resp.status
            self.reason = http_resp.reason
            self.body = http_resp.data
            self.headers = http_resp.getheaders() if hasattr(http_resp, "getheaders") else http_resp.headers

    def __str__(self) -> str:
        text = f"({self.status})\nReason: {self.reason}\n"
        if self.headers:
            text += f"HTTP response headers: {self.headers}\n"
        if self.body:
            text += f"HTTP response body: {self.body}\n"
        return text


class NotFoundException(ApiException):
    """404."""


class UnauthorizedException(ApiException):
    """401."""


class ForbiddenException(ApiException):
    """403."""


class ServiceException(ApiException):
    """5xx."""
