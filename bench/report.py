"""Results → the table on the terminal, and the one between the markers in README.md."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# Question → what the README calls it.
README_ROWS = {
    "decode_pods": "decode {size} Pods, 5.5 MB a thousand",
    "decode_deployments": "decode 33 Deployments",
    "imported": "import",
    "first_use": "import, first API object, first list",
    "construct": "`V1Container(name=…, image=…)`",
    "read_attribute": "read an attribute",
    "write_attribute": "write an attribute",
    "to_dict": "`to_dict`",
    "sanitize": "`sanitize_for_serialization`",
    "serialise": "a request's body",
    "deep_copy": "`deepcopy`",
    "pickling": "`pickle`, there and back",
    "equality": "`==`",
    "memory": "memory of a Pod",
    "call_http": "one call over HTTP",
    "full_list": "a list, from the socket to objects",
    "watch_events": "an event of a watch",
    "informer_events": "an event for an informer of {size}0 Pods",
    "threads_32": "decode a Pod, 32 threads",
    "threads_long_32": "the same in lists of 1.1 MB",
}
README_CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "kubernetes 31.0.0", "lightkube", "bare Structs")


def amount(row: dict[str, Any], size: int) -> str:
    """Return a median with its unit; memory is by Pod."""
    value = row["median"]
    if row["unit"] == "bytes":
        return f"{value / size / 1000:.1f} kB"
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def show(title: str, found: dict[str, dict[str, Any]], size: int) -> None:
    """Print one question's rows."""
    print(f"\n{title.format(size=size)}")
    for client, row in found.items():
        low, high = row["spread to ours"]
        notes = "".join(f"  {row[key]:.2f} {key}" for key in ("to json", "to good") if key in row)
        stall = f"  bystander stalled {row['longest stall'] * 1000:.1f} ms" if "longest stall" in row else ""
        print(f"  {client:<20}{amount(row, size):>12}  {row['to ours']:8.2f} x ours ({low:.2f} to {high:.2f}){notes}{stall}")


def markdown(report: dict[str, Any]) -> str:
    """Return the README's table: ours as an amount, the others as factors."""
    size = report["size"]
    lines = [f"| | {' | '.join(README_CLIENTS)} |", f"|---|{'---|' * len(README_CLIENTS)}"]
    for name, title in README_ROWS.items():
        rows = report["questions"].get(name)
        if rows:
            cells = [amount(rows["ours"], size)]
            cells += [f"{rows[client]['to ours']:.3g}x" if client in rows else "" for client in README_CLIENTS[1:]]
            lines.append(f"| {title.format(size=size)} | {' | '.join(cells)} |")
    said = [
        f"Python {report['python']}, {report['machine']}, fresh processes in turn, medians; ours as it is, the others as times ours.",
        f"Decoding {size} Pods against `json.loads` of the same bytes in the same process: {_to_json(report, 'decode_pods')}.",
        f"The same with the garbage collector off: {_to_json(report, 'decode_uncollected')}.",
        f"Pods that 32 threads decode while one decodes one: {_threads(report, 'threads')}.",
        f"The same in lists of 1.1 MB instead of 55 kB: {_threads(report, 'threads_long')}.",
        f"How long another thread, which wants to run each millisecond, had to wait meanwhile: {_stalls(report)}.",
    ]
    return "\n".join([*said, "", *lines])


def _to_json(report: dict[str, Any], question: str) -> str:
    rows = report["questions"].get(question, {})
    return ", ".join(f"{client} {row['to json']:.2f}" for client, row in rows.items() if client != "json")


def _threads(report: dict[str, Any], lists: str) -> str:
    from bench import targets  # the plots' environment has no package `bench`

    clients = report["questions"].get(f"{lists}_32", {})
    shares = ((client, targets.share_of_threads(report, client, lists)) for client in clients)
    return ", ".join(f"{client} {share:.2f}" for client, share in shares if share)


def _stalls(report: dict[str, Any]) -> str:
    rows = report["questions"].get("threads_long_32", {})
    return ", ".join(f"{client} {row['longest stall'] * 1000:.0f} ms" for client, row in rows.items())


def write_readme(readme: Path, report: dict[str, Any]) -> None:
    """Put the tables between the markers. Raises ValueError if they are not there."""
    from bench import locks  # as above

    text = readme.read_text(encoding="utf-8")
    for name, table in (("bench", markdown(report)), ("lockwatch", locks.markdown(report["logging"]))):
        begin, end = f"<!-- {name}: written by make bench-readme -->", f"<!-- end of {name} -->"
        text, count = re.subn(f"{begin}.*?{end}", lambda _: f"{begin}\n{table}\n{end}", text, flags=re.DOTALL)  # noqa: B023
        if count != 1:
            raise ValueError(f"{readme.name} must have the markers {begin} and {end} once")
    readme.write_text(text, encoding="utf-8")
