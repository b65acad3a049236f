"""Patterns as instructions for the machine."""

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.program import (
    Assert,
    Done,
    Forget,
    Jump,
    One,
    Program,
    Progress,
    Save,
    Split,
    compile_program,
)
from arazzo_runner.query.regex.read import read_pattern


def program(text: str) -> Program:
    tree = read_pattern(text)
    assert not isinstance(tree, Fault)
    return compile_program(tree)


def kinds(text: str) -> list[type]:
    return [type(step) for step in program(text).code]


def test_a_loop_ends_where_a_turn_takes_nothing() -> None:
    assert kinds("a*") == [Split, Save, One, Progress, Jump, Done]
    assert program("a*").code[0] == Split(1, 5)
    assert program("a*?").code[0] == Split(5, 1)


def test_a_turn_begins_with_its_groups_forgotten() -> None:
    assert kinds("(a)+")[:4] == [Forget, Save, One, Save]
    assert program("(a)+").code[0] == Forget(2, 4)


def test_a_lookaround_is_a_program_within() -> None:
    code = program("(?!a)b").code
    assert code[0] == Assert(True, 3)
    assert [type(step) for step in code[1:]] == [One, Done, One, Done]


def test_a_lookbehind_is_matched_from_right_to_left() -> None:
    steps = [step for step in program("(?<=ab)").code if isinstance(step, One)]
    assert [step.back for step in steps] == [True, True]
    assert steps == [step for step in program("(?<=(?:a)b)").code if isinstance(step, One)]
    assert steps[0] != steps[1]


@pytest.mark.parametrize(
    ("text", "anchored"),
    [("^a", True), ("(?:^a|^b)", True), ("^a|b", False), ("a^", False), ("(?m:^a)", False), ("", False)],
)
def test_whether_a_match_can_only_start_at_the_start(text: str, anchored: bool) -> None:
    assert program(text).anchored is anchored
