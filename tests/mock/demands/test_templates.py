import pytest

from arazzo_runner.expressions.grammar import Input
from arazzo_runner.expressions.template import Constant, ListValue, ObjectValue, Template, Whole, template
from arazzo_runner.mock.demands.templates import structured

A, B = Input("$inputs.a", "a"), Input("$inputs.b", "b")


def test_each_expression_has_its_place() -> None:
    text = template(('{"n": ', A, ', "t": "x-', B, '!", "l": [1, "', B, '"]}'), "")
    read = structured(text)
    assert isinstance(read, ObjectValue)
    members = dict(read.members)
    assert members["n"] == Whole(A)
    assert isinstance(members["t"], Template)
    assert members["t"].parts == ("x-", B, "!")
    assert isinstance(members["l"], ListValue)
    first, second = members["l"].items
    assert first == Constant(1)
    assert isinstance(second, Template)
    assert second.parts == (B,)


@pytest.mark.parametrize("parts", [("{", A, "}"), ("a=", A), ("[" * 100_000,), ("\ue000w9\ue001",)])
def test_what_is_no_json_is_told(parts: tuple[str | Input, ...]) -> None:
    assert structured(template(parts, "")) is None


def test_a_document_may_hold_the_marks_itself() -> None:
    assert structured(template(('"\ue000w7\ue001"', A), "")) is None
