"""Parameters and media types → what an HTTP request carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubernetes.client._overriding import untouched
from kubernetes.client.exceptions import ApiValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubernetes.client.api_client import ApiClient

# RFC 3986, 2.3: never quoted.
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DELIMITERS = {"ssv": " ", "tsv": "\t", "pipes": "|"}


def parameters_to_tuples(params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
    """Return parameters as pairs; a collection becomes one delimited value, or one pair an item if its format is multi."""
    formats = collection_formats or {}
    result: list[tuple[str, Any]] = []
    for name, value in params.items() if isinstance(params, dict) else params:
        form = formats.get(name)
        if form is None:
            result.append((name, value))
        elif form == "multi":
            result.extend((name, item) for item in value)
        else:
            result.append((name, _DELIMITERS.get(form, ",").join(str(item) for item in value)))
    return result


def files_parameters(files: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """Return (name, (file name, bytes, media type)) of each file; a value may be a path or a list of paths."""
    import mimetypes
    from pathlib import Path

    result: list[tuple[str, Any]] = []
    for name, value in (files or {}).items():
        for item in (value if isinstance(value, list) else [value]) if value else ():
            path = Path(item)
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            result.append((name, (path.name, path.read_bytes(), media_type)))
    return result


def select_accept(accepts: list[str]) -> str | None:
    """Return the Accept header: JSON alone where it is offered."""
    if not accepts:
        return None
    lowered = [media_type.lower() for media_type in accepts]
    return "application/json" if "application/json" in lowered else ", ".join(lowered)


def select_content_type(content_types: list[str], method: str | None, body: Any) -> str | None:
    """Return the Content-Type header: JSON Patch for a list that is patched in, JSON where offered, else the first."""
    if not content_types:
        return None
    lowered = [media_type.lower() for media_type in content_types]
    if method == "PATCH" and "application/json-patch+json" in lowered and isinstance(body, list):
        return "application/json-patch+json"
    return "application/json" if "application/json" in lowered or "*/*" in lowered else lowered[0]


def tuples_of(client: ApiClient, parameters: Any, formats: Mapping[str, str] | None) -> Any:
    """Return parameters as pairs of plain values; none stay as they were given."""
    if not parameters:
        return parameters
    pairs = parameters.items() if type(parameters) is dict else parameters
    if not formats and type(parameters) in (dict, list) and _are_text(pairs) and untouched(client, client._PARAMETERS):
        return list(pairs)
    return client.parameters_to_tuples(client.sanitize_for_serialization(parameters), formats)


def _are_text(pairs: Any) -> bool:
    for _, value in pairs:  # noqa: SIM110 - `all` costs a generator
        if type(value) is not str:
            return False
    return True


def headers_of(client: ApiClient, header_params: dict[str, Any] | None, formats: Mapping[str, str] | None) -> dict[str, Any]:
    """Return a request's headers: the client's own go before a call's."""
    headers = header_params or {}
    headers.update(client.default_headers)
    if client.cookie:
        headers["Cookie"] = client.cookie
    return dict(tuples_of(client, headers, formats)) if headers else headers


def url_of(client: ApiClient, path: str, parameters: Any, formats: Mapping[str, str] | None, host: str | None) -> str:
    """Return a request's URL with its path parameters quoted."""
    if parameters:
        for name, value in tuples_of(client, parameters, formats):
            text = str(value)
            if not _UNRESERVED.issuperset(text):
                from urllib.parse import quote

                text = quote(text, safe=client.configuration.safe_chars_for_path_param)
            path = path.replace(f"{{{name}}}", text)
    return (client.configuration.host if host is None else host) + path


def apply_authentication(headers: dict[str, Any], queries: Any, setting: Mapping[str, Any]) -> None:
    """Add one way of authentication to a request. Raises ApiValueError for a place that it can't be in."""
    place = setting["in"]
    if place == "cookie":
        headers["Cookie"] = setting["value"]
    elif place == "header":
        headers[setting["key"]] = setting["value"]
    elif place == "query":
        queries.append((setting["key"], setting["value"]))
    else:
        raise ApiValueError("Authentication token must be in `query` or `header`")
