"""From a patch of a text to the fix of a finding: which strings of the document change."""

from __future__ import annotations

from arazzo_runner.diagnostics import Applicability, Change, Fix, Removal, Splice
from arazzo_runner.expressions.grammar import Patch
from arazzo_runner.values import Path

MAX_TOLD_LENGTH = 60
"""Characters of what is written that a message shows."""


def mending(patch: Patch, at: Path, help: str = "") -> Fix:
    """Return the fix that patches the string at a path; of a criterion's condition its type and context change too.

    `help` is what the finding says already of what to write.
    """
    changes: list[Change] = [Splice(at, patch.start, patch.end, patch.text)]
    message = help or f"write {_short(patch.text)}"
    if patch.becomes_simple:
        changes.append(Removal((*at[:-1], "type")))
        message += ", as a simple condition"
    if patch.drops_context:
        changes.append(Removal((*at[:-1], "context")))
    return Fix(message, tuple(changes), Applicability.SAFE if patch.safe else Applicability.UNSAFE)


def _short(text: str) -> str:
    line = " ".join(text[: 2 * MAX_TOLD_LENGTH].split())
    return line if len(line) <= MAX_TOLD_LENGTH else line[:MAX_TOLD_LENGTH] + "..."
