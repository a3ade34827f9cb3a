"""Old name of `kubernetes.client.api`, kept for programs that still import it."""

import warnings
from typing import Any

from kubernetes.client import api
from kubernetes.client.api import *  # noqa: F403

warnings.filterwarnings("default", module="kubernetes.client.apis")
warnings.warn(
    "The package kubernetes.client.apis is renamed and deprecated, use kubernetes.client.api instead"
    " (please note that the trailing s was removed).",
    DeprecationWarning,
    stacklevel=2,
)


def __getattr__(name: str) -> Any:
    return getattr(api, name)
