"""Findings as JUnit XML, which most build servers read: a suite a document, a case a finding.

A finding that is a failure fails its case. Any other one is a case that passed, with the finding as its output. A
document without findings has one case, which passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.findings.order import file_of
from arazzo_runner.reports.page import Look

_NOWHERE = "arazzo validate"
_NO_XML = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))


def write_junit(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write the findings as one XML document, in ASCII."""
    suites: dict[str, list[Diagnostic]] = {name: [] for name in judgement.files or ()}
    for found in judgement.told:
        suites.setdefault(file_of(found) or _NOWHERE, []).append(found)
    root = Element("testsuites", {"name": "arazzo validate"})
    for name, findings in suites.items():
        _suite(root, name, findings, judgement)
    _count(root, root.iter("testcase"))
    indent(root)
    stream.write('<?xml version="1.0" encoding="US-ASCII"?>\n' + tostring(root, "us-ascii").decode("ascii") + "\n")
    stream.flush()


def _suite(root: Element, name: str, findings: list[Diagnostic], judgement: Judgement) -> None:
    suite = SubElement(root, "testsuite", {"name": _text(name)})
    if not findings:
        SubElement(suite, "testcase", {"name": "no findings", "classname": _text(name)})
    for found in findings:
        place = f" at {found.span.line}:{found.span.column}" if found.span else ""
        case = SubElement(suite, "testcase", {"name": _text(found.code + place), "classname": _text(name)})
        told = _text(found.concise()) + (f"\nhelp: {_text(found.help)}" if found.help else "")
        if judgement.is_failure(found):
            failure = SubElement(case, "failure", {"type": _text(found.code), "message": _text(found.message)})
            failure.text = told
        else:
            SubElement(case, "system-out").text = told
    _count(suite, suite.iter("testcase"))


def _count(element: Element, cases: Iterable[Element]) -> None:
    failed = [case.find("failure") is not None for case in cases]
    element.attrib |= {"tests": str(len(failed)), "failures": str(sum(failed)), "errors": "0"}


def _text(text: str) -> str:
    """Return a text as XML can hold it."""
    return visible(text).translate(_NO_XML)
