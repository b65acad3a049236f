"""What is told of a pattern by its tree."""

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.syntax import Node
from arazzo_runner.query.regex.tree import has_boundaries, needs_backtracking, nodes, properties, sees_ascii_only, size


def tree(text: str) -> Node:
    read = read_pattern(text)
    assert not isinstance(read, Fault)
    return read


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("a", 1),
        ("abc", 4),
        ("a{3}", 3),
        ("a{2,5}", 5),
        ("a*", 1),
        ("a{4,}", 5),
        ("(?:a{10}){10}", 110),
        ("[abc]", 4),
        (r"\p{L}", 201),
        ("a{1,100000}", 100_000),
    ],
)
def test_the_size_counts_repetitions(text: str, states: int) -> None:
    assert size(tree(text)) == states


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("(a+)+$", False),
        (r"\bfoo\b", False),
        ("(?i:a)", False),
        ("(?=a)", True),
        ("a(?<!b)", True),
        (r"(a)\1", True),
        ("(?m:^a)", True),
        ("(?-m:^a)", False),
    ],
)
def test_what_no_automaton_can_do(text: str, needed: bool) -> None:
    assert needs_backtracking(tree(text)) is needed


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        (r"\bok\b[^a]\w\s.", True),
        ("é", False),
        ("[à-ü]", False),
        (r"\u{1F600}", False),
        (r"\p{L}", False),
        ("(?i:k)", False),
        ("(?s:.)", True),
    ],
)
def test_what_tells_characters_beyond_ascii_apart(text: str, simple: bool) -> None:
    assert sees_ascii_only(tree(text)) is simple


def test_boundaries_and_properties_are_found_at_any_depth() -> None:
    deep = tree(r"(?:(?=a\b)|[\p{Lu}x]|\P{N})*")
    assert has_boundaries(deep)
    assert not has_boundaries(tree(r"[\b]"))
    assert [found.text for found in properties(deep)] == ["Lu", "N"]


def test_nodes_come_each_before_what_is_in_it() -> None:
    assert [type(node).__name__ for node in nodes(tree("(a|b)c"))] == [
        "Sequence",
        "Group",
        "Choice",
        "Char",
        "Char",
        "Char",
    ]
