"""A response that was read → what it says, and its body as text for who looks at `last_response`."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kubernetes.client.api_client import ApiClient

# Not compiled when this is imported: many programs begin with what needs none of it.
_CHARSET = r"charset=([a-zA-Z\-\d]+)[\s\;]?"


def answer(client: ApiClient, response: Any, response_type: Any) -> Any:
    """Return the decoded body of a response, None if no type is declared for it."""
    if not response_type:
        _becomes_text(response)
        return None
    if response_type == "str" and isinstance(response, io.IOBase):  # a RESTResponse
        _becomes_text(response, errors="replace")  # logs may hold anything
    if response_type in ("file", "bytes", "str"):  # what comes over a websocket is text, or bytes for `stream` to undo
        return client.deserialize(response, response_type)
    if client._decodes_bytes() and _charset(response).lower() == "utf-8":
        found = client.deserialize(response, response_type)
        _becomes_text(response)
        return response.data if isinstance(found, bytes) else found  # no JSON
    _becomes_text(response)
    return client.deserialize(response, response_type)


def _becomes_text(response: Any, errors: str = "strict") -> None:
    if isinstance(response.data, str):
        return
    charset = _charset(response)
    later = getattr(response, "_decode_later", None)
    if later is not None:
        later(charset, errors)
    else:
        response.data = response.data.decode(charset, errors)


def _charset(response: Any) -> str:
    content_type = response.getheader("content-type") or ""
    found = re.search(_CHARSET, content_type) if "charset=" in content_type else None
    return found[1] if found else "utf-8"
