"""`ApiClient`: an API call → one HTTP request → the decoded answer."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from kubernetes.client._answer import answer
from kubernetes.client._deserialize import Deserializer
from kubernetes.client._lazy import late
from kubernetes.client._model.wire import sanitize
from kubernetes.client._operation import ApiResponse
from kubernetes.client._overriding import released, sends_models, untouched
from kubernetes.client._parameters import (
    apply_authentication,
    files_parameters,
    headers_of,
    parameters_to_tuples,
    select_accept,
    select_content_type,
    tuples_of,
    url_of,
)
from kubernetes.client.exceptions import ApiException, ApiValueError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.pool import ThreadPool
    from types import TracebackType

    from kubernetes.client.configuration import Configuration
    from kubernetes.client.rest import RESTClientObject
    from typing_extensions import Self


__getattr__ = late(__name__, {
    "Configuration": "kubernetes.client.configuration:Configuration", "ThreadPool": "multiprocessing.pool:ThreadPool",
    "parse": "dateutil.parser:parse", "quote": "urllib.parse:quote", "rest": "kubernetes.client.rest",
    "atexit": "multiprocessing.util:atexit",  # which registers a function of its own: before somebody watches
    **{name: name for name in ("io", "json", "kubernetes", "mimetypes", "os", "re", "six", "tempfile")},
})  # fmt: skip
_OWN: Any = sys.modules[__name__]


class ApiClient(Deserializer):
    """Sends API calls and decodes what comes back.

    :param configuration: where and how to connect; a copy of the process-wide default if None
    :param header_name: name of a header that every request carries
    :param header_value: its value
    :param cookie: the Cookie header of every request
    :param pool_threads: number of threads that serve calls with `async_req=True`
    """

    PRIMITIVE_TYPES: ClassVar[tuple[type, ...]] = (float, bool, bytes, str, int)
    NATIVE_TYPES_MAPPING: ClassVar[dict[str, Any]] = {
        "int": int,
        "long": int,
        "float": float,
        "str": str,
        "bool": bool,
        "date": datetime.date,
        "datetime": datetime.datetime,
        "object": object,
    }
    _SENDING: ClassVar[dict[str, Any]]
    _PARAMETERS: ClassVar[dict[str, Any]]
    _SANITIZING: ClassVar[dict[str, Any]]
    _pool: ThreadPool | None = None
    rest_client: RESTClientObject
    last_response: Any

    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = 1,
    ) -> None:
        if configuration is None:
            configuration = _OWN.Configuration.get_default_copy()
        self.configuration = configuration
        self.pool_threads = pool_threads
        self.rest_client = _OWN.rest.RESTClientObject(configuration)
        self.default_headers: dict[str, Any] = {}
        if header_name is not None:
            self.default_headers[header_name] = header_value
        self.cookie = cookie
        self.user_agent = "OpenAPI-Generator/36.0.3/python"
        self.client_side_validation = configuration.client_side_validation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the threads of `async_req` and close pooled connections; the client can go on being used."""
        if self._pool:
            self._pool.close()
            self._pool.join()
            self._pool = None
            _OWN.atexit.unregister(self.close)
        close_connections = getattr(self.__dict__.get("rest_client"), "close", None)
        if close_connections is not None:
            close_connections()

    @property
    def pool(self) -> ThreadPool:
        """The threads that serve `async_req`, started at the first use."""
        if self._pool is None:
            _OWN.atexit.register(self.close)
            self._pool = _OWN.ThreadPool(self.pool_threads)
        return self._pool

    @property
    def user_agent(self) -> str:
        """The User-Agent header of every request."""
        agent: str = self.default_headers["User-Agent"]
        return agent

    @user_agent.setter
    def user_agent(self, value: str) -> None:
        self.default_headers["User-Agent"] = value

    def set_default_header(self, header_name: str, header_value: str) -> None:
        """Set a header that every request carries."""
        self.default_headers[header_name] = header_value

    def call_api(
        self,
        resource_path: str,
        method: str,
        path_params: Mapping[str, Any] | None = None,
        query_params: Any = None,
        header_params: dict[str, Any] | None = None,
        body: Any = None,
        post_params: Any = None,
        files: Mapping[str, Any] | None = None,
        response_types_map: Mapping[int, str | None] | None = None,
        auth_settings: list[str] | None = None,
        async_req: bool | None = None,
        _return_http_data_only: bool | None = None,
        collection_formats: Mapping[str, str] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _host: str | None = None,
        _request_auth: Mapping[str, Any] | None = None,
        response_type: Any = None,
    ) -> Any:
        """Make a request and return the decoded answer, with status and headers unless `_return_http_data_only`.

        :param resource_path: path of the endpoint, parameters in braces
        :param response_types_map: type of the answer by status; `response_type`, as releases before 36 had it, is
            the type for every status
        :param async_req: return a result object at once and make the request in a thread
        :param _preload_content: if False, return the urllib3 response, unread
        :param _request_timeout: seconds in total, or a pair of (connect, read) seconds
        :param _host: used instead of the configuration's host
        :param _request_auth: used instead of the configuration's authentication
        Raises ApiException for answers other than 2xx.
        """
        arguments: tuple[Any, ...] = (
            resource_path, method, path_params, query_params, header_params, body, post_params, files,
            response_types_map, auth_settings, _return_http_data_only, collection_formats, _preload_content,
            _request_timeout, _host, _request_auth,
        )  # fmt: skip
        if response_type is not None:  # which a method in place of __call_api need not know
            arguments += (response_type,)
        if async_req:
            return self.pool.apply_async(self.__call_api, arguments)
        return self.__call_api(*arguments)

    def __call_api(
        self,
        resource_path: str,
        method: str,
        path_params: Any = None,
        query_params: Any = None,
        header_params: Any = None,
        body: Any = None,
        post_params: Any = None,
        files: Any = None,
        response_types_map: Any = None,
        auth_settings: Any = None,
        _return_http_data_only: Any = None,
        collection_formats: Any = None,
        _preload_content: Any = True,
        _request_timeout: Any = None,
        _host: Any = None,
        _request_auth: Any = None,
        response_type: Any = None,
    ) -> Any:
        url, query_params, headers, post_params = self._prepared(
            resource_path, path_params, query_params, header_params, post_params, files, collection_formats, _host
        )
        self.update_params_for_auth(headers, query_params, auth_settings, request_auth=_request_auth)
        if body and not sends_models(self, body, headers):
            body = self.sanitize_for_serialization(body)
        try:
            response = self.request(
                method, url, query_params=query_params, headers=headers, post_params=post_params, body=body,
                _preload_content=_preload_content, _request_timeout=_request_timeout,
            )  # fmt: skip
        except ApiException as error:
            raise _readable(error) from error.__cause__
        self.last_response = response
        if not _preload_content:
            return response
        return self._result(response, response_types_map, response_type, _return_http_data_only)

    def _prepared(
        self,
        resource_path: str,
        path_params: Any,
        query_params: Any,
        header_params: Any,
        post_params: Any,
        files: Any,
        collection_formats: Any,
        _host: str | None,
    ) -> tuple[str, Any, dict[str, Any], Any]:
        """Return URL, query, headers and form of a request, before authentication."""
        headers = headers_of(self, header_params, collection_formats)
        url = url_of(self, resource_path, path_params, collection_formats, _host)
        query_params = tuples_of(self, query_params, collection_formats)
        if post_params or files:
            post_params = tuples_of(self, post_params or [], collection_formats)
            post_params.extend(self.files_parameters(files))
        return url, query_params, headers, post_params

    def _result(self, response: Any, response_types_map: Any, response_type: Any, data_only: bool | None) -> Any:
        """Return what a call returns for a response that was read."""
        if response_type is None and response_types_map is not None:
            response_type = response_types_map.get(response.status)
        data = answer(self, response, response_type)
        return data if data_only else ApiResponse(data, response.status, response.getheaders())

    def sanitize_for_serialization(self, obj: Any) -> Any:
        """Return `obj` as values that JSON can hold: models as dicts without None, dates as RFC 3339 text."""
        return sanitize(obj, self.sanitize_for_serialization, at_once=untouched(self, self._SANITIZING))

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, Any] | None = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
    ) -> Any:
        """Make the HTTP request. Raises ApiValueError for an unknown method, ApiException for answers other than 2xx."""
        if method not in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
            raise ApiValueError("http method must be `GET`, `HEAD`, `OPTIONS`, `POST`, `PATCH`, `PUT` or `DELETE`.")
        arguments: dict[str, Any] = {
            "query_params": query_params,
            "headers": headers,
            "_preload_content": _preload_content,
            "_request_timeout": _request_timeout,
        }
        if method in ("POST", "PUT", "PATCH"):
            arguments["post_params"] = post_params
        if method in ("POST", "PUT", "PATCH", "DELETE"):
            arguments["body"] = body
        return getattr(self.rest_client, method)(url, **arguments)

    def parameters_to_tuples(self, params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
        """Return parameters (a dict or pairs) as pairs, collections in their format."""
        return parameters_to_tuples(params, collection_formats)

    def files_parameters(self, files: Mapping[str, Any] | None = None) -> list[tuple[str, Any]]:
        """Return form parameters with the contents of files, given as paths by name."""
        return files_parameters(files)

    def select_header_accept(self, accepts: list[str]) -> str | None:
        """Return the Accept header for these media types: JSON alone where it is among them."""
        return select_accept(accepts)

    def select_header_content_type(self, content_types: list[str], method: str | None = None, body: Any = None) -> str | None:
        """Return the Content-Type header for these media types; a list as a PATCH's body is a JSON Patch."""
        return select_content_type(content_types, method, body)

    def update_params_for_auth(
        self,
        headers: dict[str, Any],
        queries: Any,
        auth_settings: list[str] | None,
        request_auth: Mapping[str, Any] | None = None,
    ) -> None:
        """Add the authentication to headers or query: `request_auth` if given, else the configuration's."""
        if not auth_settings:
            return
        if request_auth:
            self._apply_auth_params(headers, queries, request_auth)
            return
        for auth in auth_settings:
            setting = self.configuration.auth_settings().get(auth)
            if setting:
                self._apply_auth_params(headers, queries, setting)

    def _apply_auth_params(self, headers: dict[str, Any], queries: Any, auth_setting: Mapping[str, Any]) -> None:
        apply_authentication(headers, queries, auth_setting)


ApiClient._SANITIZING = released(ApiClient, ("sanitize_for_serialization",))
ApiClient._PARAMETERS = released(ApiClient, ("sanitize_for_serialization", "parameters_to_tuples"))
ApiClient._SENDING = released(ApiClient, ("request", "sanitize_for_serialization"))


def _readable(error: ApiException) -> ApiException:
    if isinstance(error.body, bytes):
        error.body = error.body.decode("utf-8", "replace")
    return error
