"""The limits of conditions: what is at them passes, what is over them is a fault."""

import pytest

from arazzo_runner.criteria.simple.limits import MAX_CONDITION_LENGTH, MAX_CONDITION_NESTING, MAX_NUMBER_LENGTH
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.expressions.grammar import Declared, Dialect

SHORT = "$url == 1 && "
CHAIN = SHORT * (MAX_CONDITION_LENGTH // len(SHORT) - 1)

LIMITS = [
    ("length", CHAIN + "true" + " " * (MAX_CONDITION_LENGTH - len(CHAIN) - 4), " "),
    ("parentheses", "(" * MAX_CONDITION_NESTING + "true" + ")" * MAX_CONDITION_NESTING, None),
    ("negations", "!" * MAX_CONDITION_NESTING + "true", None),
    ("number", "1" * MAX_NUMBER_LENGTH, None),
]


def fault(text: str) -> str:
    found = parse_condition(text, Dialect(), Declared()).fault
    return found.message if found else ""


@pytest.mark.parametrize("text", [case[1] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_what_is_at_the_limit_passes(text: str) -> None:
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" " * MAX_CONDITION_LENGTH + "1", f"longer than {MAX_CONDITION_LENGTH:,}"),
        (
            "(" * (MAX_CONDITION_NESTING + 1) + "true" + ")" * (MAX_CONDITION_NESTING + 1),
            f"deeper than {MAX_CONDITION_NESTING}",
        ),
        ("!" * (MAX_CONDITION_NESTING + 1) + "true", f"deeper than {MAX_CONDITION_NESTING}"),
        (
            "!(" * (MAX_CONDITION_NESTING // 2 + 1) + "true" + ")" * (MAX_CONDITION_NESTING // 2 + 1),
            f"deeper than {MAX_CONDITION_NESTING}",
        ),
        ("1" * (MAX_NUMBER_LENGTH + 1), f"longer than {MAX_NUMBER_LENGTH:,}"),
    ],
)
def test_what_is_over_the_limit_is_a_fault(text: str, message: str) -> None:
    assert message in fault(text)


@pytest.mark.parametrize("text", ["(true) && " * 200 + "true", "!true || " * 200 + "true"])
def test_what_stands_side_by_side_is_not_nested(text: str) -> None:
    assert fault(text) == ""


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "!" * 10_000, "(" * 10_000 + "1" + ")" * 10_000, "{" * 10_000, "a" * 102_400]
)
def test_hostile_conditions_are_faults(text: str) -> None:
    assert fault(text)
