from __future__ import annotations

import io
from xml.etree.ElementTree import Element, SubElement, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.junit import sound, sum_up, write_suites


@pytest.mark.parametrize(
    ("text", "shown"), [("a <b>", "a <b>"), ("a\nb\0\x1b", "a\\nb\\x00\\x1b"), ("\ufffe\uffff", "\ufffd\ufffd")]
)
def test_text_that_xml_can_hold(text: str, shown: str) -> None:
    assert sound(text) == shown


def test_cases_are_summed_up() -> None:
    root = Element("testsuites")
    suite = SubElement(root, "testsuite")
    for child in ("failure", "error", "error", "skipped", ""):
        case = SubElement(suite, "testcase")
        if child:
            SubElement(case, child)
    sum_up(suite)
    sum_up(root)
    assert suite.attrib == {"tests": "5", "failures": "1", "errors": "2", "skipped": "1"}
    assert root.attrib == {"tests": "5", "failures": "1", "errors": "2"}


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    stream, root = io.StringIO(), Element("testsuites", {"name": sound(text)})
    root.text = sound(text)
    write_suites(stream, root)
    assert fromstring(stream.getvalue().encode("ascii")).attrib["name"] == sound(text)
