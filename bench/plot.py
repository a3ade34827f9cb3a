"""REPORT FOLDER NAME → NAME.png and NAME.svg: how many times longer than ours each client takes, logarithmic.

Runs in an environment of its own, which has matplotlib.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot
from report import README_ROWS

# Colours that colour-blind people tell apart (Okabe and Ito).
COLOURS = {"kubernetes 31.0.0": "#999999", "kubernetes 36.0.3": "#D55E00", "kubernetes 37.0.2": "#E69F00", "lightkube": "#0072B2"}


def draw(report: dict[str, Any], folder: Path, name: str) -> list[Path]:
    """Write both files and return their paths."""
    mpl.rcParams["svg.hashsalt"] = "kuberegen"  # the same bytes for the same results
    names = [question for question in README_ROWS if question in report["questions"]][::-1]
    figure, axes = pyplot.subplots(figsize=(9, 0.45 * len(names) + 1.4))
    for client, colour in COLOURS.items():
        places = [place for place, question in enumerate(names) if client in report["questions"][question]]
        values = [report["questions"][names[place]][client]["to ours"] for place in places]
        axes.scatter(values, places, color=colour, label=client, s=42, zorder=3)
    axes.axvline(1, color="#009E73", linewidth=2, label="ours")
    axes.set_xscale("log")
    axes.set_yticks(range(len(names)), [README_ROWS[question].format(size=report["size"]).replace("`", "") for question in names])
    axes.set_xlabel("times ours (more is slower, or bigger)")
    axes.grid(axis="both", alpha=0.3)
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.12), ncol=5, frameon=False, fontsize=8)
    paths = [folder / f"{name}.{suffix}" for suffix in ("png", "svg")]
    for path in paths:
        figure.savefig(path, dpi=120, bbox_inches="tight", metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)
    return paths


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]), sys.argv[3])
