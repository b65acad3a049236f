"""Where keys and values stand in TOML, judged by the standard library's reading of the same text."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.profiles.places import MAX_PROFILE_DEPTH, MAX_PROFILE_NUMBER_LENGTH, Place, TooMuch, Where, places


def paths(value: Any, path: Where = ()) -> set[Where]:
    """Return the ways to all values of read TOML."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} - {()} | {each for key, child in children for each in paths(child, (*path, key))}


CASES: list[tuple[str, dict[Where, tuple[int, int]]]] = [
    ("a = 1", {("a",): (0, 4)}),
    ("# c\n\n  a=1 # d", {("a",): (7, 9)}),
    ("[a]\nb = 1", {("a",): (1, 0), ("a", "b"): (4, 8)}),
    ("[ a . b ]\nc.d = 1", {("a",): (2, 0), ("a", "b"): (6, 0), ("a", "b", "c"): (10, 10), ("a", "b", "c", "d"): (12, 16)}),
    ('"a b".\'c\' = 1', {("a b",): (0, 0), ("a b", "c"): (6, 12)}),
    ('"\\u0061" = 1', {("a",): (0, 11)}),
    ("a = [1, # x\n 2,\n]", {("a",): (0, 4), ("a", 0): (5, 5), ("a", 1): (13, 13)}),
    ("a = { b = 1, c.d = [] }", {("a",): (0, 4), ("a", "b"): (6, 10), ("a", "c"): (13, 13), ("a", "c", "d"): (15, 19)}),
    ("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2", {("a",): (2, 0), ("a", 0): (0, 0), ("a", 0, "b"): (6, 10), ("a", 1): (12, 12), ("a", 1, "c"): (21, 18), ("a", 1, "c", "d"): (24, 28)}),
    ('a = """x\n"" ""\\""""""\nb = 1', {("a",): (0, 4), ("b",): (22, 26)}),
    ("a = '''x\n''y'''''\nb = 1", {("a",): (0, 4), ("b",): (18, 22)}),
    ("a = 1979-05-27 07:32:00 # when\nb = inf", {("a",): (0, 4), ("b",): (31, 35)}),
    ("a = 1\r\nb = 2\r\n", {("a",): (0, 4), ("b",): (7, 11)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_each_key_and_value_has_its_place(text: str, expected: dict[Where, tuple[int, int]]) -> None:
    assert places(text) == {path: Place(*offsets) for path, offsets in expected.items()}
    assert set(expected) == paths(tomllib.loads(text))


@pytest.mark.parametrize(
    "text", ["a", "a =", "= 1", "a = [1", "a = {b = 1", 'a = "', "[a", "[a]]\nb", "a.", '"\\q" = 1', "a = [1 2]"]
)
def test_what_stands_before_a_fault_has_its_place(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(f"good = 1\n{text}")
    assert places(f"good = 1\n{text}")["good",] == Place(0, 7)


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 40) + " = 1",
        f"[{'.'.join('a' * 40)}]",
        "a = " + "[" * 100_000,
        "a = " + "{a=" * 100_000,
        ".".join("a" * 100_000) + " = 1",
    ],
)
def test_depth_has_a_limit(text: str) -> None:
    with pytest.raises(TooMuch) as caught:
        places(text)
    assert (caught.value.limit, caught.value.offset < 200) == ("max_profile_depth", True)


def test_what_is_just_deep_enough_is_read() -> None:
    deep = MAX_PROFILE_DEPTH - 1
    assert len(max(places("a = " + "[" * deep + "]" * deep), key=len)) == deep
    assert ("a", "b") in places(f"a.b = {'1' * MAX_PROFILE_NUMBER_LENGTH}")


def test_a_number_that_is_too_long_is_told() -> None:
    with pytest.raises(TooMuch) as caught:
        places("a = 1\nb = " + "1" * 101)
    assert (caught.value.limit, caught.value.offset) == ("max_profile_number_length", 10)


KEYS = st.text("ab-_1", min_size=1, max_size=3) | st.builds('"{}"'.format, st.text("ab .#]=", max_size=4))
SCALARS = st.sampled_from(["1", "true", "-0.5e3", '"x # y"', "'[z]'", '"""a\n"b" ]"""', "'''c\n'''", "1979-05-27 07:32:00", "[]", "{}"])  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.builds("[{}]".format, st.lists(inner, max_size=3).map(", # c\n ".join))
    | st.builds("{{ {} }}".format, st.dictionaries(KEYS, inner, max_size=3).map(lambda all: ", ".join(f"{k} = {v}" for k, v in all.items()))),
    max_leaves=6,
)  # fmt: skip
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
LINES = st.one_of(
    st.builds("{} = {}".format, DOTTED, VALUES),
    st.builds("[{}]".format, DOTTED),
    st.builds("[[{}]] # c".format, DOTTED),
    st.just("  # only this"),
)


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_places_are_those_of_what_the_library_reads(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        places(text)
        return
    assert set(places(text)) == paths(data)


@given(st.text("a.=[]{}\"'#\\ \n,1", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = places(text)
    assert all(place.key <= len(text) and place.value <= len(text) for place in found.values())
