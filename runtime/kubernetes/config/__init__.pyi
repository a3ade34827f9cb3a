"""Types of the published `kubernetes.config`, whose code is reused as it is."""

from collections.abc import Mapping
from typing import Any

from kubernetes.client import ApiClient, Configuration

KUBE_CONFIG_DEFAULT_LOCATION: str

class ConfigException(Exception): ...

def load_config(**kwargs: Any) -> None: ...
def load_incluster_config(client_configuration: Configuration | None = None, try_refresh_token: bool = True) -> None: ...
def list_kube_config_contexts(config_file: str | None = None) -> tuple[list[dict[str, Any]], dict[str, Any]]: ...
def load_kube_config(
    config_file: Any = None,
    context: str | None = None,
    client_configuration: Configuration | None = None,
    persist_config: bool = True,
    temp_file_path: str | None = None,
) -> None: ...
def load_kube_config_from_dict(
    config_dict: Mapping[str, Any],
    context: str | None = None,
    client_configuration: Configuration | None = None,
    persist_config: bool = True,
    temp_file_path: str | None = None,
) -> None: ...
def new_client_from_config(
    config_file: Any = None,
    context: str | None = None,
    persist_config: bool = True,
    client_configuration: Configuration | None = None,
) -> ApiClient: ...
def new_client_from_config_dict(
    config_dict: Mapping[str, Any] | None = None,
    context: str | None = None,
    persist_config: bool = True,
    temp_file_path: str | None = None,
    client_configuration: Configuration | None = None,
) -> ApiClient: ...
