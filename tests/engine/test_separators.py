import pytest

from arazzo_runner.engine.separators import separator_doubts
from arazzo_runner.expressions.embed import Place, compile_value
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.values import JSON, Value


def doubts(text: JSON, **inputs: Value) -> tuple[str, ...]:
    compiled = compile_value(text, Dialect(), Declared(frozenset(inputs)), Place.PAYLOAD).value
    return separator_doubts(compiled, Scope(inputs=inputs), "a form")


@pytest.mark.parametrize("value", ["1&2", "a=b", "c++", "50%", "#1", "a;b"])
def test_a_value_that_holds_a_separator_is_doubted(value: str) -> None:
    (told,) = doubts("a={$inputs.v}&b={$inputs.v}", v=value)
    assert told.startswith("the value of $inputs.v goes into a form as it is, and it holds '")
    assert value not in told.partition("holds")[0]


@pytest.mark.parametrize("value", ["plain", "a b", 5, None, True])
def test_another_value_is_not(value: Value) -> None:
    assert doubts("a={$inputs.v}", v=value) == ()


def test_a_value_that_is_absent_is_none() -> None:
    compiled = compile_value("a={$inputs.v}", Dialect(), Declared(frozenset({"v"})), Place.PAYLOAD).value
    assert separator_doubts(compiled, Scope(), "a form") == ()


def test_what_is_no_text_of_the_author_is_encoded_or_meant() -> None:
    assert doubts("$inputs.v", v="a&b") == ()
    assert doubts({"a": "{$inputs.v}"}, v="a&b") == ()
    assert separator_doubts(None, Scope(), "a form") == ()
