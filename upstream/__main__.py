"""In → Out: the command line → patches for upstream, checked (`python -m upstream --help`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import lock
from generator.errors import Failure
from generator.stages import Stages, only_run
from upstream import clients, edit, effects, mail, releases

OUT = lock.ROOT / "out" / "upstream"


def diff(out: Path, *, own: bool) -> None:
    """Apply and prove each series, then write its mails and its table. Raises Failure, with the patch's name."""
    stages = Stages(out)
    with stages.stage("clients") as facts:
        found = clients.all_steps(list(releases.releases().values()), out / "work")
        facts["clients"] = sum(len(steps.clients) for steps in found)
    for steps in found:
        with stages.stage("effects") as facts:
            measured = effects.measure(steps, out / "work")
            effects.check(steps, measured)
            facts[f"patches of {steps.release.name}"] = len(steps.patches)
        with stages.stage("mail"):
            print(mail.write(steps, measured, out))
    if own:
        with stages.stage("own"):
            newest = releases.release(f"{lock.load().generator}-python")
            print(mail.own(newest, out))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m upstream", description="Patches for openapi-generator's stock templates.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for everything that is made (default: out/upstream)")
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("diff", help="write the series as mails for git am, with a table of measured effects")
    writing.add_argument("--own", action="store_true", help="also the diff from stock templates to ours")
    for name, text in (("edit", "lay out a series as commits"), ("save", "write the commits back as the series")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--release", required=True, help=f"one of {', '.join(releases.releases())}")
    return parser.parse_args()


def _run(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out.absolute()
    if arguments.command == "diff":
        diff(out, own=arguments.own)
        return
    release = releases.release(arguments.release)
    if arguments.command == "edit":
        print(edit.start(release, out))
    else:
        print("\n".join(edit.save(release, out)))


def main() -> int:
    """Run the command line and return the exit status; every foreseeable failure is one line."""
    arguments = _arguments()
    try:
        with only_run(arguments.out.absolute()):
            _run(arguments)
    except Failure as failure:
        failure.stage = failure.stage or arguments.command
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted; run again", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
