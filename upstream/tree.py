"""In → Out: stock templates and a series → a git repository with a commit for each patch, and back.

The tag `stock` is the commit before the first patch; `git am` applies without fuzz.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from typing import TYPE_CHECKING

from generator.errors import Failure
from upstream import series
from upstream.git import Failed, git
from upstream.releases import stock, write

if TYPE_CHECKING:
    from pathlib import Path

    from upstream.releases import Release

_FORM = ("--no-numbered", "--zero-commit", "--no-signature", "--no-renames", "--no-attach", "--full-index")


def build(release: Release, folder: Path) -> list[series.Patch]:
    """Write a repository with stock templates and the series on top; return the patches.

    Raises Failure, with the patch's name, if one doesn't apply.
    """
    patches = series.read(release.folder)
    shutil.rmtree(folder, ignore_errors=True)
    write(stock(release), folder)
    git(folder, "init", "--quiet", "--initial-branch=series")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", f"Stock templates of {release.generator} {release.version}")
    git(folder, "tag", "stock")
    try:
        git(folder, "am", "--quiet", "--keep-cr", *(str(release.folder / patch.name) for patch in patches))
    except Failed as error:
        patch = patches[len(revisions(folder))]
        reason = str(error).splitlines()[0].removeprefix("error: ")
        step = "mend it on a tree from make patch-edit"
        raise Failure(patch.name, f"no longer applies to {release.name} ({reason})", step) from None
    return patches


def revisions(folder: Path) -> list[str]:
    """Return the commits from stock to the last patch."""
    return git(folder, "rev-list", "--reverse", "stock^{commit}..HEAD").split()


def files_at(folder: Path, revision: str, target: Path) -> None:
    """Write the tree of a commit into a new folder."""
    target.mkdir(parents=True)
    archive = target.with_suffix(".tar")
    git(folder, "archive", "--format=tar", f"--output={archive}", revision)
    with tarfile.open(archive) as files:
        files.extractall(target, filter="data")
    archive.unlink()


def mails(folder: Path) -> list[tuple[str, str]]:
    """Return (name, mail) of each commit after stock; a name is made of the commit's subject.

    Raises Failure if two subjects make the same name, or if something isn't committed.
    """
    if git(folder, "status", "--porcelain"):
        raise Failure(folder.name, "has changes that no commit holds", "commit them, or git stash")
    found: dict[str, str] = {}
    for revision in revisions(folder):
        mail = git(folder, "format-patch", "--stdout", "-1", *_FORM, revision)
        subject = git(folder, "show", "--no-patch", "--format=%s", revision).strip()
        name = re.sub(r"[^a-z0-9]+", "-", subject.split(": ", 1)[-1].lower()).strip("-") + ".patch"
        if name in found:
            raise Failure(name, "two commits have this subject", "reword one")
        found[name] = mail
    return list(found.items())
