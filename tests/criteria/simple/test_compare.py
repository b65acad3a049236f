"""How simple conditions compare values (SIM-19 to SIM-30)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.simple.compare import contains, equal, fold, has_media_type, numeric, ordered, truthy
from arazzo_runner.values import Nothing, Value

NOTHING = Nothing("missing")

EQUAL: list[tuple[str, Value | Nothing, Value | Nothing, bool]] = [
    ("SIM-06", 200, 201, False),
    ("SIM-19", "OK", "ok", True),
    ("SIM-19", "ÄÖ", "äö", True),
    ("SIM-19", "ß", "ẞ", True),
    ("SIM-19", "ß", "ss", False),
    ("SIM-19", "Σ", "ς", True),
    ("SIM-19", "a", "b", False),
    ("SIM-21", "200", 200, True),
    ("SIM-21", 200, "200.0", True),
    ("SIM-21", "1e2", 100, True),
    ("SIM-21", "0.1", 0.1, True),
    ("SIM-21", "abc", 1, False),
    ("SIM-21", "", 0, False),
    ("SIM-21", " 1", 1, False),
    ("SIM-21", "1_0", 10, False),
    ("SIM-21", "٣", 3, False),
    ("SIM-21", "0x10", 16, False),
    ("SIM-21", "nan", float("nan"), False),
    ("SIM-22", "1.0", "1", False),
    ("SIM-23", None, None, True),
    ("SIM-23", 0, None, False),
    ("SIM-23", "", None, False),
    ("SIM-23", False, None, False),
    ("SIM-25", NOTHING, None, True),
    ("SIM-25", NOTHING, NOTHING, True),
    ("SIM-25", NOTHING, "", False),
    ("SIM-28", True, "true", False),
    ("SIM-28", True, 1, False),
    ("SIM-28", False, 0, False),
    ("SIM-28", {}, "", False),
    ("SIM-28", [1], 1, False),
    ("SIM-28", b"a", "A", False),
    ("SIM-28", b"a", "a", True),
    ("SIM-28", "a", b"a", True),
    ("SIM-28", True, True, True),
    ("SIM-29", {"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]}, True),
    ("SIM-29", {"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
    ("SIM-29", [1, 2], [2, 1], False),
    ("SIM-29", ["A"], ["a"], False),
    ("SIM-30", 200, 200.0, True),
    ("SIM-30", 2**53 + 1, float(2**53), False),
    ("SIM-30", 2**53 + 1, str(2**53 + 1), True),
    ("SIM-30", str(2**53 + 1), 2**53, False),
]


@pytest.mark.parametrize(
    ("left", "right", "expected"), [c[1:] for c in EQUAL], ids=[f"{c[0]} {c[1]!r} {c[2]!r}" for c in EQUAL]
)
def test_equality(left: Value | Nothing, right: Value | Nothing, expected: bool) -> None:
    assert equal(left, right) is expected
    assert equal(right, left) is expected


ORDERED: list[tuple[str, Value | Nothing, Value | Nothing, str]] = [
    ("SIM-05", 1, 2, "< <="),
    ("SIM-05", 2, 1, "> >="),
    ("SIM-05", 2, 2, "<= >="),
    ("SIM-19", "B", "a", "> >="),
    ("SIM-19", "a", "A", "<= >="),
    ("SIM-21", "10", 5, "> >="),
    ("SIM-21", 5, "10", "< <="),
    ("SIM-21", "abc", 5, ""),
    ("SIM-22", "10", "9", "> >="),
    ("SIM-22", "10", "9a", "< <="),
    ("SIM-22", "1.0", "1", "<= >="),
    ("SIM-24", None, 1, ""),
    ("SIM-24", 1, None, ""),
    ("SIM-24", None, None, ""),
    ("SIM-25", NOTHING, 1, ""),
    ("SIM-29", {}, 1, ""),
    ("SIM-29", [1], [2], ""),
    ("SIM-29", False, True, ""),
    ("SIM-29", True, 0, ""),
    ("SIM-29", "a", None, ""),
    ("SIM-30", 2**53 + 1, float(2**53), "> >="),
    ("SIM-30", 1.5, 1, "> >="),
    ("SIM-27", float("nan"), 1, ""),
    ("SIM-27", float("nan"), float("nan"), ""),
]


@pytest.mark.parametrize(
    ("left", "right", "holds"), [c[1:] for c in ORDERED], ids=[f"{c[0]} {c[1]!r} {c[2]!r}" for c in ORDERED]
)
def test_order(left: Value | Nothing, right: Value | Nothing, holds: str) -> None:
    found = [operator for operator in ("<", "<=", ">", ">=") if ordered(operator, left, right)]
    assert found == holds.split()


@pytest.mark.parametrize("value", [False, None, NOTHING, 0, 0.0, -0.0, float("nan"), "", b""])
def test_sim_27_what_is_falsy(value: Value | Nothing) -> None:
    assert truthy(value) is False


@pytest.mark.parametrize("value", [True, 1, -1, 0.1, "a", "false", "0", [], {}, [None], b"a"])
def test_sim_27_all_else_is_truthy(value: Value) -> None:
    assert truthy(value) is True


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Hello", "ell", True),
        ("Hello", "ELL", True),
        ("Hello", "", True),
        ("Hello", "x", False),
        ("code 42", 42, True),
        ("1.0", 1.0, True),
        ("true", True, False),
        ("null", None, False),
        ([1, "A"], "a", True),
        ([1, "A"], "1", True),
        ([None], None, True),
        ([None], NOTHING, True),
        ([[1]], [1], True),
        ([], 1, False),
        ({"a": 1}, "a", True),
        ({"a": 1}, "A", False),
        ({"a": 1}, 1, False),
        (5, 5, False),
        (None, None, False),
        (NOTHING, "a", False),
    ],
)
def test_p9_contains(left: Value | Nothing, right: Value | Nothing, expected: bool) -> None:
    assert contains(left, right) is expected


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("application/json", "application/json", True),
        ("Application/JSON; charset=utf-8", "application/json", True),
        (" application/json ;x", "APPLICATION/json", True),
        ("application/problem+json", "application/json", False),
        ("application/problem+json", "application/*+json", True),
        ("application/json", "application/*+json", False),
        ("text/plain", "text/*", True),
        ("text/plain", "image/*", False),
        ("text/plain", "*/*", True),
        ("text", "text/*", False),
        ("", "*/*", False),
        (None, "text/plain", False),
        (NOTHING, "*/*", False),
        (["text/plain"], "text/plain", False),
    ],
)
def test_p8_media_types(value: Value | Nothing, wanted: str, expected: bool) -> None:
    assert has_media_type(value, wanted) is expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("-1", -1), ("+1", 1), ("007", 7), ("1.5", 1.5), ("-2e3", -2000.0), ("1E-2", 0.01), ("", None),
        (".5", None), ("5.", None), ("1e", None), ("1 ", None), ("inf", None), ("NaN", None), ("0x1", None), ("1\n", None),
        ("9" * 1001, None),
    ],
)  # fmt: skip
def test_numeric_strings(text: str, number: int | float | None) -> None:
    assert numeric(text) == number
    assert type(numeric(text)) is type(number)


@given(st.text())
def test_folding_is_stable_and_keeps_the_length(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(NOTHING),
    lambda inner: (
        st.lists(inner.filter(lambda value: value is not NOTHING))
        | st.dictionaries(st.text(), inner.filter(lambda value: value is not NOTHING))
    ),
    max_leaves=5,
)


@given(VALUES, VALUES)
def test_comparisons_are_total_and_consistent(left: Value | Nothing, right: Value | Nothing) -> None:
    assert equal(left, right) == equal(right, left)
    assert ordered("<", left, right) == ordered(">", right, left)
    assert not (ordered("<", left, right) and ordered(">", left, right))
    assert ordered("<=", left, right) == (
        ordered("<", left, right) or (ordered("<=", left, right) and ordered(">=", left, right))
    )


def test_order_is_transitive_among_texts_that_are_no_numbers() -> None:
    texts = ["a", "B", "c", "Ä", "z"]
    for first, second, third in itertools.permutations(texts, 3):
        if ordered("<", first, second) and ordered("<", second, third):
            assert ordered("<", first, third)
