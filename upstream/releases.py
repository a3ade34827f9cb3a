"""In → Out: the name of a release → its stock templates and its jar, from the pinned wheel of that openapi-generator."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path, PurePosixPath

from generator import fetch, lock
from generator.errors import Failure

SERIES = lock.ROOT / "templates" / "upstream"
CACHE = lock.ROOT / "out" / "cache"
RESOURCES = PurePosixPath("modules/openapi-generator/src/main/resources")
"""Where the templates are in openapi-generator's repository."""
_JAR = "openapi_generator_cli/openapi-generator.jar"


@dataclasses.dataclass(frozen=True)
class Release:
    """A generator of a release of openapi-generator, as `6.6.0-python-legacy`; `folder` has its series."""

    version: str
    generator: str
    folder: Path

    @property
    def name(self) -> str:
        """The release's name in paths and on the command line."""
        return f"{self.version}-{self.generator}"

    @property
    def templates(self) -> PurePosixPath:
        """Where its templates are in upstream's repository."""
        return RESOURCES / self.generator


def releases(folder: Path = SERIES) -> dict[str, Release]:
    """Return the releases that have a series, by name."""
    found = [path.parent for path in sorted(folder.glob("*/series"))]
    return {path.name: Release(*path.name.partition("-")[::2], path) for path in found}


def release(name: str, folder: Path = SERIES) -> Release:
    """Return the release of that name. Raises Failure if it has no series."""
    known = releases(folder)
    if name not in known:
        raise Failure(f"RELEASE={name}", "has no series in templates/upstream", f"take one of {', '.join(known)}")
    return known[name]


def jar(subject: Release) -> Path:
    """Return the generator's jar, taken out of the pinned wheel. Raises Failure if the wheel can't be had."""
    pins = lock.load().wheels
    key = f"openapi-generator-{subject.version}"
    if key not in pins:
        raise Failure(subject.name, f"openapi/lock.toml has no [wheels.{key}]", "pin that wheel")
    wheel = fetch.fetch_wheel(pins[key], CACHE)
    path = CACHE / f"{key}-{pins[key].sha256[:12]}.jar"
    if not path.is_file():
        partial = path.with_suffix(".partial")
        with zipfile.ZipFile(wheel) as archive:
            partial.write_bytes(archive.read(_JAR))
        partial.replace(path)
    return path


def stock(subject: Release) -> dict[PurePosixPath, bytes]:
    """Return the stock templates by their path in upstream's repository. Raises Failure if the jar has none."""
    prefix = f"{subject.generator}/"
    found = {}
    with zipfile.ZipFile(io.BytesIO(jar(subject).read_bytes())) as archive:
        for name in archive.namelist():
            if name.startswith(prefix) and not name.endswith("/") and ".." not in name:
                found[RESOURCES / name] = archive.read(name)
    if not found:
        raise Failure(subject.name, f"the jar has no templates in {prefix}", "check the generator's name")
    return found


def write(files: dict[PurePosixPath, bytes], folder: Path) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
