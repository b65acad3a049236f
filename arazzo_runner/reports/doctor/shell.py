"""A command as the shell of this system wants it typed."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence

from arazzo_runner.redact.names import hide_urls


def typed(words: Sequence[str], system: str = os.name) -> str:
    """Return words as one line, each quoted where it needs it: for cmd.exe on Windows, else for a POSIX shell.

    What a URL carries that is secret is hidden: such a line is read by others, and has to be completed.
    """
    words = [shown_word(word) for word in words]
    return subprocess.list2cmdline(words) if system == "nt" else shlex.join(words)


def shown_word(word: str) -> str:
    """Return a word of a command without what a URL in it carries that is secret; a placeholder gives nothing away."""
    return word if "://USER:PASSWORD@" in word else hide_urls(word)
