"""In → Out: generated code of custom kinds → a wheel of their own that depends on the client's.

An operator's team publishes `acme-crds`; the package `acme_crds` in it has models and API classes of its kinds alone.
"""

from __future__ import annotations

import dataclasses
import keyword
import re
from typing import TYPE_CHECKING, Any

from generator import package
from generator.custom import tag
from generator.errors import Failure
from generator.lock import ROOT
from generator.names import class_name

if TYPE_CHECKING:
    from generator.custom import Custom

TEMPLATES = ROOT / "templates" / "extra"
_NAME = re.compile(r"[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]")
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9]+(\.[a-z0-9]+)*)?")


@dataclasses.dataclass(frozen=True)
class Extra:
    """The extra wheel's distribution name, its package, its version."""

    name: str
    package: str
    version: str


def named(name: str, version: str) -> Extra:
    """Return how an extra wheel is called: `acme-crds` has the package `acme_crds`. Raises Failure for a bad name."""
    found = re.sub(r"[-_.]+", "_", name).lower()
    if not _NAME.fullmatch(name) or not found.isidentifier() or keyword.iskeyword(found) or found == "kubernetes":
        raise Failure(f"NAME={name}", "no name for a distribution and a package", "give one such as acme-crds")
    if not _VERSION.fullmatch(version):
        raise Failure(f"VERSION={version}", "no version (PEP 440)", "give one such as 1.0.0")
    return Extra(name, found, version)


def keep_custom_paths(shaped: dict[str, Any], custom: Custom) -> None:
    """Leave the operations of the custom kinds alone; all models stay, as custom ones refer to them by name."""
    tags = {tag(group, version) for group, version in custom.kinds}
    shaped["paths"] = {
        path: item for path, item in shaped["paths"].items() if any(tags & set(operation["tags"]) for operation in item.values())
    }


def codegen_options(extra: Extra | None) -> list[str]:
    """Return openapi-generator's options that put the code into the extra package, if one is built."""
    return ["--package-name", extra.package] if extra else []


def sources(extra: Extra, generated: package.Files, context: dict[str, Any], custom: Custom) -> dict[str, package.Files]:
    """Return the files of the extra wheel by owner: what was generated for custom kinds, and templates/extra."""
    own = {class_name(name) for name in custom.definitions}
    models = [model for model in context["models"] if model["classname"] in own]
    files = {f"{extra.package}/models/{model['module']}.py" for model in models}
    files |= {f"{extra.package}/api/{api['module']}{suffix}" for api in context["apis"] for suffix in (".py", ".pyi")}
    kept = {name: content for name, content in generated.items() if name in files}
    words = set(re.findall(r"\w+", b" ".join(kept.values()).decode()))
    base = [model for model in context["models"] if model["classname"] not in own]
    base = [model for model in base if model["classname"] in words]
    kinds = {key: name for key, name in context["kinds"].items() if name in own}
    rendered = package.rendered(
        {**context, "extra": extra, "models": models, "base_models": base, "kinds": kinds, "custom": custom}, TEMPLATES
    )
    return {
        "codegen": package.asynchronous(kept, context["apis"], extra.package, f"{extra.package}.aio"),
        "templates/extra": {re.sub(r"^PACKAGE/", f"{extra.package}/", name): content for name, content in rendered.items()},
    }
