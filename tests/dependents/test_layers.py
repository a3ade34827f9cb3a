"""What users override, patch and put in place of the layers of a call; runs with the published client and with ours."""

from __future__ import annotations

import io
import json
import types
from unittest import mock

import pytest
import urllib3
from kubernetes import client


@pytest.fixture
def api_client():
    return client.ApiClient(client.Configuration(host="http://localhost"))


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
