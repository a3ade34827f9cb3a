"""The series as files: they apply as mail, survive editing, and fail by name."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess

import pytest
from conftest import RELEASES

from generator.errors import Failure
from upstream import edit, effects, mail, releases, series, tree
from upstream.clients import Steps


def copied(name, folder):
    """A release whose series may be spoilt."""
    shutil.copytree(releases.SERIES / name, folder / name)
    return releases.release(name, folder)


def user_git(folder, *arguments):
    """Git as a maintainer runs it, with an identity and nothing else of ours."""
    identity = ["-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.com"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("release", RELEASES)
def test_mails_apply_with_git_am_to_upstreams_repository(steps, measured, tmp_path, release):
    found = steps[release]
    (tmp_path / "work" / "trees").mkdir(parents=True)
    tree.build(found.release, tmp_path / "work" / "trees" / release)
    folder = mail.write(found, measured[release], tmp_path)
    mails = sorted(folder.glob("*.patch"))
    upstream = tmp_path / "openapi-generator"
    releases.write(releases.stock(found.release), upstream)
    (upstream / "pom.xml").write_text("<project/>\n")
    user_git(upstream, "init", "--quiet")
    user_git(upstream, "add", "--all", "--force")
    user_git(upstream, "commit", "--quiet", "--message", "upstream")
    user_git(upstream, "am", "--quiet", *map(str, mails))
    subjects = user_git(upstream, "log", "--reverse", "--format=%s").splitlines()[1:]
    assert subjects == [patch.subject for patch in found.patches]
    table = (folder / "README.md").read_text()
    letter = (releases.SERIES.parent.parent / "docs" / "upstream.md").read_text(encoding="utf-8")
    for patch in found.patches:
        # The letter has the same patches and sizes; figures of effects differ a little between machines.
        (row,) = [line for line in table.splitlines() if line.startswith(f"| {patch.subject} |")]
        assert "|".join(row.split("|")[:3]) in letter


@pytest.mark.parametrize("release", RELEASES)
def test_editing_without_a_change_writes_the_same_bytes(tmp_path, release):
    subject = copied(release, tmp_path)
    edit.start(subject, tmp_path / "out")
    edit.save(subject, tmp_path / "out")
    for path in (releases.SERIES / release).iterdir():
        assert (subject.folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_commit_becomes_a_patch(tmp_path):
    subject = copied(RELEASES[0], tmp_path)
    folder = edit.start(subject, tmp_path / "out")
    template = folder / subject.templates / "tox.mustache"
    template.write_text(template.read_text() + "# more\n")
    with pytest.raises(Failure, match="no commit holds"):
        edit.save(subject, tmp_path / "out")
    user_git(folder, "commit", "--quiet", "--all", "--message", "python-legacy: say more in tox.ini")
    with pytest.raises(Failure, match=r"say-more-in-tox-ini\.patch: its message has no Why:"):
        edit.save(subject, tmp_path / "out")
    trailers = "Why: to test\nEffect: none: 1 -> 0 (make upstream-test)\nBug: none\nForwarded: no"
    user_git(folder, "commit", "--quiet", "--amend", "-m", "python-legacy: say more in tox.ini", "-m", trailers)
    assert edit.save(subject, tmp_path / "out")[-1] == "say-more-in-tox-ini.patch"
    added = series.read(subject.folder)[-1]
    assert (added.lines, added.why, added.effects) == ((1, 0), "to test", (series.Effect("none", "1", "0"),))
    with pytest.raises(Failure, match="isn't being edited"):
        edit.save(subject, tmp_path / "out")


def test_a_patch_that_does_not_apply_is_named_and_can_be_mended(tmp_path):
    subject = copied(RELEASES[0], tmp_path)
    spoilt = series.read(subject.folder)[1]
    path = subject.folder / spoilt.name
    path.write_text(path.read_text().replace(" self.debug = False", " self.debug = None"))
    with pytest.raises(Failure, match=f"{spoilt.name}: no longer applies"):
        tree.build(subject, tmp_path / "tree")
    with pytest.raises(Failure, match=f"{spoilt.name}: no longer applies"):
        edit.start(subject, tmp_path / "out")
    with pytest.raises(Failure, match="half applied"):
        edit.save(subject, tmp_path / "out")
    user_git(tmp_path / "out" / "edit" / RELEASES[0], "am", "--skip")
    assert len(edit.save(subject, tmp_path / "out")) == len(series.read(releases.SERIES / RELEASES[0])) - 1
    assert not path.exists()


def test_context_that_moved_is_refused_not_guessed(tmp_path):
    """No fuzz: a line of context that differs fails, where patch(1) would take it."""
    subject = copied(RELEASES[0], tmp_path)
    first = series.read(subject.folder)[0]
    path = subject.folder / first.name
    lines = path.read_text().split("\n")
    hunk = next(number for number, line in enumerate(lines) if line.startswith("@@"))
    lines[hunk + 1] += " moved"
    path.write_text("\n".join(lines))
    with pytest.raises(Failure, match=first.name):
        tree.build(subject, tmp_path / "tree")


@pytest.mark.parametrize("release", RELEASES)
def test_a_claim_that_is_gone_is_named(steps, measured, release):
    found = steps[release]
    patches = [dataclasses.replace(patch, effects=(patch.effects[0],)) for patch in found.patches]
    for number, patch in enumerate(patches):
        same = [*measured[release]]
        same[number + 1] = {**same[number + 1], patch.effects[0].probe: same[number][patch.effects[0].probe]}
        only = Steps(found.release, [patch], [])
        with pytest.raises(Failure, match=f"{patch.name}: its effect is gone"):
            effects.check(only, same[number : number + 2])


def test_files_and_list_agree(tmp_path):
    subject = copied(RELEASES[0], tmp_path)
    listed = (subject.folder / "series").read_text()
    first = listed.split("\n", 1)[0]
    (subject.folder / "series").write_text(listed + first + "\n")
    with pytest.raises(Failure, match=f"{first}: is twice"):
        series.read(subject.folder)
    (subject.folder / "series").write_text(listed.replace(first + "\n", ""))
    with pytest.raises(Failure, match=f"{first}: isn't in"):
        series.read(subject.folder)
    (subject.folder / "series").write_text(listed)
    (subject.folder / first).unlink()
    with pytest.raises(Failure, match=f"{first}: is in"):
        series.read(subject.folder)
