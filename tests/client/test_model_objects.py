"""Models as Python objects: equality, copies, pickles, undeclared attributes, subclasses."""

from __future__ import annotations

import copy
import datetime
import enum
import json
import pickle
import weakref

import pytest
from kubernetes import client
from kubernetes.client import _model
from kubernetes.client._model import meta, overrides

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


def test_equality():
    assert pod() == pod()
    assert (pod() != pod()) is False
    assert pod() != client.V1Pod()
    assert client.V1Pod(metadata=client.V1ObjectMeta(name="x")) == client.V1Pod(metadata=client.V1ObjectMeta(name="x").to_dict())
    assert pod().__eq__(5) is False
    with pytest.raises(TypeError, match="unhashable"):
        hash(pod())


def test_copies_and_pickles():
    one = pod()
    one.extra = [1]
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert other == one
        assert other.extra == [1]
        assert other.metadata.labels is not one.metadata.labels
    assert copy.copy(one).metadata is one.metadata


def test_no_configuration_goes_into_a_pickle():
    configuration = client.Configuration(api_key={"authorization": "t0ken"})
    configuration.refresh_api_key_hook = lambda _: None
    text = pickle.dumps(client.V1Pod(kind="Pod", local_vars_configuration=configuration))
    assert b"t0ken" not in text
    assert b"onfiguration" not in text
    assert pickle.loads(text).kind == "Pod"


def test_any_attribute_can_be_set_and_private_names_work():
    one, other = pod(), pod()
    one.note = "x"
    assert (one.note, vars(one)["note"], one._kind) == ("x", "x", "Pod")
    assert not hasattr(other, "note")
    one._kind = None
    assert (one.kind, one.discriminator) == (None, None)
    assert one.local_vars_configuration.client_side_validation is True


def test_aliases_of_renamed_fields():
    spec = client.V1ServiceSpec(external_i_ps=["1.2.3.4"])
    spec.cluster_i_ps = ["10.0.0.1"]
    assert (spec.external_ips, spec.external_i_ps, spec.cluster_ips) == (["1.2.3.4"], ["1.2.3.4"], ["10.0.0.1"])
    assert client.ApiClient().sanitize_for_serialization(spec) == {"externalIPs": ["1.2.3.4"], "clusterIPs": ["10.0.0.1"]}


class MyPod(client.V1Pod):
    """At module level, so that pickle finds it."""

    def __init__(self, note, **fields):
        super().__init__(**fields)
        self.note = note


def test_subclasses_with_an_own_constructor():
    mine = MyPod("x", kind="Pod", metadata=client.V1ObjectMeta(name="n"))
    assert (mine.note, mine.kind, mine == client.V1Pod(kind="Pod", metadata=client.V1ObjectMeta(name="n"))) == ("x", "Pod", True)
    assert client.ApiClient().sanitize_for_serialization(mine) == {"kind": "Pod", "metadata": {"name": "n"}}
    for other in (pickle.loads(pickle.dumps(mine)), copy.deepcopy(mine), copy.copy(mine)):
        assert (type(other), other.note, other) == (MyPod, "x", mine)
    with pytest.raises(TypeError, match=r"V1Pod.__init__\(\) got an unexpected keyword argument 'bad'"):
        MyPod("x", bad=1)


def test_subclasses_of_subclasses_mixins_and_weak_references():
    class Named:
        def title(self):
            return self.metadata.name.title()

    class Child(MyPod):
        pass

    class Grandchild(Named, Child):
        def __init__(self, name):
            super().__init__("note", metadata=client.V1ObjectMeta(name=name))

    grandchild = Grandchild("n")
    assert (grandchild.title(), grandchild.note, weakref.ref(grandchild)()) == ("N", "note", grandchild)
    assert copy.deepcopy(grandchild).__dict__["note"] == "note"


def test_of_two_fields_of_raw_json_one_stays_text():
    class Two(_model.Model):
        openapi_types = {"one": "list[V1EnvVar]", "two": "object"}
        attribute_map = {"one": "one", "two": "two"}
        one: list[client.V1EnvVar] | None = _model.RAW_JSON
        two: object = _model.RAW_JSON

    try:
        found = decode({"one": [{"name": "a"}], "two": {"b": 1}}, "Two")
        assert isinstance(found._raw_text_, bytes)
        assert (found.one[0].name, found.two) == ("a", {"b": 1})
        empty = decode({"one": None}, "Two")
        assert (empty.one, empty.two, empty.to_json()) == (None, None, "{}")
    finally:
        del meta.MODELS["Two"]


def test_a_subclass_that_declares_more_fields():
    class More(client.V1EnvVar):
        openapi_types = {**client.V1EnvVar.openapi_types, "more": "str"}
        attribute_map = {**client.V1EnvVar.attribute_map, "more": "moreJson"}

        def __init__(self, more=None, **fields):
            super().__init__(**fields)
            self.more = more

    try:
        more = More("x", name="n")
        holder = client.V1Container(name="c", env=[more])
        sent = client.ApiClient().sanitize_for_serialization(holder)
        assert sent == {"name": "c", "env": [{"name": "n", "moreJson": "x"}]}
        assert more.to_dict() == {"name": "n", "value": None, "value_from": None, "more": "x"}
        assert decode({"moreJson": "q", "name": "n"}, More).more == "q"
    finally:
        meta.EXTENDED.remove(More)


NODE = {"status": {"images": [{"names": None, "sizeBytes": 5}, {"names": ["a"]}]}}


@pytest.fixture
def _restored():
    """Puts back what a test replaces in a class, which lives as long as the process."""
    yield
    for name in ("V1ContainerImage", "V1NodeAddress"):
        overrides.override(name, active=False)


@pytest.mark.usefixtures("_restored")
def test_a_property_can_be_replaced_as_the_known_workaround_does():
    """kubernetes-client/python #895: `V1ContainerImage.names` that takes None."""
    image, heard = client.V1ContainerImage, []
    original = image.__dict__["names"]

    def names(self, value):
        heard.append(value)
        self._names = value

    assert isinstance(image.names, property)
    image.names = image.names.setter(names)
    try:
        found = decode(NODE, "V1Node")
        assert [entry.names for entry in found.status.images] == [None, ["a"]]
        assert image(names=["b"]).names == ["b"]
        assert heard == [None, ["a"], ["b"]]
        assert found.to_dict()["status"]["images"][1]["names"] == ["a"]
        assert client.ApiClient().sanitize_for_serialization(found) == {
            "status": {"images": [{"sizeBytes": 5}, {"names": ["a"]}]}
        }
        assert copy.deepcopy(found) == found == pickle.loads(pickle.dumps(found))
    finally:
        overrides.set_on_class(image, "names", original)


@pytest.mark.usefixtures("_restored")
def test_a_class_can_be_replaced_in_the_models_module(monkeypatch):
    class Address(client.V1NodeAddress):
        def short(self):
            return self.address.split(".")[0]

    node = {"status": {"addresses": [{"type": "Hostname", "address": "a.b"}]}}
    assert not hasattr(decode(node, "V1Node").status.addresses[0], "short")
    with monkeypatch.context() as patch:
        patch.setattr(client.models, "V1NodeAddress", Address)
        assert decode(node, "V1Node").status.addresses[0].short() == "a"
        assert decode([node], "list[V1Node]")[0].status.addresses[0].short() == "a"
    assert type(decode(node, "V1Node").status.addresses[0]) is client.V1NodeAddress


def test_fields_are_properties_on_classes_and_slots_on_objects():
    assert isinstance(client.V1Pod.kind, property)
    assert client.V1Pod.kind.fget(client.V1Pod(kind="Pod")) == "Pod"
    container = client.V1Container(name="a")
    with pytest.raises(ValueError, match="must not be `None`"):
        client.V1Container.name.fset(container, None)
    with pytest.raises(AttributeError, match="type object 'V1Pod' has no attribute 'replicas'"):
        _ = client.V1Pod.replicas
    strange = client.V1Pod()
    strange.replicas = 3  # a field of other models
    assert strange.replicas == 3
    assert not hasattr(client.V1Pod(), "replicas")


def test_pickles_are_json_where_that_says_it_all():
    assert b'{"apiVersion":"v1"' in pickle.dumps(pod())
    zone = datetime.timezone(datetime.timedelta(hours=2))
    for odd in ("\ud800", 1, ("a",), datetime.datetime(2026, 1, 1, tzinfo=zone), Policy.ALWAYS):
        back = pickle.loads(pickle.dumps(client.V1PodSpec(restart_policy=odd, containers=[]))).restart_policy
        assert (back, type(back)) == (odd, type(odd))


class Policy(str, enum.Enum):
    ALWAYS = "Always"


def test_deep_copies_keep_what_is_shared_and_odd_values():
    labels = {"a": "b", (1,): [2]}
    one = client.V1PodSpec(node_selector=labels, overhead=labels, containers=[pod()] * 2, node_name=["x"])
    two = copy.deepcopy(one)
    assert two == one
    assert two.node_selector is two.overhead is not labels
    assert two.node_selector[1,] is not labels[1,]
    assert two.containers[0] is two.containers[1] is not one.containers[0]
    assert two.node_name is not one.node_name
