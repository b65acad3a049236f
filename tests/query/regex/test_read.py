"""Patterns read into their tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.limits import MAX_PATTERN_LENGTH, MAX_PATTERN_NESTING
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.syntax import (
    Any,
    BackReference,
    Boundary,
    Char,
    Choice,
    End,
    Group,
    Look,
    Modified,
    Node,
    Repeat,
    Sequence,
    Start,
)

A, B = Char(0x61), Char(0x62)


def literal(text: str) -> Sequence:
    return Sequence(tuple(Char(ord(mark)) for mark in text))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Sequence(())),
        ("a", A),
        ("ab", Sequence((A, B))),
        ("a|b|", Choice((A, B, Sequence(())))),
        ("^a$", Sequence((Start(), A, End()))),
        (r"\ba\B", Sequence((Boundary(False), A, Boundary(True)))),
        (".", Any()),
        ("a*", Repeat(A, 0, None)),
        ("a+?", Repeat(A, 1, None, lazy=True)),
        ("a?", Repeat(A, 0, 1)),
        ("a{2}", Repeat(A, 2, 2)),
        ("a{2,}", Repeat(A, 2, None)),
        ("a{2,3}?", Repeat(A, 2, 3, lazy=True)),
        ("(a)(?:b)", Sequence((Group(A, 1), Group(B)))),
        ("(?<n>a)", Group(A, 1)),
        (r"(?<n>a)\k<n>\1", Sequence((Group(A, 1), BackReference(1), BackReference(1)))),
        (r"\k<n>(?<n>a)", Sequence((BackReference(1), Group(A, 1)))),
        ("(?=a)(?!a)", Sequence((Look(A, True, False), Look(A, True, True)))),
        ("(?<=a)(?<!a)", Sequence((Look(A, False, False), Look(A, False, True)))),
        ("(?i:a)", Modified(A, "i", "")),
        ("(?im-s:a)", Modified(A, "im", "s")),
        ("(?-i:a)", Modified(A, "", "i")),
        ("{", Char(0x7B)),
        ("a{,2}", literal("a{,2}")),
        ("{a}", literal("{a}")),
        ("]}", literal("]}")),
        (r"[(]\(()", None),
    ],
)
def test_rgx_02_a_pattern_is_read(text: str, tree: Node | None) -> None:
    read = read_pattern(text)
    assert not isinstance(read, Fault)
    assert tree is None or read == tree


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        ("(", 0, "no closing ')'"),
        ("a(b", 1, "no closing ')'"),
        ("a)", 1, "closes no group"),
        ("*a", 0, "nothing before"),
        ("a|+", 2, "nothing before"),
        ("{2}", 0, "nothing before"),
        ("a**", 2, "two quantifiers"),
        ("a++", 2, "two quantifiers"),
        ("a{3,2}", 1, "runs backwards"),
        ("^*", 1, "can't be repeated"),
        ("(?=a)*", 5, "can't be repeated"),
        (r"\b{2}", 2, "can't be repeated"),
        (r"(a)\2", 3, "no group 2"),
        (r"\k<x>", 0, "names no group"),
        (r"(?<x>a)\k", 7, "names no group"),
        ("(?<a>.)(?<a>.)", 7, "no name of its own"),
        ("(?<1>.)", 0, "no name of its own"),
        ("(?>a)", 0, "no group of ECMA-262"),
        ("(?P<n>a)", 0, "no group of ECMA-262"),
        ("(?#a)", 0, "no group of ECMA-262"),
        ("(?i)a", 0, "flags stand before"),
        ("(?ii:a)", 0, "named once"),
        ("(?i-i:a)", 0, "named once"),
        ("(?-:a)", 0, "named once"),
        ("[a", 0, "no closing ']'"),
        ("a\\", 1, "after a backslash"),
    ],
)
def test_rgx_01_what_is_none_is_a_fault_at_its_place(text: str, offset: int, told: str) -> None:
    fault = read_pattern(text)
    assert isinstance(fault, Fault)
    assert (fault.offset, fault.code) == (offset, "pattern-malformed")
    assert told in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAX_PATTERN_LENGTH + 1),
        "(" * (MAX_PATTERN_NESTING + 1),
        "(?:" * 5000,
        "(?=" * (MAX_PATTERN_NESTING + 1) + ")" * 99,
    ],
)
def test_sec_09_what_is_too_large_is_refused(text: str) -> None:
    fault = read_pattern(text)
    assert isinstance(fault, Fault)
    assert fault.code == "pattern-too-large"


def test_groups_may_stand_within_each_other_up_to_the_limit() -> None:
    assert not isinstance(read_pattern("(" * MAX_PATTERN_NESTING + ")" * MAX_PATTERN_NESTING), Fault)


PATTERNS = st.text() | st.lists(
    st.sampled_from([*"ab()[]{}|*+?^$.\\-,1:=!<>i", "(?:", "(?=", "(?<n>", r"\k<n>", r"\1", "{1,2}", r"\p{L}"])
).map("".join)


@given(PATTERNS)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    fault = read_pattern(text)
    if isinstance(fault, Fault):
        assert 0 <= fault.offset <= len(text)
