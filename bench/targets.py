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

    @property
    def name(self) -> str:
        return f"{self.question}: {self.client}, times {'json.loads' if self.key == 'to json' else 'ours'}"

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


def share_of_threads(report: dict[str, Any], client: str, lists: str = "threads") -> float | None:
    """Return how many Pods 32 threads decode while one decodes one, None if it was not measured.

    :param lists: "threads" for short lists, "threads_long" for long ones
    """
    one, many = (report["questions"].get(f"{lists}_{count}", {}).get(client) for count in (1, 32))
    return one["median"] / many["median"] if one and many else None


def lines(report: dict[str, Any]) -> list[str]:
    """Return a line for each target that was measured."""
    memory, wheel = report["questions"].get("memory", {}).get("ours"), report.get("wheel bytes")
    found = [(target.name, target.value(report), target.bound, target.most) for target in TARGETS]
    found.append(("kB a Pod", memory and memory["median"] / report["size"] / 1000, 18, True))
    found.append(("Pods of short lists in 32 threads to one", share_of_threads(report, "ours"), 0.95, False))
    found.append(("Pods of long lists in 32 threads to one", share_of_threads(report, "ours", "threads_long"), 0.95, False))
    found.append(("MB of wheel", wheel and wheel / 1e6, 1.8, True))
    return [_line(name, value, bound, most) for name, value, bound, most in found if value]


def _line(name: str, value: float, bound: float, most: bool) -> str:
    met = value <= bound if most else value >= bound
    return f"  {'met   ' if met else 'MISSED'} {name}: {value:.3g}, wanted {'at most' if most else 'at least'} {bound:.3g}"
