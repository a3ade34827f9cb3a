"""Calls in 37's form: parameters → a serialised request → a response, read and decoded when its caller wants that.

37's `kubernetes.aio.dynamic` and programs written for 37 make calls in these three steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from kubernetes.aio.client.rest import METHODS, RESTResponse
from kubernetes.client._parameters import tuples_of
from kubernetes.client.api_client import _readable
from kubernetes.client.exceptions import ApiValueError
from kubernetes.client.rest import failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubernetes.aio.client.api_client import ApiClient

    Request = tuple[str, str, dict[str, Any], Any, Any]


async def param_serialize(
    self: ApiClient,
    method: str,
    resource_path: str,
    path_params: Mapping[str, Any] | None = None,
    query_params: Any = None,
    header_params: dict[str, Any] | None = None,
    body: Any = None,
    post_params: Any = None,
    files: Mapping[str, Any] | None = None,
    auth_settings: list[str] | None = None,
    collection_formats: Mapping[str, str] | None = None,
    _host: str | None = None,
    _request_auth: Mapping[str, Any] | None = None,
) -> Request:
    """Return a request as `call_api(*request)` takes it: method, URL with its query, headers, body and form.

    Parameters are those of `call_api`. Raises ApiValueError for authentication that has no place in a request.
    """
    url, _, headers, form = self._prepared(
        resource_path, path_params, None, header_params, post_params, files, collection_formats, _host
    )
    pairs = query_params.items() if hasattr(query_params, "items") else query_params or ()
    pairs = [(name, str(value).lower() if isinstance(value, bool) else value) for name, value in pairs]
    pairs = list(tuples_of(self, pairs, collection_formats))
    await self.update_params_for_auth(headers, pairs, auth_settings, request_auth=_request_auth)
    if pairs:
        url += f"?{urlencode(pairs, quote_via=quote)}"
    return method, url, headers, self.sanitize_for_serialization(body) if body else body, form


def is_request(first: str) -> bool:
    """Say whether the first argument of `call_api` is a method, as in 37, and not a path."""
    return first.upper() in METHODS


async def send(
    self: ApiClient,
    method: str,
    url: str,
    headers: Any,
    body: Any,
    post_params: Any,
    request_timeout: Any,
    preload_content: bool,  # noqa: ARG001 - matters over websockets
) -> RESTResponse:
    """Send a serialised request and return the response, not read yet, whatever its status."""
    response = await self.request(
        method, url, headers=headers, post_params=post_params, body=body, _preload_content=False, _request_timeout=request_timeout
    )
    return RESTResponse(response, None)


def response_deserialize(
    self: ApiClient, response_data: RESTResponse, response_types_map: Mapping[str, str | None] | None = None
) -> Any:
    """Return the decoded answer, with status and headers, of a response that was read.

    :param response_types_map: type of the answer by status ("200"), class of statuses ("2XX") or "default"
    Raises ApiException for answers other than 2xx, ApiValueError for a response that wasn't read.
    """
    if response_data.data is None:
        raise ApiValueError("the response was not read; `await response.read()` first")
    if not 200 <= response_data.status <= 299:
        raise _readable(failure(response_data))
    types, status = response_types_map or {}, str(response_data.status)
    key = next((key for key in (status, f"{status[0]}XX", "default") if key in types), "")
    return self._result(response_data, None, types.get(key), data_only=False)
