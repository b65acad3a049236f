"""Findings for a program: one JSON object, described by ``findings.schema.json`` beside this module."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from arazzo_runner.diagnostics import Diagnostic, Fix, Related, Severity, Span
from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.values import Value

SCHEMA_VERSION = "1"


def write_findings(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write the findings as one JSON object, in the order of the text form.

    Where the number of documents that were judged is not known, the files with findings are counted.
    """
    found = judgement.found
    named = {file_of(each) for each in found} - {""}
    summary: dict[str, Value] = {f"{severity.value}s": _number(found, severity) for severity in Severity}
    document: dict[str, Value] = {
        "schemaVersion": SCHEMA_VERSION,
        "summary": {
            **summary,
            "files": len(named if judgement.files is None else judgement.files),
            "omitted": judgement.omitted,
            "fixed": judgement.fixed or 0,
            "fixable": judgement.fixable,
            "fixableUnsafe": judgement.fixable_unsafe,
        },
        "findings": [{**finding(each), "fix": _fix(each.fix)} for each in judgement.told],
    }
    write_json(stream, plain(document))


def _number(found: Sequence[Diagnostic], severity: Severity) -> int:
    return sum(each.severity is severity for each in found)


def finding(found: Diagnostic) -> dict[str, Value]:
    """Return one finding as the schema describes it; the reports of runs show their warnings in this form too."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        **_place(found.span),
        "help": found.help or None,
        "related": [_related(each) for each in found.related],
    }


def _fix(fix: Fix | None) -> Value:
    if fix is None or not fix.edits:
        return None
    edits: list[Value] = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"message": fix.message, "applicability": fix.applicability.value, "edits": edits}


def _related(related: Related) -> dict[str, Value]:
    return {"message": related.message, **_place(related.span)}


def _place(span: Span | None) -> dict[str, Value]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "endLine", "endColumn"))
    return {
        "file": span.name or span.uri,
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
