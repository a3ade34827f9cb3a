"""In → Out: the tree as installed → a wheel whose bytes depend on the tree alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.errors import Failure

if TYPE_CHECKING:
    from pathlib import Path

_EPOCH = "315532800"
"""1980-01-01, the first moment that a zip file can tell; SOURCE_DATE_EPOCH overrides it."""


def build(package: Path, dist: Path) -> Path:
    """Write the wheel of `package` into `dist` and return its path; other wheels of its name go once it is whole.

    Raises Failure for metadata that flit refuses.
    """
    from flit_core.config import ConfigError
    from flit_core.wheel import make_wheel_in

    os.environ.setdefault("SOURCE_DATE_EPOCH", _EPOCH)
    dist.mkdir(parents=True, exist_ok=True)
    try:
        wheel: Path = make_wheel_in(package / "pyproject.toml", dist).file
    except (ConfigError, ValueError) as error:
        raise Failure("pyproject.toml", str(error), "check templates/package/pyproject.toml.j2") from None
    for other in dist.glob(f"{wheel.name.partition('-')[0]}-*.whl"):
        if other != wheel:
            other.unlink()
    return wheel
