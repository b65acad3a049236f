"""The command at a terminal of its own, and a person who types."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

# Makes the terminal on its standard streams its own, as a login does, so that Ctrl-C reaches it.
OWN = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, sys.argv[1:])"

PATIENCE = 3.0
"""Seconds of silence after which a key is pressed again."""

MOST_PATIENCE = 20
"""Silences after which the command is killed: a test must not wait for ever."""


def converse(project: Path, arguments: list[str], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Run the command at a terminal of its own; type each answer once its question is there."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", OWN, sys.executable, "-m", "arazzo_runner", *arguments]
    process = subprocess.Popen(
        command,
        cwd=project,
        env={**os.environ, "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown, seen, typed, quiet = b"", 0, "", 0
    while True:
        if not select.select([ours], [], [], PATIENCE)[0]:
            quiet += 1
            if quiet > MOST_PATIENCE:
                process.kill()
            elif typed in ("\x03", "\x04"):  # a key that came between two modes of the terminal is lost
                os.write(ours, typed.encode())
            continue
        if not (chunk := _read(ours)):
            break
        shown, quiet = shown + chunk, 0
        if answers and answers[0][0].encode() in shown[seen:]:
            seen = len(shown)
            typed = answers.pop(0)[1]
            os.write(ours, typed.encode())
    os.close(ours)
    return process.wait(), shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""
