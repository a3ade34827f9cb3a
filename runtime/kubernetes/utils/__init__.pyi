"""Types of the published `kubernetes.utils`, whose code is reused as it is."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from kubernetes.client import ApiClient, ApiException

class FailToCreateError(Exception):
    api_exceptions: list[ApiException]
    def __init__(self, api_exceptions: list[ApiException]) -> None: ...

def create_from_dict(
    k8s_client: ApiClient,
    data: Mapping[str, Any],
    verbose: bool = False,
    namespace: str = "default",
    apply: bool = False,
    **kwargs: Any,
) -> list[Any]: ...
def create_from_yaml(
    k8s_client: ApiClient,
    yaml_file: str | None = None,
    yaml_objects: Iterable[Mapping[str, Any]] | None = None,
    verbose: bool = False,
    namespace: str = "default",
    apply: bool = False,
    **kwargs: Any,
) -> list[Any]: ...
def create_from_directory(
    k8s_client: ApiClient,
    yaml_dir: str | None = None,
    verbose: bool = False,
    namespace: str = "default",
    apply: bool = False,
    **kwargs: Any,
) -> list[Any]: ...
def parse_quantity(quantity: str | float | Decimal) -> Decimal: ...
def parse_duration(duration: str) -> timedelta: ...
def get_nodes_metrics(api_client: ApiClient) -> dict[str, Any]: ...
def get_pods_metrics(api_client: ApiClient, namespace: str, label_selector: str | None = None) -> dict[str, Any]: ...
def get_pods_metrics_in_all_namespaces(
    api_client: ApiClient, namespaces: list[str], label_selector: str | None = None
) -> dict[str, Any]: ...
