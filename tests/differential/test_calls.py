"""Every method of every API class through both clients against a recording server: the same requests, results and errors."""

from __future__ import annotations

import json
import re

import clients
from documents import Documents
from test_values import REFUSED, WRONG_REFERENCE, common, same_dates, without_none

_STATUS = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "message": "no ü", "code": 404}
# difference: exec-command, portforward-ports
RETYPED = ("pod_exec", "pod_portforward")
_VALUES = {"str": "a/b ü", "bool": True, "int": 7, "object": {"a": 1}}


def test_every_method(published, surfaces):
    check("1.36", published, surfaces)


def test_methods_that_a_newer_kubernetes_has_too(published, surfaces):
    check("1.37", published, surfaces)


def test_every_method_of_the_asynchronous_client(published, surfaces):
    check("1.36", published, surfaces, "aio")


def check(version, published, surfaces, *how):
    known = surfaces[version]
    documents = Documents(common(published["models"], known["models"]), clients.SEED)
    methods = {name: said for name, said in published["operations"].items() if name in known["operations"]}
    plan = [
        call
        for number, (name, said) in enumerate(methods.items())
        for call in calls(number, name, said, documents)
        if not (how and "async_req" in call["arguments"])
    ]
    assert len(plan) > 4 * 1700
    both = (clients.run_lines(python, "calls.py", plan, *how) for python in (clients.PUBLISHED, clients.OURS[version]))
    differing = []
    for call, *answers in zip(plan, *both, strict=True):
        said, found = map(merge_patches, answers) if how and patches_custom_object(call) else answers
        if WRONG_REFERENCE in str(said.get("raised")):
            continue
        refused = REFUSED in ": ".join(map(str, said.get("raised", ()))) and "result" in found
        expected = {"requests": said["requests"], "result": found["result"]} if refused else said
        if comparable(expected, version) != comparable(text_as_published(found, expected), version):
            differing.append(
                f"{call['api']}.{call['method']} {str(call['arguments'])[:200]}: {str(expected)[:700]} != {str(found)[:700]}"
            )
    assert not differing, f"{len(differing)} of {len(plan)}, the first: {differing[:3]}"


def calls(number, name, said, documents):
    """Return calls of one method: all that can be given, an error, and in turn what else a caller can do."""
    api, method = name.split(".")
    every = {parameter: _VALUES.get(said["types"].get(parameter), {"spec": {"a": "b"}}) for parameter in said["parameters"]}
    if any(part in method for part in RETYPED):
        every.pop("command", None)
        every.pop("ports", None)
    required = {parameter: every[parameter] for parameter, needed in said["parameters"].items() if needed}
    answer = answered(said["returns"], documents)
    body = said["types"].get("body")
    given = {**every, "body": None} if body in documents.models else every
    model = [body, documents.document(body, "sparse")] if body in documents.models else None

    def call(arguments, status=200, text=answer, content_type="application/json", body=None):
        return {
            "api": api,
            "method": method,
            "arguments": arguments,
            "body": body,
            "status": status,
            "answer": text,
            "content type": content_type,
        }

    yield call(given, body=model)
    yield call(required, (404, 401, 403, 409, 422, 429, 500, 503)[number % 8], json.dumps(_STATUS))
    turns = (
        {**required, "async_req": True},
        {**required, "_preload_content": False},
        {**required, "_request_timeout": 5, "_headers": {"X-Call": "2"}},
        {**required, "_request_timeout": (3, 5), "_content_type": "application/json"},
        {**required, "_request_auth": {"in": "query", "key": "k", "value": "v", "type": "api_key"}},
        {**required, "_return_http_data_only": True},
        {**required, "unknown": 1},
        dict(list(required.items())[1:]),
        dict.fromkeys(required),
    )
    yield call(turns[number % len(turns)])
    yield call({**required, "body": [{"op": "add"}]} if body else required, (200, 201, 202)[number % 3], body=None)
    if number % 10 == 0:
        yield call(required, 200, "plain text", "text/plain; charset=iso-8859-1")
        yield call({**required, "async_req": True}, 500, "ünreadable", "text/plain")


def answered(returns, documents):
    if returns in documents.models:
        return json.dumps(documents.document(returns, "sparse") if returns != "V1Status" else _STATUS)
    return json.dumps("a text" if returns == "str" else {"a": [1, {"b": None}]})


def comparable(found, version):
    """Write times alike, and leave out what only a newer Kubernetes has."""
    found = json.loads(json.dumps(found))
    for request in found["requests"]:
        if request["body"][:1] in ("{", "["):
            request["body"] = same_dates(json.loads(request["body"]))
            request["headers"] = [pair for pair in request["headers"] if pair[0] != "content-length"]
    return found if version == "1.36" else without_none(found)


def text_as_published(found, expected):
    """difference: text-answers, not-json"""
    raised = found.get("raised")
    if raised and raised[0] == "ApiValueError" and "not JSON" in raised[1]:
        return {**expected, "requests": found["requests"]}
    mine, its = found.get("result"), expected.get("result")
    if isinstance(its, list) and isinstance(mine, list) and its[0] == mine[0] == "tuple" and quoted(its[1]):
        assert isinstance(mine[1], str)
        return {**found, "result": ["tuple", its[1], *mine[2:]]}
    return {**found, "result": its} if quoted(its) and isinstance(mine, str) else found


def patches_custom_object(call):
    return call["api"] == "CustomObjectsApi" and isinstance(call["arguments"].get("body"), dict)


def merge_patches(found):
    """difference: aio-custom-patch"""
    return json.loads(json.dumps(found).replace("application/json-patch+json", "application/merge-patch+json"))


def quoted(text):
    return isinstance(text, str) and re.match("b['\"]", text)
