"""The syntax tree."""

from arazzo_runner.criteria.simple.syntax import Compare, Every, Literal, Not, Reference, Some, references
from arazzo_runner.expressions.grammar import Input, StatusCode, Url

URL = Reference("$url", Url("$url"))
STATUS = Reference("$statusCode", StatusCode("$statusCode"))
INPUT = Reference("$inputs.a", Input("$inputs.a", "a"))


def test_the_references_of_a_tree_go_from_left_to_right() -> None:
    tree = Some((Every((Not(URL), Compare("==", STATUS, Literal(1)))), Compare("<", Literal(2), INPUT), STATUS))
    assert list(references(tree)) == [URL, STATUS, INPUT, STATUS]


def test_literals_hold_none() -> None:
    assert list(references(Literal({"$url": "$url"}))) == []
