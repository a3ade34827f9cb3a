"""What mocks, debuggers, comparison tools and users' classes do with models; runs with the published client and with ours."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from unittest import mock

import pytest
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
