"""A process of Python as a thing to time, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.row import Act

PROJECT: Final = Path(__file__).resolve().parent.parent


def act(*arguments: str, environ: Mapping[str, str] | None = None) -> Act:
    """Return what runs this Python with arguments, in the checkout, and sees that it ends well."""
    given = surroundings(environ)

    def run() -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=given,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )

    return run


def surroundings(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a process, and `environ` over it; nothing that `arazzo` reads is passed on.

    Modules are compiled once, as those of an installed package are, into a folder that is gone at the end.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARAZZO_")}
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**inherited, "PYTHONPYCACHEPREFIX": _compiled().name, **(environ or {})}


@cache
def _compiled() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="arazzo-compiled-")
