"""What is importable, and what importing does not load."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("logging", "urllib3", "ssl", "requests", "dateutil", "yaml", "multiprocessing", "http.client")


def run(code):
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_first_use_loads_nothing_heavy():
    code = f"""
import sys
from kubernetes import client
api = client.CoreV1Api()
api.api_client.deserialize(type("R", (), {{"data": '{{"items": [{{"metadata": {{"name": "x"}}}}]}}'}}), "V1PodList")
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    assert run(code) == "[]"


def test_importing_the_client_loads_no_model():
    assert (
        run("import sys; import kubernetes.client; print([m for m in sys.modules if 'models.' in m or 'msgspec' in m])") == "[]"
    )


@pytest.mark.parametrize(
    "code",
    [
        "from kubernetes import client, config, dynamic, watch, stream, utils, leaderelection, informer",
        "from kubernetes import *; client.V1Pod, config.load_kube_config",
        "from kubernetes.client import *; V1Pod, CoreV1Api, ApiClient, Configuration, ApiException",
        "from kubernetes.client.models import *; V1Pod",
        "from kubernetes.client.models.v1_pod import V1Pod",
        "import kubernetes.client.models; kubernetes.client.models.v1_pod.V1Pod",
        "from kubernetes.client.api.core_v1_api import CoreV1Api",
        "from kubernetes.client.rest import ApiException, RESTClientObject",
        "from kubernetes.client import rest; rest.urllib3.PoolManager, rest.ssl, rest.logger",
        "import kubernetes; kubernetes.client.api_client.ApiClient, kubernetes.client.exceptions, kubernetes.client.configuration",
        "import warnings; warnings.simplefilter('ignore'); from kubernetes.client.apis import core_v1_api, CoreV1Api",
        "from kubernetes.dynamic.discovery import Discoverer, LazyDiscoverer",
        "from kubernetes.stream import stream, ws_client",
    ],
)
def test_imports_that_programs_rely_on(code):
    run(code)


def test_unknown_names():
    from kubernetes import client

    with pytest.raises(AttributeError, match=r"module 'kubernetes.client' has no attribute 'V9Nope'"):
        client.V9Nope
    assert "V1Pod" in dir(client)


def test_threads_that_start_together_get_the_same_classes():
    code = """
import threading
from kubernetes import client
KINDS = "V1PodList", "V1DeploymentList", "V1NodeList", "V1JobList"
R = type("R", (), {"data": '{"items": [{"metadata": {"name": "n"}}]}'})
start, found = threading.Barrier(16), []
def work(number):
    start.wait()
    api_client, kind = client.ApiClient(), KINDS[number % 4]
    parsed = {"items": [{"metadata": {"name": "n"}}]}
    made = api_client.deserialize(R, kind) if number % 3 else api_client._ApiClient__deserialize(parsed, kind)
    found.append(type(made.items[0].metadata))
threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
[t.start() for t in threads]; [t.join() for t in threads]
print(len(found), len(set(found)))
"""
    assert run(code) == "16 1"


DECLARED = """
import json, sys
from kubernetes.client import _model, models
from kubernetes.client.models._bundle import MODELS as BUNDLED
from kubernetes.client._model import bundle, meta
names = [entry[0] for entry in BUNDLED]
if sys.argv[1] == "bundle":
    bundle.make_all()
else:
    for name in names:
        getattr(models, name)
def said(cls):
    private = ("_required_", "_base64_", "_micro_time_", "_raw_json_")
    own = {name: repr(getattr(cls, name)) for name in private}
    aliases = {name: value.alias_of for name, value in vars(cls).items() if hasattr(value, "alias_of")}
    return [cls.__module__, cls.__qualname__, cls.__doc__, list(cls.openapi_types.items()), list(cls.attribute_map.items()), own,
        aliases, cls.__struct_fields__, cls.__struct_encode_fields__]
json.dump({name: said(meta.MODELS[name]) for name in names}, sys.stdout)
"""


def test_the_bundle_declares_what_the_modules_do():
    found = [
        json.loads(subprocess.run([sys.executable, "-c", DECLARED, how], capture_output=True, text=True, check=True).stdout)
        for how in ("bundle", "modules")
    ]
    assert found[0] == found[1]
    assert "V1PodSpec" in found[0]
    assert len(found[0]) > 100


def test_a_first_list_imports_few_modules_and_classes_stay_the_same():
    text = run(
        "import sys, pickle; from kubernetes import client; api = client.CoreV1Api().api_client\n"
        "from kubernetes.client.models.v1_container import V1Container as early\n"
        'class R: data = b\'{"items": [{"spec": {"containers": [{"name": "c"}]}}]}\'\n'
        "pods = api.deserialize(R, 'V1PodList')\n"
        "print(len([m for m in sys.modules if m.startswith('kubernetes.client.models.')]))\n"
        "from kubernetes.client.models.v1_pod_spec import V1PodSpec\n"
        "print(type(pods.items[0].spec) is V1PodSpec is client.V1PodSpec, type(pods.items[0].spec.containers[0]) is early)\n"
        "print(pickle.loads(pickle.dumps(pods)) == pods)"
    )
    count, *same = text.split("\n")
    assert int(count) < 12
    assert same == ["True True", "True"]
