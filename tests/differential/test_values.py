"""Every model, documents of all shapes: the published client and the installed wheels make the same of them."""

from __future__ import annotations

import json
import re

import clients
import pytest
from documents import EXTREMES, SHAPES, Documents, extreme

PER_MODEL = {"1.36": 24, "1.37": 8}
# difference: apidiscovery-reference. The published client can't decode what refers to a class that it doesn't have.
WRONG_REFERENCE = "has no attribute 'IoK8sApimachineryPkgApisMetaV1GroupVersionKind'"
# difference: server-not-validated
REFUSED = "ValueError: Invalid value for `"


def same_dates(value):
    """Write times of a wire form alike: `Z` and `+00:00`, with and without a fraction of zero.

    difference: wire-dates, micro-time
    """
    if isinstance(value, dict):
        return {name: same_dates(item) for name, item in value.items()}
    if isinstance(value, list):
        return [same_dates(item) for item in value]
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return re.sub(r"\+00:00$", "Z", value).replace(".000000", "")
    return value


def without_none(value):
    if isinstance(value, dict):
        return {name: without_none(item) for name, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value


def differs(expected, found, *, same_fields):
    """Return the parts of two observations that differ, none where the difference is a listed one."""
    if WRONG_REFERENCE in expected.get("error", "") or (REFUSED in expected.get("error", "") and "error" not in found):
        return []
    for result in (expected, found):
        result["wire"] = same_dates(result.get("wire"))
        if not same_fields:  # a newer Kubernetes has more fields, which are None
            result["dict"], result["json names"] = without_none(result.get("dict")), without_none(result.get("json names"))
            result.pop("text", None)
    return [(part, expected[part], found.get(part)) for part in expected if expected[part] != found.get(part)]


def compare(version, cases):
    values = [[name, json.dumps(document), setters] for name, document, setters in cases]
    both = (clients.run_lines(python, "observe.py", values) for python in (clients.PUBLISHED, clients.OURS[version]))
    differing = []
    for (name, document, _), expected, found in zip(cases, *both, strict=True):
        parts = differs(expected, found, same_fields=version == "1.36")
        if parts:
            differing.append(f"{name} {json.dumps(document)[:300]}: {str(parts)[:800]}")
    assert not differing, f"{len(differing)} of {len(cases)}, the first: {differing[:3]}"


def common(published, ours):
    """Return the published models with the fields that ours have too."""
    models = {}
    for name, model in published.items():
        if name in ours:
            fields = dict(ours[name]["types"])
            models[name] = {**model, "types": [pair for pair in model["types"] if pair[0] in fields]}
    return models


@pytest.mark.parametrize("version", clients.OURS)
def test_all_models_in_all_shapes(version, published, surfaces):
    models = common(published["models"], surfaces[version]["models"])
    documents = Documents(models, clients.SEED)
    count = PER_MODEL[version]
    cases = [
        (name, documents.document(name, SHAPES[number % len(SHAPES)]), version == "1.36" and number == 0)
        for name in models
        for number in range(count)
    ]
    assert len(cases) >= (767 * 20 if version == "1.36" else 700 * 8)
    compare(version, cases)


def test_very_deep_and_very_long_values():
    compare("1.36", [(*extreme(name), False) for name in EXTREMES])
