"""The exceptions of `kubernetes.client`: one set of classes for both clients."""

from __future__ import annotations

from kubernetes.client.exceptions import (
    ApiAttributeError,
    ApiException,
    ApiKeyError,
    ApiTypeError,
    ApiValueError,
    ForbiddenException,
    NotFoundException,
    OpenApiException,
    ServiceException,
    UnauthorizedException,
    render_path,
)

__all__ = (
    "ApiAttributeError", "ApiException", "ApiKeyError", "ApiTypeError", "ApiValueError", "ForbiddenException",
    "NotFoundException", "OpenApiException", "ServiceException", "UnauthorizedException", "render_path",
)  # fmt: skip
