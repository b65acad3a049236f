"""Sets of characters as ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.query.regex.characters import EVERYTHING, LAST, complement, shorthand, without_surrogates
from arazzo_runner.query.regex.syntax import Range


def covered(ranges: tuple[Range, ...], code: int) -> bool:
    return any(part.first <= code <= part.last for part in ranges)


@pytest.mark.parametrize(
    ("letter", "inside", "outside"),
    [
        ("d", "09", "a٣"),
        ("D", "a٣", "0"),
        ("w", "aZ_9", "é-"),
        ("W", "é-", "a"),
        ("s", " \t\n\u00a0\ufeff\u2029", "a\u0085\u180e"),
        ("S", "a\u0085", "\u2003"),
    ],
)
def test_rgx_02_the_shorthands_are_those_of_ecma_262(letter: str, inside: str, outside: str) -> None:
    assert all(covered(shorthand(letter), ord(mark)) for mark in inside)
    assert not any(covered(shorthand(letter), ord(mark)) for mark in outside)


def test_the_complement_of_all_and_of_none() -> None:
    assert complement(EVERYTHING) == ()
    assert complement(()) == EVERYTHING


RANGES = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda ends: Range(min(ends), max(ends))), max_size=5
).map(tuple)


@given(RANGES, st.integers(0, 250) | st.just(LAST))
def test_the_complement_holds_the_others(ranges: tuple[Range, ...], code: int) -> None:
    assert covered(complement(ranges), code) is not covered(ranges, code)


@pytest.mark.parametrize(
    ("part", "left"),
    [
        (Range(0, 9), (Range(0, 9),)),
        (Range(0xD800, 0xDFFF), ()),
        (Range(0xD900, 0xDA00), ()),
        (Range(0, LAST), (Range(0, 0xD7FF), Range(0xE000, LAST))),
        (Range(0xD000, 0xD900), (Range(0xD000, 0xD7FF),)),
        (Range(0xDFFF, 0xE001), (Range(0xE000, 0xE001),)),
    ],
)
def test_surrogates_are_left_out(part: Range, left: tuple[Range, ...]) -> None:
    assert without_surrogates(part) == left
