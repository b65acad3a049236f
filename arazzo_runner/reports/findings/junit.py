"""Findings as JUnit XML, which most build servers read: a suite a document, a case a finding.

A finding that is a failure fails its case. Any other one is a case that passed, with the finding as its output. A
document without findings has one case, which passed.
"""

from __future__ import annotations

from typing import TextIO
from xml.etree.ElementTree import Element, SubElement

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.junit import sound, sum_up, write_suites
from arazzo_runner.reports.page import Look

_NOWHERE = "arazzo validate"


def write_junit(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write the findings as one XML document, in ASCII."""
    suites: dict[str, list[Diagnostic]] = {name: [] for name in judgement.files or ()}
    for found in judgement.told:
        suites.setdefault(file_of(found) or _NOWHERE, []).append(found)
    root = Element("testsuites", {"name": "arazzo validate"})
    for name, findings in suites.items():
        _suite(root, name, findings, judgement)
    sum_up(root)
    write_suites(stream, root)


def _suite(root: Element, name: str, findings: list[Diagnostic], judgement: Judgement) -> None:
    suite = SubElement(root, "testsuite", {"name": sound(name)})
    if not findings:
        SubElement(suite, "testcase", {"name": "no findings", "classname": sound(name)})
    for found in findings:
        place = f" at {found.span.line}:{found.span.column}" if found.span else ""
        case = SubElement(suite, "testcase", {"name": sound(found.code + place), "classname": sound(name)})
        told = sound(found.concise()) + (f"\nhelp: {sound(found.help)}" if found.help else "")
        if judgement.is_failure(found):
            failure = SubElement(case, "failure", {"type": sound(found.code), "message": sound(found.message)})
            failure.text = told
        else:
            SubElement(case, "system-out").text = told
    sum_up(suite)
