"""Ids in the form of W3C Trace Context that follow from what is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.trace_parent import TraceParent, below, of_run, parse

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
CALLER = f"00-{TRACE}-{SPAN}-01"


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (CALLER, "01"),
        (f" {CALLER}\t", "01"),
        (f"00-{TRACE}-{SPAN}-00", "00"),
        (f"00-{TRACE}-{SPAN}-03", "01"),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-is-like", "01"),
        (f"01-{TRACE}-{SPAN}-fe", "00"),
    ],
)
def test_a_traceparent_is_read(text: str, flags: str) -> None:
    assert parse(text) == TraceParent(TRACE, SPAN, flags)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"01-{TRACE}-{SPAN}-01.more",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE}{SPAN}-01",
    ],
)
def test_what_is_none(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or parse(str(found)) == found


def test_what_is_written_is_read_again() -> None:
    assert str(parse(CALLER)) == CALLER


def test_a_run_without_one() -> None:
    assert of_run(None, "r", 0) is None


def test_a_run_has_a_trace_of_its_own_by_its_id_and_seed() -> None:
    one = of_run("", "r", 0)
    assert one is not None
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", str(one))
    assert one.parent_id == ""
    assert one == of_run("", "r", 0)
    others = {of_run("", "r", 1), of_run("", "s", 0)}
    assert one not in others
    assert {other.trace_id for other in others if other}.isdisjoint({one.trace_id})


def test_a_run_goes_on_with_the_trace_of_its_caller() -> None:
    found = of_run(f"00-{TRACE}-{SPAN}-00", "r", 0)
    assert found is not None
    assert (found.trace_id, found.flags, found.parent_id) == (TRACE, "00", SPAN)
    assert found.span_id != SPAN
    again = of_run(f"00-{TRACE}-{SPAN}-00", "s", 0)
    assert again is not None
    assert again.span_id != found.span_id


def test_spans_below_are_of_the_same_trace_and_each_its_own() -> None:
    run = TraceParent(TRACE, SPAN, "00")
    spans = [below(run, "a", "1"), below(run, "a", "2"), below(run, "b", "1"), below(run, "a", "b", "1")]
    assert len({span.span_id for span in spans}) == 4
    assert {(span.trace_id, span.flags, span.parent_id) for span in spans} == {(TRACE, "00", SPAN)}
    assert spans[0] == below(run, "a", "1")
