"""The asynchronous client, over loopback: calls, errors, watches, pages; the same models as the synchronous one."""

from __future__ import annotations

import asyncio
import gc
import inspect
import json
import ssl
import subprocess
import sys

import pytest
import trustme
from apiserver import Answer, serving, status
from kubernetes import aio
from kubernetes import client as synchronous
from kubernetes import watch as synchronous_watch
from kubernetes.aio import client, config, pager, watch

PODS = "/api/v1/namespaces/d/pods"
PAGES = [
    {"items": [{"metadata": {"name": "a"}}], "metadata": {"continue": "t"}},
    {"items": [{"metadata": {"name": "b"}}], "metadata": {}},
]


def run(server, work):
    """Run `work(core)` in an event loop; nothing may be left open."""

    async def main():
        async with client.ApiClient(client.Configuration(host=server.url)) as api_client:
            found = await work(client.CoreV1Api(api_client))
        assert len(asyncio.all_tasks()) == 1
        return found

    return asyncio.run(main())


def line(kind, name, version):
    metadata = {"name": name, "resourceVersion": version}
    return json.dumps({"type": kind, "object": {"kind": "Pod", "apiVersion": "v1", "metadata": metadata}}).encode() + b"\n"


def test_models_are_the_same_classes():
    from kubernetes.aio.client.models.v1_node import V1Node
    from kubernetes.client.models.v1_node import V1Node as Other

    assert client.V1Pod is synchronous.V1Pod is client.models.V1Pod
    assert V1Node is Other
    assert client.ApiException is synchronous.ApiException
    assert set(dir(client)) >= {name for name in dir(synchronous) if name[0].isupper()}


def test_methods_are_coroutine_functions_with_the_same_signatures():
    for name in ("list_namespaced_pod", "create_namespaced_pod_with_http_info"):
        method = getattr(client.CoreV1Api, name)
        assert inspect.iscoroutinefunction(method)
        assert inspect.signature(method) == inspect.signature(getattr(synchronous.CoreV1Api, name))
        assert ":rtype:" in method.__doc__


def test_importing_loads_no_aiohttp():
    code = "import sys; from kubernetes.aio import client; client.CoreV1Api; client.ApiClient(); print('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_calls_and_errors(server):
    async def work(core):
        made = await core.create_namespaced_config_map(
            "d", client.V1ConfigMap(metadata=client.V1ObjectMeta(name="a"), data={"x": "ü"})
        )
        assert type(made) is synchronous.V1ConfigMap
        assert (await core.list_namespaced_config_map("d", label_selector="a in (b), c=ü/&+")).items[0].data == {"x": "ü"}
        data, code, headers = await core.read_namespaced_config_map_with_http_info("a", "d")
        assert (data.data, code, headers["Content-Type"]) == ({"x": "ü"}, 200, "application/json")
        unread = await core.read_namespaced_config_map("a", "d", _preload_content=False)
        assert json.loads(await unread.read())["data"] == {"x": "ü"}
        await core.patch_namespaced_config_map("a", "d", {"data": {"y": "1"}})
        with pytest.raises(client.ApiException) as caught:
            await core.read_namespaced_pod("x/y", "d")
        assert (caught.value.status, json.loads(caught.value.body)["code"]) == (404, 404)
        with pytest.raises(client.ApiValueError, match="Missing the required parameter `namespace`"):
            await core.list_namespaced_pod(None)
        with pytest.raises(client.ApiTypeError, match="unexpected keyword argument 'nothing'"):
            await core.list_namespaced_pod("d", nothing=1)

    run(server, work)
    assert server.requests[1].query == {"labelSelector": ["a in (b), c=ü/&+"]}
    assert server.requests[4].headers["content-type"] == "application/strategic-merge-patch+json"
    assert server.requests[5].path == "/api/v1/namespaces/d/pods/x/y"
    assert server.requests[0].headers["user-agent"] == "OpenAPI-Generator/36.0.3/python"


def test_tokens_are_refreshed_by_a_coroutine(server):
    server.token = "fresh"
    configuration = client.Configuration(host=server.url)

    async def refresh(found):
        found.api_key["authorization"] = "Bearer fresh"

    configuration.api_key["authorization"] = "Bearer stale"
    configuration.refresh_api_key_hook = refresh

    async def main():
        async with client.ApiClient(configuration) as api_client:
            return await client.CoreV1Api(api_client).list_namespaced_pod("d")

    assert asyncio.run(main()).items == []


def test_tls_is_verified_and_a_kubeconfig_is_read(tmp_path):
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    kubeconfig = tmp_path / "config"

    async def main(url):
        kubeconfig.write_text(
            f"current-context: c\nclusters: [{{name: k, cluster: {{server: '{url}', certificate-authority: {tmp_path / 'ca.pem'}}}}}]\n"
            "users: [{name: u, user: {token: secret}}]\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n"
        )
        async with await config.new_client_from_config(str(kubeconfig)) as trusted:
            assert (await client.VersionApi(trusted).get_code()).minor == "36"
        async with client.ApiClient(client.Configuration(host=url)) as stranger:
            with pytest.raises(Exception, match="certificate verify failed"):
                await client.VersionApi(stranger).get_code()

    with serving(context) as server:
        server.token = "secret"
        asyncio.run(main(server.url))


def test_a_watch_goes_on_where_it_ended(server):
    split = line("ADDED", "ü", "6")
    first = Answer(chunks=[line("ADDED", "a", "5") + split[:60], split[60:] + b"\n\n"])
    server.script("GET", PODS, first, Answer(chunks=[line("DELETED", "a", "8")]), Answer(chunks=[], stall=5))
    seen = []

    async def work(core):
        async with watch.Watch() as watching:
            async for event in watching.stream(core.list_namespaced_pod, "d", resource_version="4"):
                assert isinstance(event["object"], synchronous.V1Pod)
                seen.append((event["type"], event["object"].metadata.name, event["raw_object"]["kind"]))
                if len(seen) == 3:
                    break
            return watching.resource_version

    assert run(server, work) == "8"
    assert seen == [("ADDED", "a", "Pod"), ("ADDED", "ü", "Pod"), ("DELETED", "a", "Pod")]
    assert [request.query["resourceVersion"] for request in server.requests] == [["4"], ["6"]]


def test_a_blocked_watch_stops_at_once_and_can_be_cancelled(server):
    server.script("GET", PODS, Answer(chunks=[line("ADDED", "a", "5"), 30.0]))

    async def read(watching, core):
        return [event["object"].metadata.name async for event in watching.stream(core.list_namespaced_pod, "d")]

    async def work(core):
        watching = watch.Watch()
        reading = asyncio.ensure_future(read(watching, core))
        await asyncio.sleep(0.3)
        watching.stop()
        assert await asyncio.wait_for(reading, 2) == ["a"]
        reading = asyncio.ensure_future(read(watch.Watch(), core))
        await asyncio.sleep(0.3)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    run(server, work)
    gc.collect()


def test_a_watch_that_is_refused_or_gone(server):
    gone = json.dumps({"type": "ERROR", "object": status(410, "Expired", "too old")}).encode() + b"\n"
    server.script("GET", PODS, Answer(403, status(403, "Forbidden", "no")), Answer(chunks=[gone]))

    async def work(core):
        for code in (403, 410):
            with pytest.raises(client.ApiException) as caught:
                async for _ in watch.Watch().stream(core.list_namespaced_pod, "d", resource_version="1"):
                    pass
            assert caught.value.status == code

    run(server, work)
    assert len(server.requests) == 3  # a 410 is tried once more


def test_a_watch_whose_line_is_a_bare_status(server):
    """As proxies of hosted clusters send it, in place of an ERROR event."""
    answer = Answer(chunks=[json.dumps(status(401, "Unauthorized", "no more")).encode() + b"\n"])
    server.script("GET", PODS, answer)
    core = synchronous.CoreV1Api(synchronous.ApiClient(synchronous.Configuration(host=server.url)))
    with core.api_client, pytest.raises(client.ApiException, match="Unauthorized: no more"):
        list(synchronous_watch.Watch().stream(core.list_namespaced_pod, "d"))

    async def work(core):
        with pytest.raises(client.ApiException, match="Unauthorized: no more"):
            async for _ in watch.Watch().stream(core.list_namespaced_pod, "d"):
                pass

    run(server, work)


def test_pages_and_items(server):
    server.script("GET", PODS, *[Answer(body=page) for page in PAGES])

    async def work(core):
        names = [pod.metadata.name async for pod in pager.items(core.list_namespaced_pod, "d", limit=1)]
        server.scripted.clear()
        server.objects["api/v1", "d", "pods"] = {f"p{number}": {"metadata": {"name": f"p{number}"}} for number in range(5)}
        return names, [len(page.items) async for page in pager.pages(core.list_namespaced_pod, "d", limit=2)]

    assert run(server, work) == (["a", "b"], [2, 2, 1])


def test_the_package_lists_what_it_has():
    assert {"client", "config", "pager", "watch"} <= set(dir(aio))
