"""In → Out: the machine's own package sources → Debian's source of Kubernetes, unpacked.

No registry offers a kube-apiserver; Debian's archive has its complete source, modules included. apt checks signatures, and
the tarball's digest is pinned besides.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from generator.errors import Failure

APT = Path("/etc/apt")
SUITE = "bookworm"
PACKAGES = ("golang-go", "etcd-server", "rsync", "jq", "make", "gcc")
"""What building and running needs of Debian."""
NEWER = "golang-github-modern-go-reflect2-dev"


def run(command: list[str], log: Path, *, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run a command with its output added to `log`. Raises Failure with the last line it printed."""
    with log.open("a", encoding="utf-8") as output:
        output.write(f"$ {' '.join(command)}\n")
        output.flush()
        result = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd=cwd, env=env, check=False)
    if result.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
        raise Failure(command[0], f"ended with status {result.returncode}: {last}", f"look into {log.name} in the cache")


def install_packages(log: Path) -> None:
    """Install PACKAGES where they are missing. Raises Failure if that needs another user."""
    missing = [name for name in PACKAGES if not _installed(name)]
    if not missing:
        return
    if subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() != "0":
        raise Failure(
            ", ".join(missing), "Debian packages that aren't installed", f"sudo apt-get install {' '.join(missing)}, run again"
        )
    run(["apt-get", "update", "-qq"], log)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], log)


def _installed(package: str) -> bool:
    command = ["dpkg-query", "-W", "-f", "${Status}", package]
    return "install ok installed" in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def source_list() -> str:
    """Return deb-src lines for where this machine takes Debian's SUITE from. Raises Failure if it takes it from nowhere."""
    found = []
    for path in [APT / "sources.list", *sorted((APT / "sources.list.d").glob("*"))]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for stanza in re.split(r"\n\s*\n", text) if path.suffix == ".sources" else ():
            fields = dict(re.findall(r"^(\S+): *(.*)$", stanza, re.MULTILINE))
            if SUITE in fields.get("Suites", "").split():
                signed = f"[signed-by={fields['Signed-By']}] " if "Signed-By" in fields else ""
                found.append(f"deb-src {signed}{fields['URIs']} {SUITE} main")
        found += [
            f"deb-src {match[1]}{match[2]} {SUITE} main"
            for match in re.finditer(rf"^deb (\[.*?\] )?(\S+) {SUITE} ", text, re.MULTILINE)
        ]
    if not found:
        raise Failure("apt", f"this machine takes no packages of Debian {SUITE}", "build on a Debian 12")
    return "\n".join(found) + "\n"


def download(version: str, sha256: str, folder: Path, log: Path) -> Path:
    """Return the unpacked source of Debian's package. Raises Failure, also for a tarball of another digest."""
    lists = folder / "lists" / "partial"
    lists.mkdir(parents=True)
    (folder / "sources.list").write_text(source_list(), encoding="utf-8")
    options = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": folder / "lists",
    }
    apt = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    run(["apt-get", *apt, "update", "-qq"], log)
    run(["apt-get", *apt, "source", "--download-only", f"kubernetes={version}"], log, cwd=folder)
    (tarball,) = folder.glob("kubernetes_*.orig.tar.*")
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != sha256:
        raise Failure(tarball.name, f"sha256 is {found}, not the pinned {sha256}", "don't trust this archive; ask who runs it")
    tree = folder / "tree"
    tree.mkdir()
    run(["tar", "-xf", str(tarball), "-C", str(tree), "--strip-components=1"], log)
    _renew(tree / "vendor" / "github.com" / "modern-go" / "reflect2", folder, log)
    return tree


def _renew(vendored: Path, folder: Path, log: Path) -> None:
    """Put Debian's release of a module in place of the one in the tarball.

    The old one reads maps as Go before 1.18 laid them out, and crashes the server at the first custom resource.
    """
    run(["apt-get", "download", "-qq", NEWER], log, cwd=folder)
    (package,) = folder.glob(f"{NEWER}_*.deb")
    run(["dpkg", "-x", str(package), str(folder / "newer")], log)
    for file in [*vendored.glob("*.go"), *vendored.glob("*.s")]:
        file.unlink()
    for file in (folder / "newer" / "usr" / "share" / "gocode" / "src" / "github.com" / "modern-go" / "reflect2").glob("*"):
        if file.suffix in (".go", ".s"):
            shutil.copy2(file, vendored / file.name)
