from __future__ import annotations

import pytest

from arazzo_runner.contract.schemas import Wrong
from arazzo_runner.expressions.grammar import Expression, Input, StatusCode
from arazzo_runner.expressions.template import Constant, ListValue, ObjectValue, Template, Whole
from arazzo_runner.validate.constants import known
from arazzo_runner.values import Path

STATUS = StatusCode("$statusCode")
UNKNOWN = Input("$inputs.x", "x")
VALUE = ObjectValue(
    (
        ("fixed", Constant([1])),
        ("status", Whole(STATUS)),
        ("any", Whole(UNKNOWN)),
        ("text", Template(("a", UNKNOWN), "a{$inputs.x}")),
        ("list", ListValue((Constant(1), Whole(UNKNOWN)))),
    )
)


def type_of(expression: Expression) -> str | None:
    return "integer" if isinstance(expression, StatusCode) else None


def test_stand_ins_and_their_places() -> None:
    found = known(VALUE, type_of)
    assert found.value == {"fixed": [1], "status": 1, "any": None, "text": "text", "list": [1, None]}
    assert found.typed == {("status",): "integer", ("text",): "string"}
    assert found.unknown == {("any",), ("list", 1)}


@pytest.mark.parametrize(
    ("at", "keyword", "counts"),
    [
        (("fixed", 0), ("properties", "fixed", "items", "enum"), True),
        (("status",), ("properties", "status", "type"), True),
        (("status",), ("properties", "status", "minimum"), False),
        (("any",), ("properties", "any", "type"), False),
        (("list", 1), ("properties", "list", "items", "type"), False),
        ((), ("required",), True),
        ((), ("oneOf",), False),
        (("list",), ("properties", "list", "uniqueItems"), False),
        (("list",), ("properties", "list", "minItems"), True),
        (("fixed",), ("properties", "fixed", "uniqueItems"), True),
    ],
)
def test_which_faults_count(at: Path, keyword: Path, counts: bool) -> None:
    assert known(VALUE, type_of).counts(Wrong(at, "", keyword)) is counts


def test_nothing_counts_where_nothing_is_known() -> None:
    assert not known(Whole(UNKNOWN), type_of).counts(Wrong((), "", ("type",)))
