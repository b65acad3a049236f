"""Criteria turned round: for each language of conditions, what an answer must be like for one to hold or to fail.

The table `SOLVERS` is the list of languages; adding one is a module and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from arazzo_runner.criteria.contextual import ContextualCheck, FilledCheck
from arazzo_runner.criteria.simple.compile import SimpleCheck
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.expressions.grammar import Expression, StatusCode
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.mock.solving.jsonpath import solve_goessner, solve_rfc9535
from arazzo_runner.mock.solving.plan import FREE, Plan, Plans, StatusSet, placed, reads_answer
from arazzo_runner.mock.solving.regex import solve_regex
from arazzo_runner.mock.solving.simple import ways
from arazzo_runner.mock.solving.xpath import solve_xpath

__all__ = ["SOLVERS", "is_understood", "solve"]

Solver: TypeAlias = Callable[[str, Expression, bool, Scope], Plans]
"""Solves the criteria of one language: the condition with its values filled in, the context, whether it shall hold."""

SOLVERS: Final[Mapping[str, Solver]] = {
    "regex": solve_regex,
    "rfc9535": solve_rfc9535,
    "draft-goessner-dispatch-jsonpath-00": solve_goessner,
    "xpath-10": solve_xpath,
    "xpath-20": solve_xpath,
    "xpath-30": solve_xpath,
    "xpath-31": solve_xpath,
}

_STATUSES: Final = range(100, 600)


def solve(check: Check, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make a criterion pass, or fail where it is not `wanted`; none where nothing can do that."""
    match check:
        case SimpleCheck():
            return ways(check.tree, wanted, scope)
        case ContextualCheck() | FilledCheck():
            return _contextual(check, wanted, scope)
    return FREE


def is_understood(check: Check) -> bool:
    """Tell whether a criterion is of a language that can be turned round."""
    return isinstance(check, SimpleCheck) or getattr(check, "language", "") in SOLVERS


def _contextual(check: ContextualCheck | FilledCheck, wanted: bool, scope: Scope) -> Plans:
    if isinstance(check.context, StatusCode):
        return _by_status(check, wanted, scope)
    if not any(map(reads_answer, check.expressions)):
        return FREE if check.check(scope).passed is wanted else ()
    if not reads_answer(check.context):
        return FREE
    condition = check.written(scope)
    solver = SOLVERS.get(check.language)
    if condition is None or solver is None:
        # What the condition is filled with is not known yet, or can't stand in it.
        return FREE if wanted else (*FREE, *placed(check.context, False))
    return solver(condition, check.context, wanted, scope)


def _by_status(check: Check, wanted: bool, scope: Scope) -> Plans:
    """Ask the criterion for each status there is."""
    answers = ((status, replace(scope, response=Received(status))) for status in _STATUSES)
    allowed = frozenset(status for status, seen in answers if check.check(seen).passed is wanted)
    return (Plan((StatusSet(allowed),)),) if allowed else ()
