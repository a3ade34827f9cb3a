"""Interpreter with the published 37 → JSON on stdout: JSON names by model and attribute, methods by API class."""

from __future__ import annotations

import inspect
import json
import sys

from kubernetes import client
from kubernetes.client import models

found = {}
for name in dir(models):
    cls = getattr(models, name)
    if inspect.isclass(cls) and hasattr(cls, "model_fields"):
        found[name] = cls.attribute_map
apis = {}
for name in dir(client):
    cls = getattr(client, name)
    if inspect.isclass(cls) and name.endswith("Api"):
        methods = (method for method, _ in inspect.getmembers(cls, inspect.isfunction) if method[0] != "_" and method != "close")
        apis[name] = [method for method in methods if not method.endswith(("_with_http_info", "_without_preload_content"))]
json.dump({"models": found, "apis": apis}, sys.stdout)
