"""A process of Python as a thing to time, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.row import Act

PROJECT: Final = Path(__file__).resolve().parent.parent


def act(*arguments: str) -> Act:
    """Return what runs this Python with arguments, in the checkout, and sees that it ends well.

    Nothing of the environment that `arazzo` reads is passed on.
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ARAZZO_")}

    def run() -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=environ,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )

    return run
