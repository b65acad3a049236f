"""Patterns in the spelling of the automaton."""

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.linear import Linear
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.write import spell


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("a", r"[\u{61}]"),
        ("^a$", r"^[\u{61}]$"),
        (r"\d{2,}", r"(?:[\u{30}-\u{39}]){2,}"),
        ("(a|b)?", r"(?:(?:(?:[\u{61}]|[\u{62}]))){0,1}"),
        ("[]", r"[^\u{0}-\u{d7ff}\u{e000}-\u{10ffff}]"),
        ("[^]", r"[\u{0}-\u{d7ff}\u{e000}-\u{10ffff}]"),
        (r"[\ud800-\udfff]", r"[^\u{0}-\u{d7ff}\u{e000}-\u{10ffff}]"),
        (r"[^a\p{L}]", r"[^\u{61}\p{L}]"),
        (r"\P{L}", r"[\P{L}]"),
        (r"\b\B", r"\b\B"),
        ("(?i:a)", r"(?i:[\u{61}])"),
        ("(?-i:a)", r"(?-i:[\u{61}])"),
    ],
)
def test_a_pattern_is_spelled_out(text: str, spelling: str) -> None:
    tree = read_pattern(text)
    assert not isinstance(tree, Fault)
    assert spell(tree) == spelling
    assert Linear(spelling).is_taken()


@pytest.mark.parametrize(("text", "found"), [(".", False), ("(?s:.)", True), ("(?s:(?-s:.))", False)])
def test_a_dot_matches_line_ends_only_if_told(text: str, found: bool) -> None:
    tree = read_pattern(text)
    assert not isinstance(tree, Fault)
    assert Linear(spell(tree)).search("\u2028") is found
