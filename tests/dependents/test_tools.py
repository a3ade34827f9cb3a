"""What mocks, debuggers, comparison tools and users' classes do with models; runs with the published client and with ours."""

from __future__ import annotations

import copy
import inspect
import io
import json
import pickle
import types
from unittest import mock

import pytest
import urllib3
from kubernetes import client
from kubernetes.client import models


class Response:
    def __init__(self, value):
        self.data = json.dumps(value)


@pytest.fixture
def api_client():
    return client.ApiClient(client.Configuration(host="http://localhost"))


def mocks():
    one = client.V1ObjectMeta(name="a")
    return [
        mock.Mock(spec=client.V1ObjectMeta),
        mock.MagicMock(spec=one),
        mock.create_autospec(client.V1ObjectMeta, instance=True),
    ]


@pytest.mark.parametrize("double", mocks())
def test_a_double_that_says_it_is_a_model_can_be_in_a_model(double):
    assert copy.deepcopy(client.V1Pod(metadata=client.V1ObjectMeta())) == client.V1Pod(metadata=client.V1ObjectMeta())
    pod = client.V1Pod(metadata=double)
    assert pod.to_dict()["metadata"] is double.to_dict.return_value
    assert pod.to_dict(serialize=True)["metadata"] is double.to_dict.return_value
    assert client.V1PodList(items=[double]).to_dict()["items"] == [double.to_dict.return_value]
    assert client.V1ObjectMeta(labels={"a": double}).to_dict()["labels"] == {"a": double.to_dict.return_value}
    assert pod != client.V1Pod()
    assert pod == client.V1Pod(metadata=double)
    assert "metadata" in repr(pod)
    assert copy.copy(pod).metadata is double
    assert isinstance(copy.deepcopy(pod), client.V1Pod)


def test_vars_are_those_of_the_published_classes_and_changes_of_them_last():
    handler = client.V1LifecycleHandler(_exec=client.V1ExecAction(command=["ls"]))
    names = ["_V1LifecycleHandler__exec", "_http_get", "_sleep", "_tcp_socket"]
    assert list(vars(handler)) == ["local_vars_configuration", *names, "discriminator"]
    assert vars(handler)["_V1LifecycleHandler__exec"].command == ["ls"]
    vars(handler)["_sleep"] = 1
    vars(handler).update(note="n", _http_get=2)
    assert (handler.sleep, handler.http_get, handler.note) == (1, 2, "n")
    assert vars(handler).pop("note") == "n"
    assert not hasattr(handler, "note")
    assert type(copy.deepcopy(vars(client.V1Pod(kind="Pod")))) is dict
    pod = client.V1Pod()
    del pod.local_vars_configuration  # as programs do before they pickle
    assert client.V1Pod() == pod


def test_every_name_in_dir_can_be_read():
    one, other = client.V1EnvVar(name="a"), client.V1EnvVar(name="b")
    one.only_here = 1
    assert "only_here" in dir(one)
    for model in (one, other):
        for name in dir(model):
            if name != "__abstractmethods__":
                getattr(model, name)
    published = {"attribute_map", "discriminator", "local_vars_configuration", "openapi_types", "to_dict", "to_str"}
    fields = {"name", "value", "value_from"}
    shown = {name for name, _ in inspect.getmembers(other) if not name.startswith("__")}
    added = {"from_dict", "from_json", "to_json"}  # difference: class-attributes
    assert shown - added == published | fields | {f"_{name}" for name in fields}


def test_a_class_put_into_the_models_module_is_decoded_into(api_client, monkeypatch):
    class V1Widget:
        openapi_types = {"metadata": "V1ObjectMeta", "parts": "list[V1Part]"}
        attribute_map = {"metadata": "metadata", "parts": "theParts"}

        def __init__(self, metadata=None, parts=None, local_vars_configuration=None):
            self.metadata, self.parts = metadata, parts

    class V1Part(client.V1Container):
        pass

    monkeypatch.setattr(models, "V1Widget", V1Widget, raising=False)
    monkeypatch.setattr(models, "V1Part", V1Part, raising=False)
    document = {"metadata": {"name": "w"}, "theParts": [{"name": "p"}]}
    widgets = api_client.deserialize(Response([document]), "list[V1Widget]")
    assert (type(widgets[0]), type(widgets[0].parts[0])) == (V1Widget, V1Part)
    assert api_client.sanitize_for_serialization(widgets) == [document]
    assert api_client._ApiClient__deserialize(document, "V1Widget").metadata.name == "w"


def test_a_field_that_only_a_newer_server_has_can_be_added(api_client):
    types, keys = client.V1Overhead.openapi_types, client.V1Overhead.attribute_map
    empty = client.V1Overhead().to_dict()
    types["not_yet"], keys["not_yet"] = "str", "notYet"
    try:
        overhead = client.V1Overhead(pod_fixed={"cpu": "1"})
        overhead.not_yet = "x"
        assert overhead.to_dict() == {"pod_fixed": {"cpu": "1"}, "not_yet": "x"}
        spec = client.V1PodSpec(containers=[], overhead=overhead)
        sent = api_client.sanitize_for_serialization(spec)
        assert sent["overhead"] == {"podFixed": {"cpu": "1"}, "notYet": "x"}
        assert spec.to_dict()["overhead"]["not_yet"] == "x"
    finally:
        del types["not_yet"], keys["not_yet"]
    assert client.V1Overhead().to_dict() == empty
    assert type(copy.deepcopy(types)) is dict


def test_a_subclass_with_a_new_of_its_own():
    class Single(client.V1Pod):
        only = None

        def __new__(cls, *arguments, **fields):
            cls.only = cls.only or super().__new__(cls)
            return cls.only

    assert Single(kind="a") is Single(kind="b")
    assert Single.only.kind == "b"


def test_a_status_of_wrong_types(api_client):
    found = api_client.deserialize(Response({"apiVersion": {"a": 1}, "kind": {"b": []}, "reason": "r"}), "V1Status")
    assert (type(found).__name__, found.reason, found.kind) == ("V1Status", "r", "{'b': []}")


def test_a_decoded_model_has_the_configuration_of_its_client():
    hooked = client.Configuration()
    hooked.refresh_api_key_hook = lambda _: None
    client.Configuration.set_default(hooked)
    try:
        api_client = client.ApiClient(client.Configuration())
        document = {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c"}]}}
        pods = [
            api_client._ApiClient__deserialize_model(document, client.V1Pod),
            api_client._ApiClient__deserialize(document, "V1Pod"),
            api_client.deserialize(Response(document), "V1Pod"),
        ]
        assert [pod.local_vars_configuration.refresh_api_key_hook for pod in pods] == [None, None, None]
        assert [pod.metadata.local_vars_configuration.refresh_api_key_hook for pod in pods[:2]] == [None, None]
        assert pickle.loads(pickle.dumps(pods)) == pods
    finally:
        client.Configuration.set_default(None)


def test_methods_of_a_class_take_a_mock():
    assert client.V1Job.to_dict(mock.MagicMock()) == {}
    assert client.V1Job.to_str(mock.Mock(to_dict=lambda: {"a": 1})) == "{'a': 1}"


def test_deep_models_become_dicts_by_json_names():
    schema = client.V1JSONSchemaProps(type="object")
    for _ in range(220):
        schema = client.V1JSONSchemaProps(properties={"a": schema})
    for found in (schema.to_dict(), schema.to_dict(serialize=True)):
        inner, depth = found, 0
        while inner["properties"]:
            inner, depth = inner["properties"]["a"], depth + 1
        assert (depth, inner["type"]) == (220, "object")


def test_the_http_layer_is_called_by_keywords(api_client):
    answers = [mock.Mock(data=b'{"items": []}', status=200, getheader=lambda _: None) for _ in "ab"]
    with mock.patch.object(client.rest.RESTClientObject, "request", side_effect=answers) as request:
        client.CoreV1Api(api_client).list_node(limit=1)
        client.CoreV1Api(api_client).create_namespace({"kind": "Namespace"})
    got, posted = request.call_args_list
    assert got.args == ("GET", "http://localhost/api/v1/nodes")
    assert set(got.kwargs) == {"query_params", "headers", "_preload_content", "_request_timeout"}
    assert got.kwargs["query_params"] == [("limit", 1)]
    assert set(posted.kwargs) == {*got.kwargs, "post_params", "body"}


def test_plain_methods_go_through_those_with_http_info(api_client):
    class Api(client.CoreV1Api):
        def list_node_with_http_info(self, **options):
            return options

    assert Api(api_client).list_node(limit=1) == {"limit": 1, "_return_http_data_only": True}
    method = "read_namespaced_pod_with_http_info"
    api = client.CoreV1Api(api_client)
    with mock.patch.object(client.CoreV1Api, method, autospec=True) as patched:
        assert api.read_namespaced_pod("p", namespace="n", pretty="x") is patched.return_value
        patched.assert_called_once_with(api, "p", "n", pretty="x", _return_http_data_only=True)
    setattr(api, method, mock.Mock())
    assert api.read_namespaced_pod("p", "n") is api.read_namespaced_pod_with_http_info.return_value
    assert client.CoreV1Api.read_namespaced_pod.__name__ == "read_namespaced_pod"
    _, sent = called(b"{}", "application/json", lambda: client.CoreV1Api(api_client).read_namespaced_pod("p", "n"))
    assert "fields" in sent


def test_an_overridden_sanitize_sees_every_value():
    class Client(client.ApiClient):
        def sanitize_for_serialization(self, obj):
            return f"<{obj}>" if isinstance(obj, str) else super().sanitize_for_serialization(obj)

    pod = client.V1Pod(kind="Pod", metadata=client.V1ObjectMeta(name="n", labels={"a": "b"}))
    assert Client(client.Configuration()).sanitize_for_serialization(pod) == {
        "kind": "<Pod>", "metadata": {"name": "<n>", "labels": {"a": "<b>"}},
    }  # fmt: skip


def test_what_stands_in_for_the_layers_below_is_called_as_published(api_client):
    class Client(client.ApiClient):
        def _ApiClient__call_api(self, *arguments):
            return arguments

    assert len(Client(client.Configuration()).call_api("/x", "GET")) == 16
    answer = types.SimpleNamespace(status=200, reason="OK", data=b"{}", getheaders=lambda: {"a": "b"}, getheader={"a": "b"}.get)
    api_client.rest_client.pool_manager = mock.Mock(**{"request.return_value": answer})
    _, status, headers = client.CoreV1Api(api_client).read_node_with_http_info("n")
    assert (status, headers, api_client.last_response.getheader("a")) == (200, {"a": "b"}, "b")


def called(body, content_type, call):
    answer = urllib3.HTTPResponse(io.BytesIO(body), {"Content-Type": content_type}, 200, preload_content=True)
    with mock.patch("urllib3.PoolManager.request", return_value=answer) as request:
        return call(), request.call_args.kwargs


def test_answers_that_are_no_json_where_anything_may_come(api_client):
    objects = client.CustomObjectsApi(api_client)
    for body, text in ((b"", ""), (b"gone", "gone"), ("h\u00e9".encode(), "h\u00e9")):
        found, _ = called(body, "text/plain", lambda: objects.delete_namespaced_custom_object("g", "v", "n", "p", "o"))
        assert found == text


def test_numbers_that_json_does_not_have_are_sent_as_json_dumps_writes_them(api_client):
    body = {"a": float("nan"), "b": [float("inf"), None, "null"]}
    _, sent = called(b"{}", "application/json", lambda: client.CoreV1Api(api_client).patch_node("n", body))
    assert sent["body"] == json.dumps(body)


@pytest.mark.parametrize("module", ["client", "aio.client"])
def test_imports_of_the_modules_can_be_patched(module):
    names = {
        "api_client": "Configuration ThreadPool atexit datetime json kubernetes mimetypes os parse quote re rest six tempfile",
        "configuration": "copy httplib logging six sys urllib3",
        "rest": "RESTClientObject RESTResponse json logger logging re ssl urlencode",
        "exceptions": "ApiException six" if module == "client" else "ApiException",
    }
    for part, parts in names.items():
        for name in parts.split():
            with mock.patch(f"kubernetes.{module}.{part}.{name}"):
                pass


def test_the_client_uses_what_was_patched():
    module = "kubernetes.client.api_client"
    with (
        mock.patch(f"{module}.Configuration") as configuration,
        mock.patch(f"{module}.rest") as rest,
        mock.patch(f"{module}.ThreadPool") as pool,
        mock.patch(f"{module}.atexit.register") as register,
    ):
        api_client = client.ApiClient(pool_threads=3)
        assert api_client.configuration is configuration.get_default_copy.return_value
        assert api_client.rest_client is rest.RESTClientObject.return_value
        assert api_client.pool is pool.return_value
        pool.assert_called_once_with(3)
        register.assert_called_once_with(api_client.close)


def test_a_star_import_brings_the_modules_too():
    names: dict = {}
    exec("from kubernetes.client import *", names)
    assert names["rest"].ApiException is names["ApiException"]
    assert {"api", "api_client", "configuration", "exceptions", "models"} <= set(names)
