"""Every public name of every module of the published client is there, with a signature that takes the same calls."""

from __future__ import annotations

import json

import clients

# difference: class-attributes, aliases, aio-serialized-calls
ADDED = {
    "from_dict", "from_json", "to_json", "cluster_i_ps", "external_i_ps", "close", "get_default",
    "param_serialize", "response_deserialize", "read", "response", "headers",
    # Not for the asynchronous client, which has them set to None.
    "__enter__", "__exit__",
    # Attributes of objects that are properties here, or annotated in the class.
    "local_vars_configuration", "discriminator", "logger", "logger_formatter", "pool_manager", "disabled_client_side_validations",
}  # fmt: skip
# difference: response-type
ADDED_PARAMETERS = ["response_type", "forever"]


def test_public_names_and_signatures():
    text = clients.run(clients.PUBLISHED, "modules.py")
    published, ours = json.loads(text), json.loads(clients.run(clients.OURS["1.36"], "modules.py", given=text))
    assert len(published) > 850
    missing, different, added = [], [], []
    for module, names in published.items():
        for name, expected in names.items():
            found = ours.get(module, {}).get(name)
            if found is None:
                missing.append(f"{module}.{name}")
            else:
                different.extend(f"{module}.{name}{text}" for text in compare(expected, found, added))
    assert not missing
    assert not different
    assert set(added) == ADDED, set(added) ^ ADDED


def compare(expected, found, added):
    if "class" in expected:
        members = found.get("class", {})
        added.extend(set(members) - set(expected["class"]))
        for name, value in expected["class"].items():
            if name not in members:
                yield f".{name} is missing"
            elif not takes(members[name], value):
                yield f".{name}: {value} became {members[name]}"
    elif "signature" in expected:
        if not takes(found.get("signature"), expected["signature"]):
            yield f": {expected} became {found}"
    elif expected != found:
        yield f": {expected} became {found}"


def takes(found, expected):
    """Tell whether what is called as `expected` can be called as `found`: keywords may be named that were `**kwargs`."""
    if not isinstance(expected, list) or not isinstance(found, list):
        return found == expected
    rest = [entry for entry in expected if entry[1] == "VAR_KEYWORD"]
    named = [entry for entry in expected if entry[1] != "VAR_KEYWORD"]
    extra = [entry for entry in found[len(named) :] if entry[0] not in ADDED_PARAMETERS]
    return (
        found[: len(named)] == named
        and all(entry[1] in ("KEYWORD_ONLY", "VAR_KEYWORD") for entry in extra)
        and (bool(rest) or not extra)
    )
