"""A cache of a cluster's objects that follows their changes, for asyncio; names as of `kubernetes.informer`."""

from __future__ import annotations

from kubernetes.aio.informer.cache import Lister as Lister
from kubernetes.aio.informer.cache import ObjectCache as ObjectCache
from kubernetes.aio.informer.cache import _meta_namespace_key as _meta_namespace_key
from kubernetes.aio.informer.informer import ADDED, BOOKMARK, DELETED, ERROR, MODIFIED
from kubernetes.aio.informer.informer import SharedInformer as SharedInformer

__all__ = ("ADDED", "BOOKMARK", "DELETED", "ERROR", "MODIFIED", "Lister", "ObjectCache", "SharedInformer", "_meta_namespace_key")
