"""In → Out: generated code, templates/package, runtime/ and the published wheel's hand-written parts → the tree as installed.

Each file has one owner; a file that two sources give is an error.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.errors import Failure
from generator.lock import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = ROOT / "templates" / "package"
RUNTIME = ROOT / "runtime"
REUSED = ("config", "dynamic", "stream", "utils", "leaderelection", "informer")
"""Sub-packages that are taken from the published 36 as they are, their tests left out."""
PARTS = {
    "kubernetes-36": (*(f"kubernetes/{name}/" for name in REUSED), "kubernetes/aio/config/"),
    # What `kubernetes.aio` doesn't have in 36, and the lock that isn't a ConfigMap.
    "kubernetes-37": (
        "kubernetes/aio/dynamic/", "kubernetes/aio/leaderelection/", "kubernetes/aio/utils/",
        "kubernetes/leaderelection/resourcelock/leaselock.py",
    ),
}  # fmt: skip
"""The folders and files that are taken, by their wheel's name in openapi/lock.toml."""
REPLACED = ("kubernetes/aio/leaderelection/leaderelection.py", "kubernetes/aio/utils/create_from_yaml.py")
"""Files in them that runtime/ has instead (docs/differences.md: aio-election, aio-create-errors)."""
_LICENCE = "LICENSE-kubernetes-client"
# Kinds that every group registers: which one an answer is can't be told from its apiVersion.
_SHARED_KINDS = ("DeleteOptions", "WatchEvent")
Files = dict[str, bytes]


def assemble(sources: dict[str, Files], folder: Path) -> int:
    """Write all files of all sources into `folder` and return how many. Raises Failure for a file with two owners."""
    owners: dict[str, str] = {}
    for owner, files in sources.items():
        for name, content in files.items():
            if name in owners:
                raise Failure(name, f"both {owners[name]} and {owner} have it", "remove one of them")
            owners[name] = owner
            target = folder / _inside(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return len(owners)


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Failure(name, "leads out of its folder", "don't trust this archive")
    return path


def tree(folder: Path, suffixes: tuple[str, ...]) -> Files:
    """Return the files below a folder that have one of these endings."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts
    }


def reused(wheels: dict[str, Path]) -> dict[str, Files]:
    """Return the hand-written parts of published wheels (by their names in PARTS), and their licence."""
    found = {wheel.name: _taken(wheel, PARTS[key]) for key, wheel in wheels.items()}
    licences = {files.pop(_LICENCE) for files in found.values()}
    if len(licences) > 1:
        raise Failure(_LICENCE, f"differs between {' and '.join(found)}", "put both into the wheel")
    return {**found, "their licence": {_LICENCE: licences.pop()}}


def _taken(wheel: Path, folders: tuple[str, ...]) -> Files:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        found = {name: archive.read(name) for name in names if name.startswith(folders) and _is_module(name)}
        licences = [name for name in names if name.endswith("licenses/LICENSE")]
        if not found or not licences:
            raise Failure(wheel.name, "has no hand-written parts or no licence", "check openapi/lock.toml")
        found[_LICENCE] = archive.read(licences[0])
    return found


def _is_module(name: str) -> bool:
    last = PurePosixPath(name).name
    return name not in REPLACED and last.endswith(".py") and not last.endswith("_test.py") and not last.startswith("test_")


def rendered(context: dict[str, Any], templates: Path = TEMPLATES) -> Files:
    """Return the files of templates/package (or another folder), rendered; a template's path is the output's, without `.j2`."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python and TOML, not HTML
    )
    names = sorted(path.relative_to(templates).as_posix() for path in templates.rglob("*.j2"))
    return {name.removesuffix(".j2"): environment.get_template(name).render(context).encode() for name in names}


def kinds(shaped: dict[str, Any], index: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Return the class of each (apiVersion, kind) that the document declares."""
    classes = {model["name"]: model["classname"] for model in index["models"]}
    return {(version, kind): classes[name] for name, version, kind in sorted(_declared(shaped)) if name in classes}


def _declared(shaped: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, definition in shaped["definitions"].items():
        for gvk in definition.get("x-kubernetes-group-version-kind", ()):
            if gvk["kind"] not in _SHARED_KINDS and (gvk["kind"] != "Status" or not gvk["group"]):
                yield name, "/".join(part for part in (gvk["group"], gvk["version"]) if part), gvk["kind"]


def asynchronous(generated: Files, apis: list[dict[str, Any]], package: str, aio: str) -> Files:
    """Return the generated files of `package` with the stubs of asynchronous API classes in `aio`, and modules for them."""
    stubs = {name: content for name, content in generated.items() if name.endswith(".pyi")}
    files = {name: content for name, content in generated.items() if name not in stubs}
    folder, beside = (f"{name.replace('.', '/')}/api/" for name in (package, aio))
    files.update({name.replace(folder, beside): content for name, content in stubs.items()})
    for api in apis:
        name, module = api["classname"], api["module"]
        lines = (
            "# Generated by kuberegen; do not edit.",
            "from kubernetes.aio.client._operation import asynchronous",
            f"from {package}.api import {module} as _synchronous",
            "",
            f"{name} = asynchronous(_synchronous.{name}, __name__)",
        )
        files[f"{beside}{module}.py"] = ("\n".join(lines) + "\n").encode()
    return files
