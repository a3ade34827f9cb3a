"""Models as users build, change and print them, and as servers send them."""

from __future__ import annotations

import copy
import datetime
import inspect
import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from kubernetes import client

UTC = datetime.timezone.utc


class Response:
    def __init__(self, value):
        self.data = value if isinstance(value, (str, bytes)) else json.dumps(value)


def decode(value, kind):
    return client.ApiClient().deserialize(Response(value), kind)


def pod():
    container = client.V1Container(name="c", image="i", ports=[client.V1ContainerPort(container_port=80)])
    metadata = client.V1ObjectMeta(name="p", labels={"a": "b"}, creation_timestamp=datetime.datetime(2026, 1, 2, tzinfo=UTC))
    return client.V1Pod("v1", "Pod", metadata, client.V1PodSpec(containers=[container]))


def test_positional_and_keyword_construction():
    assert pod() == client.V1Pod(kind="Pod", api_version="v1", metadata=pod().metadata, spec=pod().spec)
    assert str(inspect.signature(client.V1ContainerPort)) == (
        "(container_port=None, host_ip=None, host_port=None, name=None, protocol=None, local_vars_configuration=None)"
    )


@pytest.mark.parametrize(
    ("build", "error", "text"),
    [
        (lambda: client.V1Container(), ValueError, "Invalid value for `name`, must not be `None`"),
        (
            lambda: client.V1Container(name="a", nme=1),
            TypeError,
            "V1Container.__init__() got an unexpected keyword argument 'nme'",
        ),
        (lambda: client.V1Pod(*range(7)), TypeError, "V1Pod.__init__() takes from 1 to 7 positional arguments but 8 were given"),
        (
            lambda: client.V1Pod("v1", api_version="x"),
            TypeError,
            "V1Pod.__init__() got multiple values for argument 'api_version'",
        ),
        (lambda: setattr(client.V1Container(name="a"), "name", None), ValueError, "Invalid value for `name`, must not be `None`"),
        (lambda: client.V1Container(name="a").foo, AttributeError, "'V1Container' object has no attribute 'foo'"),
        (
            lambda: delattr(client.V1Container(name="a"), "name"),
            AttributeError,
            "property 'name' of 'V1Container' object has no deleter",
        ),
    ],
)
def test_wrong_use_is_refused_in_the_published_words(build, error, text):
    with pytest.raises(error) as caught:
        build()
    assert str(caught.value) == text


def test_base64_is_checked():
    assert client.V1APIServiceSpec(ca_bundle="Zm9v", group_priority_minimum=1, version_priority=1).ca_bundle == "Zm9v"
    with pytest.raises(ValueError, match="must be a follow pattern or equal to `/"):
        client.V1APIServiceSpec(ca_bundle="%", group_priority_minimum=1, version_priority=1)


def test_validation_can_be_off_for_one_object_and_for_all():
    off = client.Configuration()
    off.client_side_validation = False
    container = client.V1Container(local_vars_configuration=off)
    container.name = None
    assert container.local_vars_configuration is off
    client.Configuration.set_default(off)
    assert client.V1Container().name is None


def test_validation_that_is_off_for_a_client_is_off_for_what_it_decodes():
    off = client.Configuration()
    off.client_side_validation = False
    found = client.ApiClient(off).deserialize(Response({"spec": {"containers": [{"name": "a"}]}}), "V1Pod")
    found.spec.containers[0].name = None
    with pytest.raises(ValueError, match="must not be"):
        decode({"name": "a"}, "V1Container").name = None


def test_what_a_server_sends_is_not_refused():
    assert decode({"items": None}, "V1PodList").items is None
    assert decode({"spec": {}}, "V1Pod").spec.containers is None
    assert decode({"caBundle": "%"}, "V1APIServiceSpec").ca_bundle == "%"


@pytest.mark.parametrize(
    ("sent", "kind", "read", "value"),
    [
        ({"name": 5}, "V1Container", lambda m: m.name, "5"),
        ({"replicas": "5"}, "V1DeploymentSpec", lambda m: m.replicas, 5),
        ({"stdin": "x"}, "V1Container", lambda m: m.stdin, True),
        ({"labels": {"a": 1, "b": None}}, "V1ObjectMeta", lambda m: m.labels, {"a": "1", "b": None}),
        ({"args": ["a", None, 2]}, "V1Container", lambda m: m.args, ["a", None, "2"]),
        ({"targetPort": "http", "port": 1}, "V1ServicePort", lambda m: m.target_port, "http"),
        ({"targetPort": 80, "port": 1}, "V1ServicePort", lambda m: m.target_port, 80),
        ({"creationTimestamp": "2026-09-01"}, "V1ObjectMeta", lambda m: m.creation_timestamp, datetime.datetime(2026, 9, 1)),
        ({"maximum": 1}, "V1JSONSchemaProps", lambda m: m.maximum, 1.0),
        ({"$ref": "x", "not": {"type": "y"}}, "V1JSONSchemaProps", lambda m: (m.ref, m._not.type), ("x", "y")),
        ({"unknown": {"a": [1]}, "name": "n"}, "V1Container", lambda m: m.name, "n"),
    ],
)
def test_values_of_another_type_are_coerced_as_published(sent, kind, read, value):
    assert read(decode(sent, kind)) == value


def test_one_bad_value_in_a_list_costs_the_decoding_of_its_item(monkeypatch):
    items = [{"metadata": {"name": str(number)}} for number in range(50)]
    items[7]["metadata"]["name"] = 7
    walked = []
    walk = client.ApiClient._ApiClient__deserialize_model
    api_client = client.ApiClient()
    real = api_client._ApiClient__walk
    monkeypatch.setattr(client.ApiClient, "_ApiClient__walk", lambda self, data, kind: (walked.append(kind), real(data, kind))[1])
    found = api_client.deserialize(
        Response({"kind": "PodList", "metadata": {"resourceVersion": "1"}, "items": items}), "V1PodList"
    )
    assert [item.metadata.name for item in found.items] == [str(number) for number in range(50)]
    assert (found.metadata.resource_version, walked.count("V1Pod")) == ("1", 1)
    assert walk is client.ApiClient._ApiClient__deserialize_model


def test_old_and_new_spellings_of_container_types():
    assert decode({"a": 1}, "dict(str, str)") == decode({"a": 1}, "dict[str, str]") == {"a": "1"}
    assert decode({"a": {"metadata": {"name": "n"}}}, "dict(str, V1Pod)")["a"].metadata.name == "n"
    for kind in ("list[V1Pod]", "List[V1Pod]"):
        assert decode([{"kind": "x"}], kind)[0].kind == "x"
    for kind in ("dict(str, list[V1Pod])", "Dict[str, List[V1Pod]]"):
        assert decode({"a": [{"kind": "x"}]}, kind)["a"][0].kind == "x"
    assert decode({"kind": "x"}, client.V1Pod) == client.V1Pod(kind="x")


def test_private_decoding_names():
    data = pod().to_dict(serialize=True)
    api_client = client.ApiClient()
    assert api_client._ApiClient__deserialize({"kind": "x"}, "V1Pod") == client.V1Pod(kind="x")
    assert api_client._ApiClient__deserialize_model({"kind": "x"}, client.V1Pod) == client.V1Pod(kind="x")
    bare = client.ApiClient.__new__(client.ApiClient)
    assert bare.deserialize(Response({"kind": "x"}), "V1Pod").kind == "x"
    assert data["spec"]["containers"][0]["name"] == "c"


def test_an_overridden_private_name_is_called_for_every_model():
    class Patched(client.ApiClient):
        seen = ()

        def _ApiClient__deserialize_model(self, data, klass):
            self.seen += (klass.__name__,)
            return super()._ApiClient__deserialize_model(data, klass)

    patched = Patched()
    found = patched.deserialize(Response({"metadata": {"name": "n"}, "spec": {"containers": [{"name": "c"}]}}), "V1Pod")
    assert found.spec.containers[0].name == "c"
    assert patched.seen == ("V1Pod", "V1ObjectMeta", "V1PodSpec", "V1Container")


def test_managed_fields_stay_text_until_read():
    document = {"metadata": {"managedFields": [{"manager": "m", "fieldsV1": {"f:a": {"f:b": {}}}}, {"fieldsV1": None}, {}]}}
    found = decode(document, "V1Pod")
    slot = type(found.metadata).__dict__["managed_fields"].slot
    assert isinstance(slot.__get__(found.metadata), bytes)
    shared = copy.copy(found.metadata)
    first, second, third = found.metadata.managed_fields
    assert shared.managed_fields is found.metadata.managed_fields
    assert isinstance(type(first).__dict__["fields_v1"].slot.__get__(first), bytes)
    assert found == decode(document, "V1Pod")
    assert first.fields_v1 == {"f:a": {"f:b": {}}}
    assert found == decode(document, "V1Pod")
    other = copy.copy(decode(document, "V1Pod").metadata.managed_fields[0])
    other.manager = "another"
    assert first != other
    first.fields_v1["f:c"] = {}
    assert client.ApiClient().sanitize_for_serialization(first) == {"manager": "m", "fieldsV1": {"f:a": {"f:b": {}}, "f:c": {}}}
    assert (second.fields_v1, third.fields_v1) == (None, None)
    assert client.ApiClient().sanitize_for_serialization(second) == {}
    copied = copy.deepcopy(found)
    copied.metadata.managed_fields[0].fields_v1["f:d"] = 1
    assert "f:d" not in first.fields_v1


@pytest.mark.parametrize("read", [False, True])
def test_managed_fields_are_sent_alike_whether_they_were_read_or_not(read):
    entry = {
        "unknown": 1,
        "subresource": None,
        "time": "2026-01-01T00:00:00+00:00",
        "operation": "Update",
        "fieldsV1": {"f:a": None},
    }
    found = decode({"metadata": {"managedFields": [entry, {"fieldsV1": None, "manager": 5}]}}, "V1Pod")
    if read:
        assert [one.fields_v1 for one in found.metadata.managed_fields] == [{"f:a": None}, None]
    sent = [{"fieldsV1": {"f:a": None}, "operation": "Update", "time": "2026-01-01T00:00:00Z"}, {"manager": "5"}]
    assert client.ApiClient().sanitize_for_serialization(found) == {"metadata": {"managedFields": sent}}
    assert json.loads(found.to_json()) == {"metadata": {"managedFields": sent}}
    assert pickle.loads(pickle.dumps(found)) == found
    template = client.V1PodTemplate(template=client.V1PodTemplateSpec(metadata=found.metadata), metadata=found.metadata)
    pods = client.V1PodList(items=[found, found], metadata={"managedFields": None})
    for model, named in (pods, 3), (template, 2):
        printed = json.dumps(client.ApiClient().sanitize_for_serialization(model))
        assert (printed.count(json.dumps(sent)), printed.count("managedFields")) == (2, named)
    again = copy.deepcopy(found)
    found.metadata.managed_fields = None
    assert client.ApiClient().sanitize_for_serialization(found) == {"metadata": {}}
    assert again.to_dict()["metadata"]["managed_fields"][1]["manager"] == "5"


def test_schemas_of_crds_stay_text_until_read():
    schema = {"type": "object", "properties": {"a": {"type": "string", "default": None, "x-kubernetes-int-or-string": True}}}
    found = decode({"versions": [{"name": "v1", "schema": {"openAPIV3Schema": schema}}]}, "V1CustomResourceDefinitionSpec")
    held = found.versions[0].schema
    assert isinstance(type(held).__dict__["open_apiv3_schema"].slot.__get__(held), bytes)
    unread = client.ApiClient().sanitize_for_serialization(found), pickle.dumps(found), copy.deepcopy(found)
    assert held.open_apiv3_schema.properties["a"].x_kubernetes_int_or_string is True
    assert held.open_apiv3_schema is held.open_apiv3_schema
    assert client.ApiClient().sanitize_for_serialization(found) == unread[0]
    assert pickle.loads(unread[1]) == found == unread[2]
    held.open_apiv3_schema.type = "array"
    assert found != unread[2]
    assert json.loads(found.to_json())["versions"][0]["schema"]["openAPIV3Schema"]["type"] == "array"


def test_a_field_read_by_many_threads_is_one_object():
    text = [{"fieldsV1": {f"f:{number}": {} for number in range(5000)}}]
    for _ in range(20):
        metadata = decode({"metadata": {"managedFields": text}}, "V1Pod").metadata
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _, metadata=metadata: metadata.managed_fields, range(8)))
        assert all(one is metadata.managed_fields for one in found)


def test_a_kept_pod_does_not_keep_the_answer():
    data = json.dumps({"items": [{"metadata": {"managedFields": [{"fieldsV1": {"f:a": {}}}]}, "x": "y" * 100_000}]}).encode()
    before = sys.getrefcount(data)
    found = client.ApiClient().deserialize(Response(data), "V1PodList")
    assert sys.getrefcount(data) == before
    assert found.items[0].metadata.managed_fields[0].fields_v1 == {"f:a": {}}


def test_dicts():
    found = pod().to_dict()
    assert found["metadata"]["labels"] == {"a": "b"}
    assert found["spec"]["containers"][0]["ports"][0] == {
        "container_port": 80, "host_ip": None, "host_port": None, "name": None, "protocol": None,
    }  # fmt: skip
    assert pod().to_dict(serialize=True)["spec"]["containers"][0]["ports"][0]["containerPort"] == 80
    assert client.V1Pod(metadata={"name": "x"}).to_dict()["metadata"] == {"name": "x"}
    assert repr(client.V1EnvVar(name="a")) == "{'name': 'a', 'value': None, 'value_from': None}"


def test_wire_form():
    sent = client.ApiClient().sanitize_for_serialization(pod())
    assert sent == {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "p", "labels": {"a": "b"}, "creationTimestamp": "2026-01-02T00:00:00Z"},
        "spec": {"containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80}]}]},
    }
    assert json.loads(pod().to_json()) == sent
    assert client.V1Pod.from_json(pod().to_json()) == client.V1Pod.from_dict(sent) == pod()


def test_micro_times_always_have_six_digits():
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    lease = client.V1Lease(metadata=client.V1ObjectMeta(creation_timestamp=moment), spec=client.V1LeaseSpec(renew_time=moment))
    expected = {"metadata": {"creationTimestamp": "2026-01-02T03:04:05Z"}, "spec": {"renewTime": "2026-01-02T03:04:05.000000Z"}}
    assert client.ApiClient().sanitize_for_serialization(lease) == expected
    assert json.loads(lease.to_json()) == expected
    assert json.loads(client.V1LeaseList(items=[lease]).to_json()) == {"items": [expected]}


def test_every_model_can_be_built_decoded_and_printed():
    off = client.Configuration()
    off.client_side_validation = False
    names = client.models.__all__
    for name in names:
        cls = getattr(client.models, name)
        assert cls(local_vars_configuration=off) == decode({}, name)
        assert list(cls.openapi_types) == list(cls.attribute_map) == list(cls.__struct_fields__)
    assert len(names) > 600
