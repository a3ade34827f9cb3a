"""In → Out: proven series → mails with upstream's paths and a table, in out/upstream/<release>."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator import lock
from generator.stages import fresh_folder
from upstream import releases, tree
from upstream.git import git

if TYPE_CHECKING:
    from pathlib import Path

    from upstream.clients import Steps
    from upstream.releases import Release

OWN = lock.ROOT / "templates" / "client"
# What our templates stand in for where the names differ: stock's model.mustache only chooses among others.
_STANDS_FOR = {"model.mustache": "model_generic.mustache"}


def write(steps: Steps, found: list[dict[str, Any]], out: Path) -> Path:
    """Write the mails of a series, numbered for `git am`, and README.md with its table; return the folder."""
    mails = tree.mails(out / "work" / "trees" / steps.release.name)
    with fresh_folder(out / steps.release.name) as folder:
        for number, (name, mail) in enumerate(mails, 1):
            (folder / f"{number:04}-{name}").write_bytes(mail.encode())
        (folder / "README.md").write_text(summary(steps, found), encoding="utf-8")
    return out / steps.release.name


def summary(steps: Steps, found: list[dict[str, Any]]) -> str:
    """Return the table of a series: patch, lines, the effect as it was measured."""
    release = steps.release
    rows = [f"# {release.generator} of openapi-generator {release.version}", "", "| patch | lines | effect |", "|---|---|---|"]
    for number, patch in enumerate(steps.patches):
        effects = [
            f"{effect.probe}: {found[number][effect.probe]} → {found[number + 1][effect.probe]}" for effect in patch.effects
        ]
        added, removed = patch.lines
        rows.append(f"| {patch.subject} | +{added} −{removed} | {'<br>'.join(effects)} |")
    rows += ["", f"In a checkout that holds `{release.templates}` of {release.version}:", ""]
    return "\n".join([*rows, "    git am 0*.patch", ""])


def own(release: Release, out: Path) -> Path:
    """Write the diff from stock templates to ours, for readers; a template that ours leave out falls back to stock's."""
    path, folder = out / "own.diff", out / "work" / "own"
    stock = {name.name: content for name, content in releases.stock(release).items() if name.parent == release.templates}
    ours = {file.relative_to(OWN): file.read_bytes() for file in sorted(OWN.rglob("*.mustache"))}
    with fresh_folder(folder) as partial:
        git(partial, "init", "--quiet")
        for name in ours:
            replaced = stock.get(_STANDS_FOR.get(str(name), str(name)))
            if replaced is not None:
                (partial / name).write_bytes(replaced)
        git(partial, "add", "--all", "--force")
        git(partial, "commit", "--quiet", "--message", "stock")
        for name, content in ours.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(content)
        git(partial, "add", "--all", "--force")
        path.write_text(
            git(partial, "diff", "--cached", "--no-renames", f"--src-prefix=stock-{release.version}/", "--dst-prefix=ours/")
        )
    return path
