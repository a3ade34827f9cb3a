"""What checkers must complain about: mypy and pyright fail if a comment here is not needed."""

from __future__ import annotations

from kubernetes import client

client.V1Container(name="a", nme="b")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
client.V1Container(name=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
client.V1Pod().spec = "x"  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
client.CoreV1Api().list_namespaced_pod("ns", labelSelector="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
print(client.V9Nope)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
