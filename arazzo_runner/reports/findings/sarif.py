"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.

Columns count code points, as everywhere here. Files below the working folder are relative to ``%SRCROOT%``. A partial
fingerprint tells a finding from others by its code, its file and the text of its line, so that it stays itself when
lines are put in above it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from arazzo_runner._version import VERSION
from arazzo_runner.diagnostics import Diagnostic, Fix, Related, Severity, Span
from arazzo_runner.reports.findings.explanations import explanation
from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.plain import plain, whole, write_json
from arazzo_runner.values import Value

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "arazzoFinding/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def write_sarif(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write the findings as one SARIF log with one run."""
    codes = list(dict.fromkeys(found.code for found in judgement.told))
    seen: Counter[str] = Counter()
    results = [_result(found, codes.index(found.code), seen) for found in judgement.told]
    driver: dict[str, Value] = {
        "name": "arazzo validate",
        "version": VERSION,
        "rules": [_rule(code) for code in codes],
    }
    run: dict[str, Value] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(name)} for name in judgement.files or ()],
        "results": results,
    }
    write_json(stream, plain({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))


def _rule(code: str) -> Value:
    told = explanation(code)
    if told is None:
        return {"id": code}
    sections = [(name, text) for name, text in told.sections() if text]
    return {
        "id": code,
        "shortDescription": {"text": told.headline},
        "fullDescription": {"text": told.what or told.headline},
        "help": {
            "text": "\n\n".join(f"{name}: {text}" for name, text in sections) or told.headline,
            "markdown": "\n\n".join(f"**{name}.** {text}" for name, text in sections) or told.headline,
        },
    }


def _result(found: Diagnostic, index: int, seen: Counter[str]) -> Value:
    text = f"{found.message}\n{found.help}" if found.help else found.message
    result: dict[str, Value] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "partialFingerprints": {FINGERPRINT: _fingerprint(found, seen)},
    }
    if found.span is not None:
        result["locations"] = [{"physicalLocation": _physical(found.span)}]
    if found.related:
        result["relatedLocations"] = _related(found.related)
    if found.fix is not None and found.fix.edits:
        result["fixes"] = [_fix(found.fix)]
    return result


def _fix(fix: Fix) -> Value:
    """Return a fix; whether it is safe has no place of its own in the format, so it is a property."""
    replacements: list[Value] = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    location = _location(fix.edits[0].span.name or fix.edits[0].span.uri)
    return {
        "description": {"text": f"{fix.message} ({fix.applicability.value})"},
        "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
        "properties": {"applicability": fix.applicability.value},
    }


def _related(related: Iterable[Related]) -> list[Value]:
    return [
        {"id": number, "message": {"text": each.message}, "physicalLocation": _physical(each.span)}
        for number, each in enumerate(related, 1)
    ]


def _physical(span: Span) -> Value:
    return {"artifactLocation": _location(span.name or span.uri), "region": _region(span)}


def _region(span: Span) -> Value:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _location(name: str) -> Value:
    """Return where a file is, as a person named it: a URL as it is, a path as a URI."""
    name = whole(name)
    if "://" in name:
        return {"uri": quote(name, safe="/:?#[]@!$&'()*+,;=%-._~")}
    path = Path(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _fingerprint(found: Diagnostic, seen: Counter[str]) -> str:
    """Return what tells a finding from others; of several on equal lines the second and later ones are numbered."""
    line = found.span.text.strip() if found.span else found.message
    basis = "\0".join((found.code, file_of(found), line))
    seen[basis] += 1
    return hashlib.sha256(f"{basis}\0{seen[basis]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
