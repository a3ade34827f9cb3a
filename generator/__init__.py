"""Kubernetes OpenAPI document → wheel of the Python client. Start reading at `__main__.build`."""

from __future__ import annotations

__version__ = "1.0.0"
