"""In → Out: the command line → a wheel in out/dist (`python -m generator --help`)."""

from __future__ import annotations

import argparse
import dataclasses
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from generator import __version__, bundle, codegen, custom, document, extra, fetch, lock, package, shape, tools, wheel
from generator.errors import Failure
from generator.stages import Stages, fresh_folder, only_run


@dataclasses.dataclass(frozen=True)
class Request:
    """What a user asks for; see `make help`. `extra` is the distribution of an extra wheel, None for the client itself."""

    k8s: str
    spec: str
    base: str = "registry"
    context: str = ""
    extra: extra.Extra | None = None


def build(request: Request, out: Path) -> Path:
    """Build the wheel for a Kubernetes version from a document and return its path. Raises Failure."""
    pins = lock.load()
    stages = Stages(out)
    cache = lock.ROOT / "out" / "cache"
    with stages.stage("document") as facts:
        read = document.read(request.k8s, request.spec, pins, cache, request.base, request.context)
        facts.update(source=read.source, Kubernetes=read.k8s, sha256=read.sha256[:12], paths=len(read.content["paths"]))
        content, found = custom.convert(read.content, read.warnings)
        _write(out / "document.json", content)
    _tell(found, request, stages)
    with stages.stage("shape") as facts:
        shaped, changes = shape.shape(content)
        if request.extra is not None:
            extra.keep_custom_paths(shaped, found)
        facts.update(fixes=len(changes), changes=sum(changes.values()))
        _write(out / "shaped.json", shaped)
    with stages.stage("codegen") as facts, fresh_folder(out / "generated") as folder:
        index = codegen.generate(out / "shaped.json", folder, out / "codegen.log", extra.codegen_options(request.extra))
        facts.update(codegen.check_counts(index, shape.counts(shaped)))
    with stages.stage("package") as facts, fresh_folder(out / "package") as folder:
        context = _context(read, pins, index, shaped, pinned=read.pinned and not found.kinds)
        if request.extra is None:
            published = {name: fetch.fetch_wheel(pins.wheels[name], cache) for name in package.PARTS}
            sources = _sources(out / "generated", context, published)
        else:
            sources = extra.sources(request.extra, package.tree(out / "generated", (".py", ".pyi")), context, found)
        facts.update(files=package.assemble(sources, folder))
    with stages.stage("wheel") as facts:
        built = wheel.build(out / "package", out / "dist")
        facts.update(file=built.name, bytes=built.stat().st_size)
    return built


def _tell(found: custom.Custom, request: Request, stages: Stages) -> None:
    """Print what there is of custom kinds, if there are any. Raises Failure if a wheel of them alone is to be built of none."""
    if not found.kinds and request.extra is not None:
        raise Failure(f"NAME={request.extra.name}", "no custom kinds in the document, nothing for a wheel", "check SPEC=")
    if not found.kinds and not found.warnings:
        return
    with stages.stage("custom") as facts:
        facts.update(found.facts())
    for line in found.lines():
        print(line, file=sys.stderr)
    (stages.out / "warnings.txt").write_text("".join(f"{warning}\n" for warning in found.warnings), encoding="utf-8")


def _sources(generated: Path, context: dict[str, Any], published: dict[str, Path]) -> dict[str, package.Files]:
    modules = {model["classname"]: model["module"] for model in context["models"]}
    bundled = bundle.bundled(generated / "kubernetes" / "client" / "models", modules)
    return {
        "codegen": package.asynchronous(
            package.tree(generated, (".py", ".pyi")), context["apis"], "kubernetes.client", "kubernetes.aio.client"
        ),
        "templates/package": package.rendered({**context, "bundled": bundled}),
        "runtime": package.tree(lock.ROOT / "runtime", (".py", ".pyi")),
        **package.reused(published),
        "the repository": {name: (lock.ROOT / name).read_bytes() for name in ("LICENSE", "NOTICE")},
    }


def _context(
    read: document.Document, pins: lock.Lock, index: dict[str, Any], shaped: dict[str, Any], *, pinned: bool
) -> dict[str, Any]:
    return {
        "api_level": pins.api_level,
        "version": f"{pins.api_level}+k8s.{read.k8s}.{pins.build}{'' if pinned else f'.custom.{read.sha256[:8]}'}",
        "kubernetes_version": read.k8s,
        "document_source": read.source,
        "document_sha256": read.sha256,
        "openapi_generator": pins.generator,
        "kuberegen": __version__,
        "models": index["models"],
        "apis": index["apis"],
        "kinds": package.kinds(shaped, index),
        "reused": package.REUSED,
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=False) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m generator", description="Regenerate the Kubernetes Python client.")
    parser.add_argument("--out", type=Path, default=lock.ROOT / "out", help="folder for everything that is made (default: out)")
    commands = parser.add_subparsers(dest="command", required=True)
    generate = commands.add_parser("generate", help="build the wheel")
    generate.add_argument("--k8s", default="", help="Kubernetes version, as 1.36 (default: the newest in openapi/lock.toml)")
    generate.add_argument("--spec", default="registry", help=document.SPECS)
    generate.add_argument("--base", default="registry", help="with crd: the SPEC of the document that CRDs are added to")
    generate.add_argument("--context", default="", help="with cluster: the kubeconfig's context (default: the current one)")
    generate.add_argument("--name", default="", help="build an extra wheel of this name with the custom kinds alone")
    generate.add_argument("--version", default="0.1.0", help="version of the extra wheel")
    install = commands.add_parser("tools", help="install what the build needs")
    install.add_argument("--dev", action="store_true", help="also what tests and benchmarks need")
    commands.add_parser("versions", help="list the Kubernetes versions that are pinned")
    return parser.parse_args()


def _install(out: Path, *, dev: bool) -> None:
    pins = lock.load()
    tools.install(pins.tools, out / "tools", hashes=True)
    if dev:
        names = [requirement.split()[0] for requirement in pins.tools]
        tools.install([*names, *pins.dev], out / "dev", hashes=False)


def _run(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out.absolute()
    if arguments.command == "versions":
        for version in lock.load().versions.values():
            sources = ["registry"] if version.operations else []
            print(f"{version.k8s}  {', '.join([*sources, 'release'])}")
        return
    with only_run(out):
        if arguments.command == "tools":
            _install(out, dev=arguments.dev)
        else:
            more = extra.named(arguments.name, arguments.version) if arguments.name else None
            print(build(Request(arguments.k8s, arguments.spec, arguments.base, arguments.context, more), out))


def main() -> int:
    """Run the command line and return the exit status; every foreseeable failure is one line."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(_arguments())
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted; what was there before is untouched, run again", file=sys.stderr)
        return 130
    except (OSError, subprocess.SubprocessError) as error:
        print(f"error: {error}; check the disk and permissions, run again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
