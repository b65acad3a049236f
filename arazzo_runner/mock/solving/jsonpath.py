"""JSONPath criteria turned round: a query has to find a node, or a predicate over queries to hold (P6)."""

from __future__ import annotations

from arazzo_runner.criteria.jsonpath import COMPILERS
from arazzo_runner.criteria.predicates import Predicate, read_predicate
from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.solving import nodes
from arazzo_runner.mock.solving.goessner import read_goessner
from arazzo_runner.mock.solving.plan import FREE, Plans, placed
from arazzo_runner.mock.solving.predicates import Read, Solving
from arazzo_runner.mock.solving.queries import read_rfc9535
from arazzo_runner.query.jsonpath import Query


def solve_rfc9535(condition: str, context: Expression, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make a criterion of RFC 9535 hold, or fail (Arazzo 1.1, Criterion Object: jsonpath)."""
    return _solve("rfc9535", read_rfc9535, condition, context, wanted)


def solve_goessner(condition: str, context: Expression, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make a criterion of the draft of 2007 hold, or fail."""
    return _solve("draft-goessner-dispatch-jsonpath-00", read_goessner, condition, context, wanted)


def _solve(version: str, read: Read, condition: str, context: Expression, wanted: bool) -> Plans:
    compiled = COMPILERS[version](condition.strip())
    if isinstance(compiled, Query):
        path = read(condition)
        schema = nodes.some(path, True) if wanted else nodes.none(path)
        return placed(context, schema) or (FREE if wanted else placed(context, False))
    predicate = read_predicate(condition, COMPILERS[version])
    if not isinstance(predicate, Predicate):
        return () if wanted else FREE  # a condition that can't be read never holds
    return Solving(context, read).ways(predicate.tree, wanted)
