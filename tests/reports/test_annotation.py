from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Severity
from arazzo_runner.reports.annotation import KINDS, annotation
from arazzo_runner.reports.escape import visible


@pytest.mark.parametrize(
    ("properties", "text", "command"),
    [
        ({}, "m", "::error::m"),
        ({"file": "a,b:c.yml", "line": "3"}, "m", "::error file=a%2Cb%3Ac.yml,line=3::m"),
        ({}, "50 %\r\n::error::x", "::error::50 %25%0D%0A::error::x"),
        ({"title": "\x1b[2J\u202e"}, "\x07\ud800", "::error title=\\x1b[2J\\u202e::\\x07\\ud800"),
    ],
)
def test_a_command_is_one_line(properties: dict[str, str], text: str, command: str) -> None:
    assert annotation("error", properties, text) == command


@given(st.text(), st.text())
def test_no_text_begins_a_command_of_its_own(name: str, text: str) -> None:
    told = annotation("warning", {"file": name}, text)
    assert told == visible(told)
    assert told.splitlines() == [told]
    head = told.removeprefix("::warning file=").partition("::")[0]
    assert ":" not in head
    assert "," not in head


def test_each_severity_has_its_command() -> None:
    assert set(KINDS) == set(Severity)
