"""In → Out: openapi/lock.toml → what the build pins: wheels, tools, Kubernetes versions."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from generator.errors import Failure

ROOT = Path(__file__).resolve().parent.parent
PATH = ROOT / "openapi" / "lock.toml"


@dataclasses.dataclass(frozen=True)
class Wheel:
    """A published wheel, pinned by the sha256 of its file."""

    name: str
    version: str
    file: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class Version:
    """A Kubernetes version: its short name, and where its document comes from.

    `operations` names the wheel that its operations are read from; `sha256` is the digest of the normalised document,
    "" where no release file was at hand to compare with.
    """

    k8s: str
    release: str
    operations: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class ApiServer:
    """The kube-apiserver of the end-to-end tests: Debian's source package, its tarball's digest, what it builds."""

    kubernetes: str
    debian: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class Lock:
    """All that is pinned."""

    api_level: str
    build: int
    generator: str
    tools: list[str]
    dev: list[str]
    bench: list[str]
    upstream: list[str]
    wheels: dict[str, Wheel]
    versions: dict[str, Version]
    apiserver: ApiServer

    @property
    def newest(self) -> str:
        """The newest Kubernetes version."""
        return max(self.versions, key=lambda k8s: [int(part) for part in k8s.split(".")])

    def version(self, k8s: str) -> Version:
        """Return what is pinned for a Kubernetes version. Raises Failure for an unknown one."""
        found = self.versions.get(k8s)
        if found is None:
            known = ", ".join(self.versions)
            raise Failure(f"K8S={k8s}", f"not in openapi/lock.toml, which has {known}", "take one of these, or SPEC=<path>")
        return found


def load(path: Path = PATH) -> Lock:
    """Read the lock file. Raises Failure if it can't be read."""
    try:
        data = _toml().loads(path.read_text(encoding="utf-8"))
        return Lock(
            api_level=data["api-level"],
            build=data["build"],
            generator=data["openapi-generator"],
            tools=data["tools"],
            dev=data["dev"],
            bench=data["bench"],
            upstream=data["upstream"],
            wheels={key: Wheel(**value) for key, value in data["wheels"].items()},
            versions={key: Version(k8s=key, **value) for key, value in data["versions"].items()},
            apiserver=ApiServer(**data["apiserver"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failure(path.name, f"can't be read ({error})", "restore it with git") from None


def _toml() -> Any:
    try:
        import tomllib
    except ModuleNotFoundError:  # Python 3.10; every venv of ours has pip
        from pip._vendor import tomli as tomllib  # type: ignore[import-untyped,no-redef,unused-ignore]
    return tomllib
