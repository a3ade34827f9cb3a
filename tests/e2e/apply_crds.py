"""FOLDER → its CRDs, without folders in it, in the server that KUBECONFIG names, served by the time that this ends.

Served is not described: /openapi/v2 has a new kind only later, and SPEC=cluster has to do without.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from behind import wait_until
from kubernetes import client, config

from generator import manifests


def served(custom: client.CustomObjectsApi, group: str, version: str, plural: str) -> bool:
    try:
        resources = custom.get_api_resources(group, version).resources
    except client.ApiException:
        return False
    return any(resource.name == plural for resource in resources)


def main() -> None:
    config.load_kube_config()
    api, custom = client.ApiextensionsV1Api(), client.CustomObjectsApi()
    files = sorted(Path(sys.argv[1]).glob("*.yaml"))
    made = [api.create_custom_resource_definition(crd).spec for file in files for crd in manifests.documents(file)]
    for spec in made:
        for version in (version.name for version in spec.versions if version.served):
            wait_until(lambda key=(spec.group, version, spec.names.plural): served(custom, *key), 30)


if __name__ == "__main__":
    main()
