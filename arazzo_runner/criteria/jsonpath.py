"""Criteria of type jsonpath: a query finds a node, or finds none (checklist JPC-01 to JPC-10).

In practical mode a condition that is no query may be a predicate over queries (P6, see `predicates`). One that is a
query is never read in another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.contextual import ContextualCheck, FilledCheck, Judge
from arazzo_runner.criteria.filled import FilledCondition, Quoting, as_literal, as_text, read_condition
from arazzo_runner.criteria.predicates import CompileQuery, Predicate, looks_like_predicate, read_predicate
from arazzo_runner.criteria.predicates.standard import as_condition
from arazzo_runner.criteria.versions import unknown_version
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Patch, Remark
from arazzo_runner.query.jsonpath import Query, compile_goessner, compile_rfc9535
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value

COMPILERS: Final[dict[str, CompileQuery]] = {
    "rfc9535": compile_rfc9535,
    "draft-goessner-dispatch-jsonpath-00": compile_goessner,
}
"""The versions; the first is the default (ETO-05)."""

_QUOTING = Quoting("'\"", escapes=True)
_P6 = "this is no JSONPath query: read as a predicate over queries"
_BLANKS = "the blanks around the query are left out"

_SAMPLES = ("0", "x", "'x'")
"""Values that tell whether a condition can become a query: a number, a name, a string."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a condition is compiled with."""

    criterion: Criterion
    context: Expression
    dialect: Dialect
    declared: Declared
    compile: CompileQuery
    version: str

    @property
    def text(self) -> str:
        return self.criterion.condition


def compile_jsonpath(
    criterion: Criterion, context: Expression | None, dialect: Dialect, declared: Declared
) -> CriterionResult:
    """Compile a jsonpath criterion (Arazzo 1.1, Criterion Object: jsonpath; Expression Type Object)."""
    assert context is not None, "the door refuses a criterion without the context that it needs"
    version = criterion.type.version or next(iter(COMPILERS))
    if version not in COMPILERS:
        return unknown_version("jsonpath", version, COMPILERS)
    kind = _Kind(criterion, context, dialect, declared, _compiler(version, dialect), version)
    read = read_condition(kind.text, dialect, declared, _QUOTING)
    if read.condition is not None:
        return _filled(kind, read.condition, read.remarks)
    query = kind.compile(kind.text)
    if isinstance(query, Query):
        check = ContextualCheck(kind.text, context, judge_nodes(query), version)
        return CriterionResult(check, None, (*read.remarks, *_blanks(kind), *_extensions(query)))
    return CriterionResult(None, query) if dialect.strict else _as_predicate(kind, query)


def _compiler(version: str, dialect: Dialect) -> CompileQuery:
    """Return what compiles queries; in practical mode blanks around one, such as a line's end, are left out."""
    exact = COMPILERS[version]

    def without_blanks(text: str) -> Query | Fault:
        query = exact(text)
        if isinstance(query, Query) or text == text.strip():
            return query
        stripped = exact(text.strip())
        return stripped if isinstance(stripped, Query) else query

    return exact if dialect.strict else without_blanks


def _blanks(kind: _Kind) -> tuple[Remark, ...]:
    plain = kind.text.strip()
    if kind.dialect.strict or plain == kind.text:
        return ()
    patch = Patch(0, len(kind.text), plain)
    return (Remark("reading-P6", _BLANKS, 0, plain if len(plain) <= 200 else "", patch),)


def _filled(kind: _Kind, condition: FilledCondition, remarks: tuple[Remark, ...]) -> CriterionResult:
    """Compile a condition with expressions in it, as what it is with any values in their places."""
    is_query = any(isinstance(kind.compile(_sample(condition, sample)), Query) for sample in _SAMPLES)
    if not is_query and not kind.dialect.strict:
        predicate = _as_predicate(kind, None)
        if predicate.check is not None:
            return predicate

    def compile_filled(text: str) -> Judge | Fault:
        query = kind.compile(text)
        return query if isinstance(query, Fault) else judge_nodes(query)

    check = FilledCheck(kind.text, kind.context, condition, as_text, compile_filled, kind.version)
    return CriterionResult(check, None, (*remarks, *_blanks(kind)))


def _as_predicate(kind: _Kind, fault: Fault | None) -> CriterionResult:
    """Read a condition as a predicate (P6); `fault` is why it is no query."""
    read = read_condition(kind.text, kind.dialect, kind.declared, _QUOTING, unbraced=True)
    if read.fault is not None:
        return CriterionResult(None, read.fault)
    sample = kind.text if read.condition is None else _sample(read.condition, "null")
    predicate = read_predicate(sample, kind.compile)
    if isinstance(predicate, Fault):
        return CriterionResult(None, predicate if fault is None or looks_like_predicate(sample) else fault)
    condition = as_condition(predicate.tree, kind.context) if read.condition is None else None
    patch = None
    if condition is not None:
        # A line end behind it may stay: conditions don't mind blanks, and a block of YAML has one.
        start, end = len(kind.text) - len(kind.text.lstrip()), len(kind.text.rstrip())
        patch = Patch(start, end, condition.text, condition.exact, becomes_simple=True, drops_context=True)
    remarks = (Remark("reading-P6", _P6, 0, patch=patch), *read.remarks)
    if read.condition is None:
        return CriterionResult(ContextualCheck(kind.text, kind.context, predicate.holds, kind.version), None, remarks)

    def compile_filled(text: str) -> Judge | Fault:
        filled = read_predicate(text, kind.compile)
        return filled.holds if isinstance(filled, Predicate) else filled

    check = FilledCheck(kind.text, kind.context, read.condition, as_literal, compile_filled, kind.version)
    return CriterionResult(check, None, remarks)


def _sample(condition: FilledCondition, literal: str) -> str:
    """Return the condition with a value in each place: in quotes a letter, else the literal."""
    return "".join(part if isinstance(part, str) else ("x" if part.quote else literal) for part in condition.parts)


def _extensions(query: Query) -> tuple[Remark, ...]:
    return tuple(
        Remark("reading-P7", f"{part} is read as in jsonpath-ng: the draft itself does not have it", 0)
        for part in query.extensions
    )


def judge_nodes(query: Query) -> Judge:
    """Return what decides whether a query finds a node (JPC-02); a string is one value, whatever it holds (JPC-08)."""

    def judge(value: Value) -> bool | Undecided:
        if isinstance(value, bytes):
            return Undecided("the value is binary, no JSON data")
        nodes = query.nodes(value)
        if isinstance(nodes, Undecided):
            return nodes
        if not nodes and isinstance(value, str):
            return Undecided("the value is text, no JSON data: it has no members to be found")
        return bool(nodes)

    return judge
