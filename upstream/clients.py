"""In → Out: stock templates and a series → the stock client, and a client for each step of the series.

The stock generator makes them of the shaped Kubernetes document, several in one JVM. A client stays in out/upstream/work
until its templates, its options, the document or the generator change.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator import codegen, document, lock, shape
from generator.errors import Failure
from upstream import series, tree
from upstream.releases import CACHE, Release, jar

K8S = "1.36"
_MARK = "IntOrString. "


@dataclasses.dataclass(frozen=True)
class Steps:
    """A release's clients: `clients[0]` is stock, `clients[n]` has the first n patches; each is a folder to import from."""

    release: Release
    patches: list[series.Patch]
    clients: list[Path]

    @property
    def stock(self) -> Path:
        """The folder with the client of the stock templates."""
        return self.clients[0]

    @property
    def patched(self) -> Path:
        """The folder with the client of the whole series."""
        return self.clients[-1]


def steps(release: Release, out: Path) -> Steps:
    """Return the clients of a release, generated unless they are there. Raises Failure."""
    repository = out / "trees" / release.name
    patches = tree.build(release, repository)
    revisions = ["stock", *tree.revisions(repository)]
    shaped = _document(out)
    made: list[Path] = []
    wanted: dict[Path, Path] = {}
    for revision in revisions:
        templates = out / "templates" / f"{release.name}-{len(made)}"
        shutil.rmtree(templates, ignore_errors=True)
        tree.files_at(repository, revision, templates)
        client = out / "clients" / f"{release.name}-{_digest(templates, release, shaped)}"
        if not client.is_dir():
            wanted[client] = templates / release.templates
        made.append(client)
    if wanted:
        fresh = {out / "fresh" / release.name / client.name: templates for client, templates in wanted.items()}
        shutil.rmtree(out / "fresh" / release.name, ignore_errors=True)
        options = (release.folder / "generator.yaml").read_text(encoding="utf-8")
        generate(options, shaped, fresh, jar(release), out / "generating" / release.name)
        for client in fresh:
            _repair(client, release)
            (out / "clients").mkdir(exist_ok=True)
            client.replace(out / "clients" / client.name)
    for old in set((out / "clients").glob(f"{release.name}-*")) - set(made):
        shutil.rmtree(old)
    return Steps(release, patches, made)


def all_steps(found: list[Release], out: Path) -> list[Steps]:
    """Return the clients of several releases, two at a time."""
    _document(out)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda release: steps(release, out), found))


def _document(out: Path) -> Path:
    """Return the shaped document; descriptions of IntOrString are marked, see `_repair`."""
    path = out / f"document-{K8S}.json"
    if not path.is_file():
        shaped, _ = shape.shape(document.read(K8S, "registry", lock.load(), CACHE).content)
        for definition in shaped["definitions"].values():
            for value in definition.get("properties", {}).values():
                if value.get("format") == "int-or-string":
                    value["description"] = _MARK + value.get("description", "")
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(shaped), encoding="utf-8")
    return path


def _digest(templates: Path, release: Release, shaped: Path) -> str:
    found = hashlib.sha256(jar(release).name.encode())
    files = sorted(path for path in templates.rglob("*") if path.is_file())
    for path in (shaped, release.folder / "generator.yaml", Path(__file__), *files):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


def generate(options: str, source: Path, wanted: dict[Path, Path], with_jar: Path, work: Path) -> None:
    """Generate clients of a document into new folders; `wanted` says with which templates, `options` is YAML.

    `work` is a folder of its own for what is made on the way. Raises Failure.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    configs: dict[Path, Path] = {}
    for client, templates in wanted.items():
        places = {"inputSpec": source, "outputDir": work / client.name, "templateDir": templates}
        config = work / f"{client.name}.yaml"
        config.write_text(
            options + "".join(f"{key}: {json.dumps(str(path))}\n" for key, path in places.items()), encoding="utf-8"
        )
        configs[client] = config
    arguments = ["batch", "--fail-fast", "--threads", "1", "--root-dir", str(work), *map(str, configs.values())]
    codegen.run(arguments, work / "codegen.log", with_jar)
    for client in configs:
        made = work / client.name
        if not (made / "client" / "__init__.py").is_file():
            raise Failure(client.name, "the generator left no client", f"look into {work.name}/codegen.log")
        client.parent.mkdir(parents=True, exist_ok=True)
        made.replace(client)


def _repair(client: Path, release: Release) -> None:
    """Let fields of IntOrString hold numbers and texts, for stock and patched clients alike.

    Generator `python` types them `Dict[str, Any]`, and then decodes no Pod that has a probe; the published client 37
    is repaired the same way after it is generated (postprocess_python.py of kubernetes-client/gen).
    """
    if release.generator != "python":
        return
    count = 0
    for path in (client / "client" / "models").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        lines = [line.replace("Dict[str, Any]", "Any", 1) if _is_value(line) else line for line in text.split("\n")]
        count += sum(map(_is_value, text.split("\n")))
        path.write_text("\n".join(lines), encoding="utf-8")
    if not count:
        raise Failure(
            release.name, "no field of IntOrString was found", "see whether upstream types them right, then remove this"
        )


def _is_value(line: str) -> bool:
    return bool(re.match(r" {4}\w+: .*Dict\[str, Any\]", line)) and f'description="{_MARK}' in line
