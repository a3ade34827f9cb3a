"""What does it cost to write an attribute?"""

from __future__ import annotations

import timeit
from typing import Any

import documents

TITLE = "write an attribute"
CLIENTS = ("ours", "kubernetes 36.0.3", "kubernetes 37.0.2", "lightkube", "bare Structs", "forwarding Struct")
COUNT = 100_000


def measure(adapter: Any, rounds: int, size: int) -> dict[str, Any]:  # noqa: ARG001
    owner, name = adapter.attribute(adapter.decoder("PodList")(documents.pod_list(1)))
    # The statement as a program has it; timeit repeats it without a call.
    statement = f"owner.{name} = 'x'"
    times = timeit.repeat(statement, globals={"owner": owner}, number=COUNT, repeat=rounds)
    return {"seconds": [taken / COUNT for taken in times]}
