"""Types of the published `kubernetes.stream`, whose code is reused as it is."""

from collections.abc import Callable
from typing import Any

def stream(api_method: Callable[..., Any], *args: Any, binary: bool = False, **kwargs: Any) -> Any: ...
def portforward(api_method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...
