"""Server settings of an OpenAPI document → URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def host_from_settings(index: int, variables: Mapping[str, str], servers: list[dict[str, Any]]) -> str:
    """Return the URL of server `index` with its variables filled in.

    Raises ValueError for an index out of range and for a value that the server's enum doesn't have.
    """
    try:
        server = servers[index]
    except IndexError:
        message = f"Invalid index {index} when selecting the host settings. Must be less than {len(servers)}"
        raise ValueError(message) from None
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        value = variables.get(name, variable["default_value"])
        allowed = variable.get("enum_values")
        if allowed is not None and value not in allowed:
            raise ValueError(f"The variable `{name}` in the host URL has invalid value {value}. Must be {allowed}.")
        url = url.replace(f"{{{name}}}", value)
    return url
