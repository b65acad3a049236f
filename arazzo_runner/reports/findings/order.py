"""In which order findings are told, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from arazzo_runner.diagnostics import Diagnostic, Severity, breaks_text

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings with errors first, then by file, then by place; those without a place lead.

    Errors of the syntax come before the other errors of their file, for those may follow from them.
    """
    return sorted(diagnostics, key=_place)


def _place(found: Diagnostic) -> tuple[int, str, bool, int, int, str]:
    rank, span = _RANKS[found.severity], found.span
    if span is None:
        return (rank, "", False, 0, 0, found.code)
    return (rank, file_of(found), not breaks_text(found), span.line, span.column, found.code)


def file_of(found: Diagnostic) -> str:
    """Return the file of a finding as a person knows it; empty where it has no place."""
    return (found.span.name or found.span.uri) if found.span else ""


def counted(number: int, noun: str) -> str:
    """Return ``1 error``, ``2 errors``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tally(diagnostics: Iterable[Diagnostic], judged: int | None = None) -> str:
    """Return the findings in one line: ``2 errors, 1 warning in 1 file``; ``no findings in 3 files`` for none.

    The files are those with findings; where there are none, those that were judged, if their number is known.
    """
    found = list(diagnostics)
    severities = Counter(each.severity for each in found)
    counts = ", ".join(counted(severities[each], each.value) for each in Severity if severities[each])
    files = {file_of(each) for each in found} - {""}
    if not found:
        return "no findings" if judged is None else f"no findings in {counted(judged, 'file')}"
    return f"{counts} in {counted(len(files), 'file')}" if files else counts
