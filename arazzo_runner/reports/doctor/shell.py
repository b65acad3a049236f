"""A command as the shell of this system wants it typed."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence


def typed(words: Sequence[str], system: str = os.name) -> str:
    """Return words as one line, each quoted where it needs it: for cmd.exe on Windows, else for a POSIX shell."""
    return subprocess.list2cmdline(words) if system == "nt" else shlex.join(words)
