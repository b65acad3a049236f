"""Keys are renamed and members go, with nothing else touched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arazzo_runner.diagnostics import Removal, Rename, Splice
from arazzo_runner.fixes import planned
from arazzo_runner.fixes.limits import MAX_FIXES
from tests.fixes.documents import URI, changed, finding, fixes, source


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("v: 1 # c\nw: 2\n", "x", "x: 1 # c\nw: 2\n"),
        ("'v': 1\n", "x", "'x': 1\n"),
        ('"v": 1\n', 'a"b', '"a\\"b": 1\n'),
        ("v: 1\n", "a: b", "'a: b': 1\n"),
        ("v: 1\n", "true", "'true': 1\n"),
        ('{"v": 1}', "x", '{"x": 1}'),
        ("{v: 1}", "a,b", "{'a,b': 1}"),
        ("- 1\n", "x", "- 1\n"),
        ("v: 1\nx: 2\n", "x", "v: 1\nx: 2\n"),
        ("? v\n: 1\n", "x", "? x\n: 1\n"),
    ],
)
def test_a_key_is_renamed_in_its_style(before: str, key: str, after: str) -> None:
    assert changed(before, Rename(("v",), key)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nv: 2\nb: 3\n", "a: 1\nb: 3\n"),
        ("v: 2\nb: 3\n", "b: 3\n"),
        ("a: 1\nv: 2\n", "a: 1\n"),
        ("a: 1\nv:\n  - x\n  - y\n", "a: 1\n"),
        ("a: 1\r\nv: 2\r\nb: 3\r\n", "a: 1\r\nb: 3\r\n"),
        ("{a: 1, v: 2, b: 3}", "{a: 1, b: 3}"),
        ("{a: 1, v: 2}", "{a: 1}"),
        ("{v: 2, b: 3}", "{b: 3}"),
        ('{\n  "a": 1,\n  "v": {"x": [1]}\n}', '{\n  "a": 1\n}'),
        ("a: 1\nv: 2 # kept\nb: 3\n", "a: 1\nv: 2 # kept\nb: 3\n"),
        ("v: 2\n", "v: 2\n"),
        ("a: &x 1\nv: *x\n", "a: &x 1\nv: *x\n"),
    ],
)
def test_a_member_goes_with_its_comma_or_line(before: str, after: str) -> None:
    assert changed(before, Removal(("v",))) == after


def test_the_first_member_of_an_entry_goes() -> None:
    before = "l:\n- v: $x\n  a: 1 # c\n- v: 2\n"
    assert changed(before, Removal(("l", 0, "v"))) == "l:\n- a: 1 # c\n- v: 2\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nv: 2\nw: 3\nb: 4\n", "a: 1\nb: 4\n"),
        ("a: 1\nv: 2\nw: 3\n", "a: 1\n"),
        ("v: 2\na: |\n  x\nw: {x: 1}\n", "a: |\n  x\n"),
        ("w: 1\nv: 2\na: 3\n", "a: 3\n"),
        ("{a: 1, v: 2, w: 3}", "{a: 1}"),
        ("v: 2\nw: 3\n", "v: 2\nw: 3\n"),
    ],
)
def test_two_members_go_at_once(before: str, after: str) -> None:
    assert changed(before, (Removal(("v",)), Removal(("w",)))) == after


def test_all_changes_of_a_fix_are_made_or_none() -> None:
    text = "a: abc\nv: 1 # comment\nb: 2\n"
    assert changed(text, (Splice(("a",), 0, 3, "x"), Removal(("v",)))) == text
    assert changed(text, (Splice(("a",), 0, 3, "x"), Rename(("b",), "c"))) == "a: x\nv: 1 # comment\nc: 2\n"


@pytest.mark.parametrize(
    "change", [Splice(("no",), 0, 1, "x"), Splice(("n",), 0, 1, "x"), Splice(("v",), 5, 9, "x"), Rename(("no",), "x"),
               Removal(("no",)), Rename(("l", 0), "x"), Splice(("v",), 0, 3, "abc")],
)  # fmt: skip
def test_a_change_that_does_not_fit_is_no_fix(change: Splice | Rename | Removal) -> None:
    assert not fixes(source("v: abc\nn: 1\nl: [1, 2]\n"), change)


def test_findings_about_other_documents_have_no_fix_and_too_many_are_left() -> None:
    one = finding(Splice(("v",), 0, 1, "x"))
    assert one.span is not None
    other = replace(one, span=replace(one.span, uri=URI + ".other"))
    told = planned([one, other, *[one] * MAX_FIXES], source("v: abc\n"))
    assert [each.fix is not None for each in told] == [True, False, *[True] * (MAX_FIXES - 2), False, False]


def test_a_document_of_an_entity_is_left_alone() -> None:
    document = replace(source("v: abc\n"), base="https://x.test/")
    assert not fixes(document, Splice(("v",), 0, 1, "x"))
