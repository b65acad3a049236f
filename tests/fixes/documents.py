"""Documents and findings for the tests of fixes."""

from __future__ import annotations

from arazzo_runner.diagnostics import Change, Diagnostic, Fix, Severity, Span
from arazzo_runner.document import Source, read
from arazzo_runner.fixes import planned
from arazzo_runner.fixes.amend import amend

URI = "file:///docs/a.yml"


def source(text: str) -> Source:
    """Read a text as a document."""
    return read(text, URI, "a.yml")


def finding(*changes: Change) -> Diagnostic:
    """Make a finding with a fix."""
    return Diagnostic("code", Severity.WARNING, "m", Span(URI, 1, 1, 1, 1, "a.yml"), fix=Fix("do", changes))


def fixes(document: Source, *wanted: Change | tuple[Change, ...]) -> list[Fix]:
    """Return the fixes that make the changes, each a fix of its own, with their edits; those that can't be written go."""
    found = planned([finding(*(each if isinstance(each, tuple) else (each,))) for each in wanted], document)
    return [one.fix for one in found if one.fix is not None]


def changed(text: str, *wanted: Change | tuple[Change, ...]) -> str:
    """Return a text with the changes made."""
    document = source(text)
    return amend(document, fixes(document, *wanted)).text
