"""Findings as annotations of GitHub Actions: one workflow command a line, which the log shows beside the code."""

from __future__ import annotations

from typing import TextIO

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.annotation import KINDS, annotation
from arazzo_runner.reports.escape import encodable
from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.page import Look, encoding_of


def write_github(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write one annotation a finding; nothing where there are none."""
    for found in judgement.told:
        stream.write(encodable(annotation_of(found), encoding_of(stream)) + "\n")
    stream.flush()


def annotation_of(found: Diagnostic) -> str:
    """Return a finding as one workflow command, at its place."""
    text = f"{found.message}\n{found.help}" if found.help else found.message
    return annotation(KINDS[found.severity], {**_place(found), "title": found.code}, text)


def _place(found: Diagnostic) -> dict[str, str]:
    """Return where a finding stands; columns only within one line, as GitHub takes them, the last one included."""
    span = found.span
    if span is None:
        return {}
    place = {"file": file_of(found), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        place |= {"col": str(span.column), "endColumn": str(max(span.column, span.end_column - 1))}
    return place
