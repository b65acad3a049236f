"""What is written is judged by the schema of Jenkins's xUnit plugin (``junit-10.xsd``, MIT, its notice within it)."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from arazzo_runner.diagnostics import Diagnostic, Severity, Span, error, warning
from arazzo_runner.reports.findings.judgement import Judgement, judgement_of
from arazzo_runner.reports.findings.junit import write_junit
from arazzo_runner.reports.page import Look

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit-10.xsd"))))
SPAN = Span("file:///w/a.yml", 3, 5, 3, 9, "a.yml")
FOUND = (error("e", "m", SPAN, "h"), warning("w", "m", SPAN), error("nowhere", "m"))


def written(judgement: Judgement) -> etree._Element:
    stream = io.StringIO()
    write_junit(stream, judgement, Look())
    root = etree.fromstring(stream.getvalue().encode("ascii"))
    SCHEMA.assertValid(root)
    return root


def test_a_suite_a_document_and_a_case_a_finding() -> None:
    root = written(judgement_of(FOUND, ("a.yml", "sound.yml")))
    assert [(each.get("name"), each.get("tests"), each.get("failures")) for each in root] == [
        ("a.yml", "2", "1"),
        ("sound.yml", "1", "0"),
        ("arazzo validate", "1", "1"),
    ]
    assert (root.get("tests"), root.get("failures")) == ("4", "2")
    failure = root.find(".//failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("e", "m")
    assert failure.text == "a.yml:3:5: error[e]: m\nhelp: h"
    assert root.xpath("string(//testcase[@name='w at 3:5']/system-out)") == "a.yml:3:5: warning[w]: m"


def test_what_is_a_failure_is_the_callers_choice() -> None:
    root = written(judgement_of(FOUND, ("a.yml",), fails_from=Severity.WARNING))
    assert root.get("failures") == "3"


@pytest.mark.parametrize("judgement", [judgement_of([]), judgement_of([], ()), judgement_of(FOUND, most=0)])
def test_nothing_to_tell_is_a_sound_document(judgement: Judgement) -> None:
    assert written(judgement).get("failures") == "0"


@given(st.text(), st.text(), st.text())
def test_any_text_is_sound_xml(message: str, help: str, name: str) -> None:
    span = Span("file:///w/a.yml", 1, 1, 1, 1, name)
    written(judgement_of([Diagnostic("c", Severity.ERROR, message, span, help)], (name,)))
