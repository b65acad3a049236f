"""Documents for tests with the places of their faults marked in them: ``value: «$inputs.nme»``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.program.compile import Compiled
from tests.engine.programs import HEAD, compile_text

_MARKS = re.compile("[«»]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and what they enclose: line and column of the start, column of the end."""

    text: str
    places: tuple[tuple[int, int, int], ...]


def marked(text: str, first_line: int = 1) -> Marked:
    """Take the marks out of a text; lines are counted from `first_line`."""
    lines, places = [], []
    for number, line in enumerate(text.split("\n"), first_line):
        ends = [found.start() - index + 1 for index, found in enumerate(_MARKS.finditer(line))]
        places += [(number, start, end) for start, end in zip(ends[::2], ends[1::2], strict=True)]
        lines.append(_MARKS.sub("", line))
    return Marked("\n".join(lines), tuple(places))


def in_document(text: str, version: str = "1.0.1") -> Marked:
    """Take the marks out of what stands below the head of a test document (see `tests.engine.programs`)."""
    return marked(text, HEAD.format(version=version).count("\n") + 1)


def place(found: Diagnostic) -> tuple[int, int, int]:
    """Return where a finding stands, as `marked` gives it."""
    assert found.span is not None
    return found.span.line, found.span.column, found.span.end_column


def errors(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return the errors among the findings."""
    return [one for one in found if one.severity is Severity.ERROR]


def codes(found: tuple[Diagnostic, ...], severity: Severity = Severity.ERROR) -> list[str]:
    """Return the codes of the findings of one severity."""
    return [one.code for one in found if one.severity is severity]


def refused(
    text: str,
    workflow: str = "w",
    *,
    version: str = "1.0.1",
    strict: bool = False,
    files: Mapping[str, str] | None = None,
) -> list[Diagnostic]:
    """Compile a workflow that can't be, see that its errors stand where the text is marked; return them in order."""
    told = in_document(text, version)
    compiled: Compiled = compile_text(told.text, workflow, version=version, strict=strict, files=files)
    assert compiled.program is None
    found = sorted(errors(compiled.diagnostics), key=place)
    assert [place(one) for one in found] == list(told.places), [one.concise() for one in found]
    return found
