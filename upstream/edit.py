"""In → Out: a series ↔ a tree of stock templates with a commit for each patch, where a maintainer edits it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from generator.errors import Failure
from upstream import series, tree

if TYPE_CHECKING:
    from pathlib import Path

    from upstream.releases import Release


def start(release: Release, out: Path) -> Path:
    """Return a new tree to edit. Raises Failure if there is one that isn't saved yet."""
    folder = out / "edit" / release.name
    if folder.exists():
        raise Failure(str(folder.name), "is being edited already", "make patch-save, or remove out/upstream/edit")
    try:
        tree.build(release, folder)
    except Failure:
        if not (folder / ".git" / "rebase-apply").exists():
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def save(release: Release, out: Path) -> list[str]:
    """Write a tree back as a series and remove it; return the names of the patches.

    Raises Failure if there is none, if it has uncommitted changes or if a message lacks a trailer; the series stays then.
    """
    folder = out / "edit" / release.name
    if not folder.exists():
        raise Failure(release.name, "isn't being edited", f"make patch-edit RELEASE={release.name}")
    if (folder / ".git" / "rebase-apply").exists():
        raise Failure(release.name, "a patch is half applied", "git am --continue in the tree, apply the rest, then save")
    found = tree.mails(folder)
    for name, mail in found:
        series.parse(name, mail)
    for old in release.folder.glob("*.patch"):
        if old.name not in dict(found):
            old.unlink()
    for name, mail in found:
        (release.folder / name).write_bytes(mail.encode())
    (release.folder / "series").write_text("".join(f"{name}\n" for name, _ in found), encoding="utf-8")
    shutil.rmtree(folder)
    return [name for name, _ in found]
