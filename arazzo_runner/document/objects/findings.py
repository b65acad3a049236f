"""What the reading of one Arazzo document finds, collected with its places.

Severities follow one rule. What keeps a construct from having a meaning is an error: a required field that is missing,
a wrong type, an unknown value of a closed set, an id given twice. What the specification forbids but whose meaning is
plain is a *stray*: a warning here, an error in strict mode. What is merely odd is a warning in both modes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from arazzo_runner.diagnostics import (
    LIKE_ENOUGH_TO_WRITE,
    Applicability,
    Diagnostic,
    Fix,
    Related,
    Rename,
    Severity,
    near_matches,
)
from arazzo_runner.document.source import Source
from arazzo_runner.values import JSON, Path, kind

MAX_FINDINGS: Final = 5_000
"""After so many findings a document is refused without listing the rest."""


class Findings:
    """Collects diagnostics about one source.

    `broken` tells that the syntax is broken and the data partial: then a missing field is no finding, since it may
    stand in the part that could not be read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: list[Diagnostic] = []
        self.broken = any(found.severity is Severity.ERROR for found in source.diagnostics)

    def error(
        self, code: str, message: str, at: Path, help: str = "", *, key: bool = False, fix: Fix | None = None
    ) -> None:
        """Report what keeps a construct from having a meaning."""
        self._add(Severity.ERROR, code, message, at, help, key=key, fix=fix)

    def stray(
        self,
        code: str,
        fact: str,
        at: Path,
        help: str = "",
        *,
        key: bool = False,
        then: str = "",
        fix: Fix | None = None,
    ) -> None:
        """Report a break of the specification whose meaning is plain: an error in strict mode only.

        `then` goes on after the fact and says what is done with it, which the warning alone tells.
        """
        told = fact if then else ""
        self._add(Severity.WARNING, code, fact + then, at, help, key=key, strict_error=True, fact=told, fix=fix)

    def warning(
        self, code: str, message: str, at: Path, help: str = "", *, key: bool = False, fix: Fix | None = None
    ) -> None:
        """Report what is odd but allowed, or not recommended."""
        self._add(Severity.WARNING, code, message, at, help, key=key, fix=fix)

    def missing(
        self, code: str, message: str, at: Path, help: str = "", *, stray: bool = False, fix: Fix | None = None
    ) -> None:
        """Report that something required is not there, unless it may stand in a part that could not be read."""
        if not self.broken:
            severity = Severity.WARNING if stray else Severity.ERROR
            self._add(severity, code, message, at, help, key=True, strict_error=stray, fix=fix)

    def again(self, code: str, message: str, at: Path, first: Path, help: str = "", *, stray: bool = False) -> None:
        """Report something given a second time, with the place of the first."""
        related = (Related("first given here", self._source.span(first)),)
        severity = Severity.WARNING if stray else Severity.ERROR
        self._add(severity, code, message, at, help, related=related, strict_error=stray)

    def written(self, at: Path) -> bool:
        """Tell whether something stands at the path in the document as read."""
        value = self._source.data
        for token in at:
            match value, token:
                case dict(), str() if token in value:
                    value = value[token]
                case list(), int() if token < len(value):
                    value = value[token]
                case _:
                    return False
        return True

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was found, in the order of the text."""
        return tuple(sorted(self._found, key=_position))

    def _add(
        self,
        severity: Severity,
        code: str,
        message: str,
        at: Path,
        help: str,
        *,
        key: bool = False,
        related: tuple[Related, ...] = (),
        strict_error: bool = False,
        fact: str = "",
        fix: Fix | None = None,
    ) -> None:
        if len(self._found) < MAX_FINDINGS:
            span = self._source.span(at, key=key)
            self._found.append(Diagnostic(code, severity, message, span, help, related, strict_error, at, fact, fix))
        elif len(self._found) == MAX_FINDINGS:
            message = f"the document has more than {MAX_FINDINGS} faults; the rest is not listed"
            found = Diagnostic("document-too-many-faults", Severity.ERROR, message, self._source.span(()), at=())
            self._found.append(found)


def _position(found: Diagnostic) -> tuple[int, int]:
    return (found.span.line, found.span.column) if found.span else (0, 0)


def told(value: JSON) -> str:
    """Describe a value that was found, for a message: ``the integer 5``, ``an array``, ``null``."""
    match value:
        case None:
            return "nothing (null)"
        case dict() | list():
            return "an object" if isinstance(value, dict) else "an array"
        case bool():
            return f"the boolean {str(value).lower()}"
        case str():
            return f"'{short(value)}'"
        case _:
            return f"the {kind(value)} {short(str(value))}"


def short(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut at `limit` characters."""
    line = " ".join(text[: 2 * limit].split())
    return line if len(line) <= limit else line[:limit] + "..."


@lru_cache(maxsize=1024)
def _near(wrong: str, known: tuple[str, ...]) -> str:
    close = near_matches(wrong, known, 1)
    return close[0] if close else ""


def nearest(wrong: str, known: tuple[str, ...]) -> str:
    """Return the known name that the wrong one looks like, or ``""``."""
    return _near(wrong, known) if len(wrong) <= 64 else ""


def misnamed(at: Path, known: tuple[str, ...]) -> Fix | None:
    """Return the fix that gives the member at a path the one known name which its own looks like, else None."""
    wrong = str(at[-1])
    close = near_matches(wrong, known, 2, LIKE_ENOUGH_TO_WRITE) if len(wrong) <= 64 else ()
    return Fix(f"rename it to '{close[0]}'", (Rename(at, close[0]),), Applicability.UNSAFE) if len(close) == 1 else None


def choice(wrong: str, known: tuple[str, ...]) -> str:
    """Return the help line for a value outside a closed set."""
    close = nearest(wrong, known)
    listed = ", ".join(known)
    return f"did you mean '{close}'? ({listed})" if close else f"use one of: {listed}"
