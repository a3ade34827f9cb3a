"""What every API method does: a constant that describes the operation + arguments → one `call_api`."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from kubernetes.client._delegating import ApiMeta, redirect, set_on_object
from kubernetes.client.exceptions import ApiTypeError, ApiValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubernetes.client.api_client import ApiClient
    from typing_extensions import Self, TypedDict

    # name, method, path, parameters (Python name, name on the wire, path|query|header|body, required),
    # media types of answers, media types of bodies, (status, type) of answers, authentication, collection formats.
    Operation = tuple[
        str,
        str,
        str,
        tuple[tuple[str, str, str, bool], ...],
        tuple[str, ...],
        tuple[str, ...],
        tuple[tuple[int, str | None], ...],
        tuple[str, ...],
        tuple[tuple[str, str], ...],
    ]

    class CallOptions(TypedDict, total=False):
        """What every API method accepts beside its own parameters."""

        async_req: bool | None
        _preload_content: bool
        _request_timeout: float | tuple[float, float] | None
        _request_auth: Mapping[str, Any] | None
        _content_type: str
        _headers: Mapping[str, Any] | None

    class HttpInfoOptions(CallOptions, total=False):
        """What the `_with_http_info` methods accept beside their own parameters."""

        _return_http_data_only: bool | None


T = TypeVar("T")

OPTIONS = frozenset({
    "async_req", "_return_http_data_only", "_preload_content", "_request_timeout", "_request_auth", "_content_type", "_headers",
})  # fmt: skip


class Api(metaclass=ApiMeta):
    """Base of the API classes: the operations of one group and version, called through one ApiClient."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if Api not in cls.__bases__:
            redirect(cls)

    if not TYPE_CHECKING:
        __setattr__ = set_on_object

    def __init__(self, api_client: ApiClient | None = None) -> None:
        if api_client is None:
            from kubernetes.client.api_client import ApiClient

            api_client = ApiClient()
        elif isinstance(api_client, Api):
            name = type(api_client).__name__
            raise ApiTypeError(f"{type(self).__name__} takes an ApiClient, not a {name}; pass its `api_client`")
        self.api_client = api_client

    def close(self) -> None:
        """Close the client's connections, as the API classes of release 37 do."""
        self.api_client.close()


def invoke(client: Any, operation: Operation, values: tuple[Any, ...], data_only: bool, options: Mapping[str, Any]) -> Any:
    """Call an operation with the values of its parameters, in their order.

    With `data_only` the answer is the object alone. Raises ApiTypeError for an unknown option, ApiValueError for a
    required parameter that is None.
    """
    name, method, path, parameters, accepts, consumes, responses, auth, formats = operation
    for option in options:
        if option not in OPTIONS:
            raise ApiTypeError(f"Got an unexpected keyword argument '{option}' to method {name}")
    path_params: dict[str, Any] = {}
    query: list[tuple[str, Any]] = []
    headers = dict(options.get("_headers") or ())
    body = None
    for (parameter, wire, location, required), value in zip(parameters, values, strict=True):
        if value is None:
            if required and client.client_side_validation:
                raise ApiValueError(f"Missing the required parameter `{parameter}` when calling `{name}`")
            if location == "path":
                path_params[wire] = None
        elif location == "query":
            query.append((wire, value))
        elif location == "path":
            path_params[wire] = value
        elif location == "body":
            body = value
        else:
            headers[wire] = value
    if accepts:
        headers["Accept"] = client.select_header_accept(list(accepts))
    if consumes:
        content_type = options.get("_content_type") or client.select_header_content_type(list(consumes), method, body)
        if content_type:
            headers["Content-Type"] = content_type
    return client.call_api(
        path, method, path_params, query, headers,
        body=body,
        post_params=[],
        files={},
        response_types_map=dict(responses),
        auth_settings=list(auth),
        async_req=options.get("async_req"),
        _return_http_data_only=True if data_only else options.get("_return_http_data_only"),
        _preload_content=options.get("_preload_content", True),
        _request_timeout=options.get("_request_timeout"),
        collection_formats=_formats(formats, query),
        _request_auth=options.get("_request_auth"),
    )  # fmt: skip


def _formats(formats: tuple[tuple[str, str], ...], query: list[tuple[str, Any]]) -> dict[str, str]:
    # A command given as one string is one argument, not a list of its letters.
    text = {name for name, value in query if isinstance(value, str)} if formats else ()
    return {name: form for name, form in formats if name not in text}


if TYPE_CHECKING:
    from typing import Generic, NamedTuple

    class ApiResponse(NamedTuple, Generic[T]):
        """An answer with its status and headers; unpacks as (data, status, headers)."""

        data: T
        status_code: int
        headers: Any

else:
    # Not by NamedTuple, which compiles code at every import.
    class ApiResponse(tuple):
        """An answer with its status and headers; unpacks as (data, status, headers)."""

        __slots__ = ()
        _fields = ("data", "status_code", "headers")
        data = property(itemgetter(0), doc="The decoded object.")
        status_code = property(itemgetter(1), doc="The HTTP status.")
        headers = property(itemgetter(2), doc="The headers.")

        def __new__(cls, data: Any, status_code: int, headers: Any) -> Self:
            return tuple.__new__(cls, (data, status_code, headers))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            return "ApiResponse(data={!r}, status_code={!r}, headers={!r})".format(*self)
