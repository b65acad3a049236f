"""What filters are made of."""

import pytest

from arazzo_runner.query.jsonpath import filters, walk
from arazzo_runner.query.jsonpath.comparison import NOTHING
from arazzo_runner.query.jsonpath.walk import Exhausted, Segment, Test, Walk
from arazzo_runner.query.regex import Pattern, compile_pattern, engine
from arazzo_runner.values import Nothing, Value

ROOT: Value = {"a": [1, 2], "b": "text"}
NAMED_A = (Segment((walk.name("a"),)),)
BELOW_A = (*NAMED_A, Segment((walk.wildcard,)))


def yes(value: Value, run: Walk) -> bool:
    return True


def no(value: Value, run: Walk) -> bool:
    return False


def never(value: Value, run: Walk) -> bool:
    raise AssertionError("this part is not needed")


@pytest.mark.parametrize(
    ("test", "found"),
    [
        (filters.every((yes, yes)), True),
        (filters.every((no, never)), False),
        (filters.some((no, yes)), True),
        (filters.some((yes, never)), True),
        (filters.negated(yes), False),
    ],
)
def test_parts_are_joined_and_stop_early(test: Test, found: bool) -> None:
    assert test(None, Walk(ROOT)) is found


@pytest.mark.parametrize(("from_root", "found"), [(True, [1, 2]), (False, [9])])
def test_a_query_starts_at_the_root_or_here(from_root: bool, found: list[Value]) -> None:
    assert filters.nodes(BELOW_A, from_root=from_root)({"a": [9]}, Walk(ROOT)) == found


@pytest.mark.parametrize(
    ("operand", "found"),
    [
        (filters.constant(5), 5),
        (filters.single(filters.nodes(NAMED_A, from_root=True)), [1, 2]),
        (filters.single(filters.nodes(NAMED_A, from_root=False)), NOTHING),
        (filters.single(filters.nodes(BELOW_A, from_root=True)), NOTHING),
        (filters.count(filters.nodes(BELOW_A, from_root=True)), 2),
        (filters.length(filters.constant("é😀")), 2),
        (filters.length(filters.constant([1])), 1),
        (filters.length(filters.constant({"a": 1})), 1),
        (filters.length(filters.constant(5)), NOTHING),
    ],
)
def test_jpc_05_operands_and_functions(operand: filters.Operand, found: Value | Nothing) -> None:
    assert operand(None, Walk(ROOT)) == found


def test_a_query_exists_if_it_finds_anything() -> None:
    assert filters.exists(filters.nodes(NAMED_A, from_root=True))(None, Walk(ROOT))
    assert not filters.exists(filters.nodes(NAMED_A, from_root=False))(None, Walk(ROOT))


@pytest.mark.parametrize(
    ("text", "pattern", "whole", "found"),
    [
        ("ab", "a", False, True),
        ("ab", "a", True, False),
        (5, "5", False, False),
        ("ab", 5, False, False),
        ("ab", "(", False, False),
    ],
)
def test_matching_is_false_for_what_is_no_text_or_pattern(
    text: Value, pattern: Value, whole: bool, found: bool
) -> None:
    test = filters.matching(filters.constant(text), filters.constant(pattern), whole=whole)
    assert test(None, Walk(ROOT)) is found


def test_sec_09_searching_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_PATTERN_STEPS", 20_000)
    pattern = compile_pattern("[^x]{100}y")
    assert isinstance(pattern, Pattern)
    with pytest.raises(Exhausted):
        filters.searched(pattern, "a" * 100_000, Walk(ROOT, steps=100))
    undecided = compile_pattern("(?=a)(?:a|a)*b")
    assert isinstance(undecided, Pattern)
    with pytest.raises(Exhausted):
        filters.searched(undecided, "a" * 60, Walk(ROOT))
