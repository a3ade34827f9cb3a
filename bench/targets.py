"""Results → which of the project's targets they meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """A client takes at least so many times what ours does; `most` turns it round, `key` takes another ratio of ours."""

    question: str
    client: str
    bound: float
    most: bool = False
    key: str = "to ours"

    def value(self, report: dict[str, Any]) -> float | None:
        """Return what was measured, None if it was not."""
        row = report["questions"].get(self.question, {}).get(self.client)
        return row[self.key] if row and self.key in row else None


TARGETS = (
    Target("decode_pods", "ours", 0.3, most=True, key="to json"),
    Target("decode_pods", "lightkube", 2.5),
    Target("decode_pods", "kubernetes 36.0.3", 60),
    Target("decode_pods", "kubernetes 37.0.2", 35),
    Target("decode_pods", "kubernetes 31.0.0", 150),
    Target("construct", "kubernetes 36.0.3", 40),
    Target("read_attribute", "kubernetes 36.0.3", 1),
    Target("write_attribute", "kubernetes 36.0.3", 1),
    Target("to_dict", "kubernetes 36.0.3", 15),
    Target("serialise", "kubernetes 36.0.3", 12),
    Target("sanitize", "kubernetes 36.0.3", 12),
    Target("deep_copy", "kubernetes 36.0.3", 10),
    Target("pickling", "kubernetes 36.0.3", 3),
    Target("equality", "kubernetes 36.0.3", 50),
    Target("first_use", "kubernetes 36.0.3", 1 / 0.15),
    Target("first_use", "lightkube", 3),
    Target("call_http", "urllib3", 1 / 1.3),
    Target("call_https", "urllib3", 1 / 1.3),
    Target("watch_events", "kubernetes 36.0.3", 30),
)


def lines(report: dict[str, Any]) -> list[str]:
    """Return a line for each target that was measured."""
    found = [_line(f"{target.question}: {target.client}", target.value(report), target) for target in TARGETS]
    memory = report["questions"].get("memory", {}).get("ours")
    if memory:
        found.append(_said("kB a Pod", memory["median"] / report["size"] / 1000, 18, most=True))
    one, many = (report["questions"].get(f"threads_{count}", {}).get("ours") for count in (1, 32))
    if one and many:
        found.append(_said("32 threads to one", one["median"] / many["median"], 0.95, most=False))
    if report.get("wheel bytes"):
        found.append(_said("MB of wheel", report["wheel bytes"] / 1e6, 1.8, most=True))
    return [line for line in found if line]


def _line(name: str, value: float | None, target: Target) -> str:
    kind = "times json.loads" if target.key == "to json" else "times ours"
    return "" if value is None else _said(f"{name}, {kind}", value, target.bound, most=target.most)


def _said(name: str, value: float, bound: float, *, most: bool) -> str:
    met = value <= bound if most else value >= bound
    return f"  {'met   ' if met else 'MISSED'} {name}: {value:.3g}, wanted {'at most' if most else 'at least'} {bound:.3g}"
