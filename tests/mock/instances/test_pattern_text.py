import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.pattern import Unread
from arazzo_runner.mock.instances.pattern_text import texts

# Python's own engine judges here; all of these mean the same to it as to ECMA-262.
PATTERNS = [
    r"^[A-Za-z][A-Za-z0-9_`,.\[\]]{0,127}$",
    r"^\d{3}-\d{4}$",
    r"^(?:[01]\d|2[0-3]):[0-5]\d$",
    r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
    r"^(a+)+$",
    r"(\w)\1",
    r"^arn:aws:iam::\d{12}:role/.+",
    r"^[\w-]+$",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    r"^(((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d))$",
    r"^[^\x00-\x7F]+$",
    r"^$",
    r"\bfoo\b",
    r"^(|abc)$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_that_looks_around_nowhere_is_matched_at_once(pattern: str) -> None:
    for seed in range(5):
        found = texts(pattern, 0, 200, Draw(seed, pattern))
        assert not isinstance(found, Unread)
        assert all(re.search(pattern, text) for text in found)


@pytest.mark.parametrize(
    "pattern",
    [r"^(?=.*[A-Z])(?=.*\d)(?=.*[!@#$]).{8,}$", r"^(?!\s*$).+", r"^(?!00)\d{2}$", r"^(?=.{5,9}$)[a-z]+(-[a-z]+)?$"],
)
def test_a_pattern_that_looks_around_is_matched_among_the_candidates(pattern: str) -> None:
    for seed in range(5):
        found = texts(pattern, 0, 200, Draw(seed, pattern))
        assert not isinstance(found, Unread)
        assert any(re.search(pattern, text) for text in found)


@pytest.mark.parametrize(("low", "high"), [(0, 3), (10, 10), (50, 60)])
@pytest.mark.parametrize("pattern", ["^[a-z]+$", "[0-9]", "^x.*", "y$", "^(ab?)*$", r"\bfoo\b", r"\bfo\b$"])
def test_lengths_are_kept(pattern: str, low: int, high: int) -> None:
    found = texts(pattern, low, high, Draw(0, pattern))
    assert not isinstance(found, Unread)
    assert any(low <= len(text) <= high and re.search(pattern, text) for text in found)


@pytest.mark.parametrize(
    ("pattern", "low", "high", "reason"),
    [("^a{9}$", 0, 5, "9 characters or more"), ("^a{2}$", 5, 9, "2 characters or fewer"), ("(", 0, 9, "not closed")],
)
def test_lengths_that_no_match_has_are_told(pattern: str, low: int, high: int, reason: str) -> None:
    found = texts(pattern, low, high, Draw(0))
    assert isinstance(found, Unread)
    assert reason in found.reason


@pytest.mark.parametrize(
    "pattern",
    [
        "^(" + "(?:" * 20 + "a?" + "){1000}" * 20 + ")$",
        "(?:a|" * 45 + "b" + ")" * 45,
        "(?:(?:a{0,100000}){0,100000})",
        "((((((((((x*)*)*)*)*)*)*)*)*)*)$",
        "(?:){99999999}",
        "[a-z]{5}" * 1200,
    ],
)
def test_a_hostile_pattern_takes_bounded_time(pattern: str) -> None:
    began = time.process_time()
    found = texts(pattern, 0, 20_000, Draw(0))
    assert isinstance(found, Unread) or len(list(found)) <= 40
    assert time.process_time() - began < 10


@given(st.from_regex(r"[a-c\\dwsDWS.()\[\]{}|*+?^$0-9,:=!<>-]{0,30}"))
def test_any_text_is_read_or_refused(pattern: str) -> None:
    found = texts(pattern, 0, 50, Draw(0, pattern))
    assert isinstance(found, Unread) or all(isinstance(text, str) for text in found)
