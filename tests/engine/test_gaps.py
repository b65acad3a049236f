import pytest

from arazzo_runner.engine.gaps import gap_doubts
from arazzo_runner.expressions.embed import Place, compile_value
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.values import JSON, Value

NAMES = Declared(frozenset({"n", "m"}), steps={"s": frozenset({"o"})})


def doubts(value: JSON, **inputs: Value) -> tuple[str, ...]:
    return gap_doubts(compile_value(value, Dialect(), NAMES, Place.PAYLOAD).value, Scope(inputs=inputs))


@pytest.mark.parametrize(
    "value", ["x={$inputs.n}", {"a": ["{$inputs.n}"]}, [{"b": {"c": "{$inputs.n} and {$inputs.n}"}}]]
)
def test_an_empty_place_in_a_text_is_told_once(value: JSON) -> None:
    (told,) = doubts(value, m=1)
    assert told.startswith("$inputs.n stands in a text and has no value")


@pytest.mark.parametrize(
    "value",
    [
        "x={$inputs.m}",  # it has a value
        "$inputs.n",  # it is left out, which is no gap
        {"a": "$inputs.n"},
        "plain",
        "x={$steps.s.outputs.o}",  # it has to have a value: the step fails
    ],
)
def test_what_leaves_no_gap_is_not_told(value: JSON) -> None:
    assert doubts(value, m="") == ()


def test_no_value_has_no_gap() -> None:
    assert gap_doubts(None, Scope()) == ()
