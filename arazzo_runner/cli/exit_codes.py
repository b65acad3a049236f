"""What the command ends with: one number for each kind of end, the same for every command."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class ExitCode(IntEnum):
    """The exit codes of `arazzo`."""

    SUCCEEDED = 0
    FAILED = 1
    UNUSABLE = 2
    CANNOT_CONTINUE = 3
    INTERRUPTED = 130


MEANINGS: Final = {
    ExitCode.SUCCEEDED: "succeeded",
    ExitCode.FAILED: "the workflow failed (for validate: a document has errors; for diff: the runs differ)",
    ExitCode.UNUSABLE: "usage, inputs or a document that can't run; nothing was sent",
    ExitCode.CANNOT_CONTINUE: "could not continue: a limit was reached, the disk is full, or a fault of arazzo itself",
    ExitCode.INTERRUPTED: "interrupted (Ctrl-C)",
}
"""The whole table, in the words of `--help`."""


def epilog() -> str:
    """Return the table as the last paragraph of a help page (the blank lines are what keeps its lines apart)."""
    return "\n\n".join(["Exit codes:", *(f"{code:>3}  {meaning}" for code, meaning in MEANINGS.items())])
