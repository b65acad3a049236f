"""Predicates parsed."""

import pytest

from arazzo_runner.criteria.predicates.parser import MAX_PREDICATE_LENGTH, parse_predicate
from arazzo_runner.criteria.predicates.syntax import Compare, Count, Every, Length, Literal, Node, Not, Single, Some
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Query, compile_rfc9535
from arazzo_runner.query.jsonpath.limits import MAX_QUERY_NESTING


def query(text: str) -> Query:
    found = compile_rfc9535(text)
    assert isinstance(found, Query)
    return found


A, B = Single(query("$.a")), Single(query("$.b"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("$.a == 1", Compare("==", A, Literal(1))),
        ("1 < $.a", Compare("<", Literal(1), A)),
        ("$.a || $.b && !$.a", Some((A, Every((B, Not(A)))))),
        ("($.a || $.b) && $.a", Every((Some((A, B)), A))),
        ("!$.a == 1", Compare("==", Not(A), Literal(1))),
        ("$.a.length > 0", Compare(">", Length(query("$.a"), query("$.a.length")), Literal(0))),
        ("$.length == 2", Compare("==", Length(query("$"), query("$.length")), Literal(2))),
        ("$.a[*].length == 2", Compare("==", Count(query("$.a[*]")), Literal(2))),
        ("$..a.length == 2", Compare("==", Count(query("$..a")), Literal(2))),
    ],
)
def test_p6_a_predicate_is_parsed(text: str, tree: Node) -> None:
    assert parse_predicate(text, compile_rfc9535) == tree


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("", "predicate-malformed", 0),
        ("$.a ==", "predicate-malformed", 6),
        ("$.a == 1 == 2", "predicate-malformed", 9),
        ("($.a", "predicate-malformed", 4),
        ("$.a)", "predicate-malformed", 3),
        ("$.a $.b", "predicate-malformed", 4),
        ("&& $.a", "predicate-malformed", 0),
        ("$.b == $.a[*]", "condition-ambiguous", 7),
        ("$..length == 1", "condition-ambiguous", 0),
        ("$.a == $.b[?(@.x = 1)]", "query-malformed", 17),
        ("!" * (MAX_QUERY_NESTING + 1) + "$.a", "query-too-large", MAX_QUERY_NESTING),
        ("x" * (MAX_PREDICATE_LENGTH + 1), "query-too-large", 0),
    ],
)
def test_p6_what_is_no_predicate_is_a_fault_at_its_place(text: str, code: str, offset: int) -> None:
    fault = parse_predicate(text, compile_rfc9535)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.offset) == (code, offset)


def test_a_long_chain_needs_no_stack() -> None:
    tree = parse_predicate(" && ".join(["$.a"] * 2_000), compile_rfc9535)
    assert isinstance(tree, Every)
    assert len(tree.parts) == 2_000
