"""FOLDER → its CRDs, without folders in it, in the server that KUBECONFIG names, served by the time that this ends."""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from kubernetes import client, config

from generator import manifests


def main() -> None:
    config.load_kube_config()
    api = client.ApiextensionsV1Api()
    files = sorted(Path(sys.argv[1]).glob("*.yaml"))
    names = [api.create_custom_resource_definition(crd).metadata.name for file in files for crd in manifests.documents(file)]
    end = time.monotonic() + 30
    while time.monotonic() < end:
        served = client.ApiClient().call_api(
            "/openapi/v2", "GET", response_type="object", auth_settings=["BearerToken"], _return_http_data_only=True
        )
        waiting = [
            name
            for name in names
            if not any(f"/{name.partition('.')[2]}/" in path and name.partition(".")[0] in path for path in served["paths"])
        ]
        if not waiting:
            return
        time.sleep(0.5)
    raise SystemExit(f"not served: {waiting}")


if __name__ == "__main__":
    main()
