"""Model and seed → a document for it: every field, only required ones, nulls, empty, unknown, odd values, nested."""

from __future__ import annotations

import random
import re
from typing import Any

DATES = (
    "2026-09-01T08:00:00Z", "2026-09-01T08:00:00.123456Z", "2026-09-01T08:00:00+02:00", "2026-09-01T08:00:00-05:30",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-09-01 08:00:00Z", "2026-09-01T08:00Z", "2026-09-01",
)  # fmt: skip
TEXTS = ("", "a", "kube-system", "ünï çødé 日本 🚀", '\u2028\u0000"\\/', "x" * 5000, "5", "true", "Zm9v")
ANY = (1, -1, 0, 2**70, 1.5, "25%", "http", True, {"a": {"b": [1, None, {"c": "d"}]}}, [[], {}], {"$ref": "x"})
SHAPES = ("full", "full", "required", "sparse", "nulls", "empty", "unknown", "odd")


class Documents:
    """Documents of one seed; `models` is what the published client declares, by class name."""

    def __init__(self, models: dict[str, Any], seed: int) -> None:
        self.models = models
        self.source = random.Random(seed)

    def document(self, name: str, shape: str, depth: int = 0) -> dict[str, Any]:
        """Return a document for a model; required fields are there in every shape, as servers send them."""
        model = self.models[name]
        required = {field for field, _ in model["required"]}
        keys, types = dict(model["keys"]), dict(model["types"])
        found: dict[str, Any] = {}
        for field, kind in types.items():
            if field in required:
                found[keys[field]] = self.value(kind, "full" if shape in ("nulls", "empty") else shape, depth)
            elif shape == "nulls":
                found[keys[field]] = None
            elif shape == "empty":
                found[keys[field]] = self.empty(kind)
            elif (
                shape != "required"
                and (depth < 2 or self.source.random() < 0.3)
                and (shape == "full" or self.source.random() < 0.4)
            ):
                found[keys[field]] = self.value(kind, shape, depth)
        if shape == "unknown":
            found["notInTheModel"] = self.source.choice(ANY)
        return found

    def empty(self, kind: str) -> Any:
        if kind.startswith("list["):
            return []
        if kind.startswith("dict[") or kind in self.models or kind == "object":
            return {} if kind not in self.models or not self.models[kind]["required"] else None
        return None

    def value(self, kind: str, shape: str, depth: int) -> Any:
        found = re.fullmatch(r"(list|dict)\[(?:str, )?(.*)\]", kind)
        if found:
            items = [self.value(found[2], shape, depth + 1) for _ in range(self.source.randint(0, 2))]
            return items if found[1] == "list" else {self.source.choice(("a", "b/c", "ü")): item for item in items}
        if kind in self.models:
            return self.document(kind, shape if depth < 4 else "required", depth + 1)
        if kind not in ("str", "int", "float", "bool", "datetime", "object"):
            return None
        return self.odd(kind) if shape == "odd" and self.source.random() < 0.5 else self.plain(kind)

    def plain(self, kind: str) -> Any:
        choices: dict[str, Any] = {
            "str": TEXTS, "int": (0, 1, -5, 2**40, 2**70), "float": (0.0, 1.5, -2e10, 3), "bool": (True, False),
            "datetime": DATES, "object": ANY,
        }  # fmt: skip
        return self.source.choice(choices[kind])

    def odd(self, kind: str) -> Any:
        """Values of another type, that the published client coerces."""
        choices: dict[str, Any] = {
            "str": (5, 1.5, True), "int": ("5", " 7 ", 5.7, True), "float": ("1.5", 2, True), "bool": ("x", "", 0, 1),
            "datetime": DATES, "object": ANY,
        }  # fmt: skip
        return self.source.choice(choices[kind])


def _schema(depth: int) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": _schema(depth - 1)}, "not": {"items": {"type": "array"}}} if depth else {}


def _nested(depth: int) -> Any:
    return [{"a": _nested(depth - 1)}] if depth else None


EXTREMES: dict[str, tuple[str, Any]] = {
    "deep models": ("V1JSONSchemaProps", _schema(40)),
    "deep values": ("V1JSONSchemaProps", {"default": _nested(60), "example": {"a": _nested(60)}}),
    "long text": ("V1ConfigMap", {"data": {"a": "ü" * 300_000}}),
    "long base64": ("V1Secret", {"data": {"a": "Zm9v" * 100_000}}),
    "long list": ("V1PodList", {"items": [{"metadata": {"name": str(number)}} for number in range(500)]}),
    "wide map": ("V1ObjectMeta", {"annotations": {f"example.com/{number}": "x" for number in range(2000)}}),
    "long names": ("V1ObjectMeta", {"x" * 5000: 1, "labels": {"x" * 5000: "y"}}),
}


def extreme(name: str) -> tuple[str, Any]:
    """Return (model, document) of a value that is much deeper or longer than what clusters hold."""
    return EXTREMES[name]
