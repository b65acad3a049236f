"""How far a regular expression of an XPath function can go back and forth."""

import pytest

from arazzo_runner.query.xpath.regexes import ENDLESS, backtracks


@pytest.mark.parametrize(
    "pattern", ["abc", r"\s+", "^[a-z]+$", "[0-9]{3}-[0-9]{4}", "a|b", "^(a|b)$", "(ab|cd)?x", ",", "^a*b*$"]
)
def test_an_honest_pattern_is_cheap(pattern: str) -> None:
    assert backtracks(pattern, 100) < 500_000


@pytest.mark.parametrize(
    "pattern",
    ["^(a+)+$", "(a|a)*b", "(a*)*b", "(a|ab)*c", "((a{1,9}){1,9}){1,9}", "(x+x+)+y", ".*.*.*.*.*.*=", r"\i\c*", "("],
)
def test_sec_09_what_can_explode_or_is_not_known_is_endless(pattern: str) -> None:
    assert backtracks(pattern, 1_000) == ENDLESS


def test_it_grows_with_the_text() -> None:
    assert backtracks(r"\s+$", 10) < backtracks(r"\s+$", 100) < backtracks(r"\s+$", 1_000)
    assert backtracks("(a|b|c)*d", 5) < backtracks("(a|b|c)*d", 1_000)


def test_alternatives_that_begin_differently_are_one_way() -> None:
    assert backtracks("(?:ab|cd)x", 100) < backtracks("(?:ab|ad)x", 100)
