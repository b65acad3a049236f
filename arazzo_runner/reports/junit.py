"""What every JUnit report is made of, whatever its cases stand for: sound text, sums, one document."""

from __future__ import annotations

from typing import Final, TextIO
from xml.etree.ElementTree import Element, indent, tostring

from arazzo_runner.reports.escape import visible

_NO_XML: Final = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))


def sound(text: str) -> str:
    """Return a text as XML can hold it, on one line."""
    return visible(text).translate(_NO_XML)


def sum_up(element: Element) -> None:
    """Count the cases in a suite, or in all of them; a count of skipped ones stands only where there are some."""
    cases = list(element.iter("testcase"))
    failures, errors, skipped = (_with(cases, name) for name in ("failure", "error", "skipped"))
    element.attrib |= {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors)}
    if skipped and element.tag == "testsuite":
        element.set("skipped", str(skipped))


def _with(cases: list[Element], child: str) -> int:
    return sum(case.find(child) is not None for case in cases)


def write_suites(stream: TextIO, root: Element) -> None:
    """Write all suites as one XML document, in ASCII."""
    indent(root)
    stream.write('<?xml version="1.0" encoding="US-ASCII"?>\n' + tostring(root, "us-ascii").decode("ascii") + "\n")
    stream.flush()
