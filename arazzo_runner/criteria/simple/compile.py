"""Simple conditions compiled to closures, and checked in a scope.

``&&`` and ``||`` stop at the first part that decides (SIM-08), and at a pattern that can't be decided. What has no
value counts as null (SIM-25). Each expression that was looked at is listed in the verdict with the value seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from arazzo_runner.criteria.simple import compare
from arazzo_runner.criteria.simple.syntax import (
    Compare,
    Every,
    Literal,
    MediaType,
    Node,
    Not,
    Reference,
    Some,
    StatusClass,
    references,
)
from arazzo_runner.criteria.verdict import Operand, Verdict
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Dialect, Expression, Fault, Input, Output, StepOutput, WorkflowField
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value, kind

Seen: TypeAlias = dict[str, Value | Nothing]
"""The operands looked at so far, by their text."""

Run: TypeAlias = Callable[[Scope, Seen], Value | Nothing]


class _Undecidable(Exception):
    pass


@dataclass(frozen=True, slots=True)
class SimpleCheck:
    """A compiled simple condition, and the tree that it was read as."""

    condition: str
    expressions: tuple[Expression, ...]
    run: Run
    tree: Node = field(repr=False, compare=False)

    def check(self, scope: Scope) -> Verdict:
        """Decide the condition in a scope; never raises."""
        seen: Seen = {}
        try:
            passed, reason = compare.truthy(self.run(scope, seen)), ""
        except RecursionError:
            passed, reason = False, "the values compared are nested too deeply"
        except _Undecidable as undecidable:
            passed, reason = False, str(undecidable)
        return Verdict(passed, tuple(Operand(text, value) for text, value in seen.items()), reason)


def compile_tree(condition: str, tree: Node) -> SimpleCheck:
    """Compile a condition's tree; `condition` is the text as written."""
    expressions = tuple(dict.fromkeys(reference.expression for reference in references(tree)))
    return SimpleCheck(condition, expressions, _compile(tree), tree)


def _compile(node: Node) -> Run:
    match node:
        case Literal(value):
            return lambda scope, seen: value  # type: ignore[return-value]  # JSON is a Value; lists are only invariant
        case Reference():
            return _reference(node)
        case Not(operand):
            inner = _compile(operand)
            return lambda scope, seen: not compare.truthy(inner(scope, seen))
        case Compare():
            return _comparison(node)
        case Every(parts):
            all_of = tuple(map(_compile, parts))
            return lambda scope, seen: all(compare.truthy(run(scope, seen)) for run in all_of)
        case Some(parts):
            one_of = tuple(map(_compile, parts))
            return lambda scope, seen: any(compare.truthy(run(scope, seen)) for run in one_of)
        case StatusClass() | MediaType():
            raise AssertionError("the parser lets these stand only on the right of a comparison")
        case _:
            assert_never(node)


def _reference(node: Reference) -> Run:
    def run(scope: Scope, seen: Seen) -> Value | Nothing:
        found = evaluate(_chosen(node, scope), scope)
        seen[node.text] = found
        return found

    return run


def _chosen(node: Reference, scope: Scope) -> Expression:
    """Return the reading with the longest name that exists (SIM-18)."""
    return next((reading for reading in node.alternatives if _exists(reading, scope)), node.expression)


def _exists(expression: Expression, scope: Scope) -> bool:
    names: Mapping[str, object] | None = None
    match expression:
        case Input(_, name):
            names = scope.inputs
        case Output(_, name):
            names = scope.outputs
        case StepOutput(_, step, name):
            names = scope.steps.get(step)
        case WorkflowField(_, workflow, side, name):
            record = scope.workflows.get(workflow)
            names = None if record is None else record.inputs if side == "inputs" else record.outputs
        case _:
            return False
    return names is not None and name in names


def _comparison(node: Compare) -> Run:
    left = _compile(node.left)
    test = _test(node)
    return lambda scope, seen: test(left(scope, seen), scope, seen)


def _test(node: Compare) -> Callable[[Value | Nothing, Scope, Seen], bool]:
    wanted = node.operator != "!="
    match node.right:
        case StatusClass(digit):
            return lambda value, scope, seen: (isinstance(value, int) and value // 100 == digit) is wanted
        case MediaType(text):
            return lambda value, scope, seen: compare.has_media_type(value, text) is wanted
    right, operator = _compile(node.right), node.operator
    if operator in ("==", "!="):
        return lambda value, scope, seen: compare.equal(value, right(scope, seen)) is wanted
    if operator == "contains":
        return lambda value, scope, seen: compare.contains(value, right(scope, seen))
    if operator == "matches":
        return lambda value, scope, seen: _matches(value, right(scope, seen))
    return lambda value, scope, seen: compare.ordered(operator, value, right(scope, seen))


def _matches(value: Value | Nothing, wanted: Value | Nothing) -> bool:
    """Search for a pattern in the text of a value, as a regex criterion does (practical reading P9)."""
    from arazzo_runner.criteria.regex import judge_text, read_pattern

    if isinstance(value, Nothing) or value is None:
        return False
    if not isinstance(wanted, str):
        raise _Undecidable(f"{kind(wanted)} is no regular expression")
    pattern = read_pattern(wanted, Dialect())
    if isinstance(pattern, Fault):
        raise _Undecidable(f"the regular expression can't be read, at character {pattern.offset + 1}")
    found = judge_text(pattern)(value)
    if isinstance(found, Undecided):
        raise _Undecidable(found.told)
    return found
