"""YAML → objects created by the API classes of `kubernetes.aio.client`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kubernetes.client.exceptions import ApiException

if TYPE_CHECKING:
    from kubernetes.aio.client.api_client import ApiClient


class FailToCreateError(Exception):
    """Some objects could not be created: `api_exceptions` has the ApiException of each."""

    def __init__(self, api_exceptions: list[ApiException]) -> None:
        super().__init__(api_exceptions)
        self.api_exceptions = api_exceptions

    def __str__(self) -> str:
        return "".join(f"Error from server ({error.reason}): {error.body}" for error in self.api_exceptions)


async def create_from_yaml(
    k8s_client: ApiClient, yaml_file: str, verbose: bool = False, namespace: str = "default", **kwargs: Any
) -> list[list[Any]]:
    """Create the objects of a YAML file and return them, a list for each document.

    :param yaml_file: path of the file
    :param verbose: print what was created
    :param namespace: where objects go that name no namespace; it must exist
    :param kwargs: passed to each API method (`dry_run`, `field_manager`, …)
    Raises FailToCreateError if objects were refused, after all others were created.
    """
    import yaml

    with open(yaml_file, encoding="utf-8") as file:  # noqa: ASYNC230 - a file of manifests is read in no time
        documents = [document for document in yaml.safe_load_all(file) if document]
    created, failures = [], []
    for document in documents:
        try:
            created.append(await create_from_dict(k8s_client, document, verbose, namespace, **kwargs))
        except FailToCreateError as failure:
            failures.extend(failure.api_exceptions)
    if failures:
        raise FailToCreateError(failures)
    return created


async def create_from_dict(
    k8s_client: ApiClient, data: dict[str, Any], verbose: bool = False, namespace: str = "default", **kwargs: Any
) -> list[Any]:
    """Create an object, or each item of a list, and return what was created; parameters as of `create_from_yaml`."""
    kind = data["kind"]
    items = [data]
    if kind.endswith("List") and "items" in data:
        # The items of a typed list, as servers give it, don't say what they are (kubernetes-client/python #586).
        typed = {"apiVersion": data["apiVersion"], "kind": kind.removesuffix("List")} if kind != "List" else {}
        items = [{**item, **typed} for item in data["items"]]
    created, failures = [], []
    for item in items:
        try:
            created.append(await create_from_yaml_single_item(k8s_client, item, verbose, namespace, **kwargs))
        except ApiException as error:
            failures.append(error)
    if failures:
        raise FailToCreateError(failures)
    return created


async def create_from_yaml_single_item(
    k8s_client: ApiClient, yml_object: dict[str, Any], verbose: bool = False, namespace: str = "default", **kwargs: Any
) -> Any:
    """Create one object and return it; parameters as of `create_from_yaml`.

    Raises ApiException if it is refused, AttributeError if the client has no API class for its group and version.
    """
    from kubernetes.aio import client

    group, _, version = yml_object["apiVersion"].rpartition("/")
    words = (group or "core").removesuffix(".k8s.io").split(".")
    api = getattr(client, f"{''.join(map(str.capitalize, words))}{version.capitalize()}Api")(k8s_client)
    kind = re.sub("([a-z0-9])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", yml_object["kind"])).lower()
    create = getattr(api, f"create_namespaced_{kind}", None)
    if create is None:
        found = await getattr(api, f"create_{kind}")(body=yml_object, **kwargs)
    else:
        namespace = yml_object["metadata"].get("namespace") or namespace
        found = await create(body=yml_object, namespace=namespace, **kwargs)
    if verbose:
        print(f"{kind} created. status='{getattr(found, 'status', None)}'")
    return found
