"""Types of the published `kubernetes.aio.config`, whose code is reused as it is."""

from collections.abc import Mapping
from typing import Any

from kubernetes.aio.client.api_client import ApiClient
from kubernetes.aio.client.configuration import Configuration
from kubernetes.aio.config.config_exception import ConfigException as ConfigException
from kubernetes.aio.config.kube_config import KubeConfigLoader

KUBE_CONFIG_DEFAULT_LOCATION: str

async def load_config(**kwargs: Any) -> None: ...
def load_incluster_config(client_configuration: Configuration | None = None, try_refresh_token: bool = True) -> None: ...
def list_kube_config_contexts(config_file: str | None = None) -> tuple[list[dict[str, Any]], dict[str, Any]]: ...
async def load_kube_config(
    config_file: str | None = None,
    context: str | None = None,
    client_configuration: Configuration | None = None,
    persist_config: bool = True,
    temp_file_path: str | None = None,
) -> KubeConfigLoader: ...
async def load_kube_config_from_dict(
    config_dict: Mapping[str, Any],
    context: str | None = None,
    client_configuration: Configuration | None = None,
    temp_file_path: str | None = None,
) -> KubeConfigLoader: ...
async def refresh_token(
    loader: KubeConfigLoader, client_configuration: Configuration | None = None, interval: float = 60
) -> None: ...
async def new_client_from_config(
    config_file: str | None = None, context: str | None = None, persist_config: bool = True, temp_file_path: str | None = None
) -> ApiClient: ...
async def new_client_from_config_dict(
    config_dict: Mapping[str, Any] | None = None, context: str | None = None, temp_file_path: str | None = None
) -> ApiClient: ...
