"""No text and no value makes a language raise: what is wrong is a fault, what can't be told is undecided.

Each property has a fast sample, and a thorough one that is marked long.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.predicates import read_predicate
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions import compile_output, compile_value, evaluate, fill, fill_as_json, parse, write
from arazzo_runner.expressions.embed import Place
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault, WorkflowNames
from arazzo_runner.expressions.parse import parse_embedded, parse_standard, parse_value
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.expressions.template import Template
from arazzo_runner.query.jsonpath import compile_goessner, compile_rfc9535
from arazzo_runner.query.regex import compile_pattern
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import VERSIONS, compile_xpath
from arazzo_runner.values import Nothing, Value
from tests.hostile.texts import (
    ANY,
    CONDITIONS,
    EXPRESSIONS,
    JSONPATHS,
    MARKUP,
    PATTERNS,
    SCOPES,
    VALUES,
    VALUES_WITH_EXPRESSIONS,
    XPATHS,
    texts_of,
)

DECLARED = st.sampled_from(
    [
        None,
        Declared(),
        Declared(
            inputs=frozenset({"a", "a.b", "secret", "["}),
            secret_inputs=frozenset({"secret"}),
            steps={"s": frozenset({"o", "o.a"}), "t": frozenset()},
            workflows={"w": WorkflowNames(frozenset({"a"}), frozenset({"o"}))},
            outputs=frozenset({"o"}),
        ),
        Declared(open_inputs=True, outputs=frozenset()),
    ]
)
DIALECTS = st.builds(Dialect, st.booleans(), st.booleans())
CONTEXTS = st.sampled_from(["$response.body", "$inputs.a", "$statusCode", "$steps.s.outputs.o#/a"]) | texts_of(
    *EXPRESSIONS
)
VERSIONS_OF: dict[str, list[str | None]] = {
    "simple": [None],
    "regex": [None],
    "jsonpath": [None, "rfc9535", "draft-goessner-dispatch-jsonpath-00", "x"],
    "xpath": [None, *VERSIONS, "x"],
}
TEXTS_OF = {
    "simple": texts_of(*CONDITIONS, *EXPRESSIONS),
    "regex": texts_of(*PATTERNS),
    "jsonpath": texts_of(*JSONPATHS),
    "xpath": texts_of(*XPATHS),
}
SAMPLE = settings(max_examples=25, suppress_health_check=list(HealthCheck))
THOROUGH = settings(max_examples=1_000, suppress_health_check=list(HealthCheck))


Property: TypeAlias = tuple[Callable[[Any], Callable[[], None]], Callable[..., None]]
"""What a property is given, and the property."""


def search(name: str, how: settings) -> None:
    """Search for what breaks a property."""
    given_values, check = PROPERTIES[name]
    how(given_values(check))()


def _placed(fault: Fault, text: str) -> None:
    assert fault.message
    assert 0 <= fault.offset <= len(text)


def expressions(text: str, dialect: Dialect, declared: Declared | None, scope: Scope) -> None:
    for read in (parse, parse_value, parse_embedded):
        parsed = read(text, dialect, declared)
        assert (parsed.expression is None) != (parsed.fault is None)
        if parsed.fault is not None:
            _placed(parsed.fault, text)
        if parsed.expression is not None:
            evaluate(parsed.expression, scope)
            write(parsed.expression)


def embedded_values(text: str, dialect: Dialect, declared: Declared | None, scope: Scope, place: Place) -> None:
    for compiled in (
        compile_value({"a": [text], text: text}, dialect, declared, place),
        compile_value(text, dialect, declared, place),
        compile_output(text, dialect, declared),
    ):
        for _, fault in compiled.faults:
            _placed(fault, text)
        filled = fill(compiled.value, scope)
        assert not isinstance(compiled.value, Template) or isinstance(filled, str | Nothing)
        if isinstance(compiled.value, Template):
            assert isinstance(fill_as_json(compiled.value, scope), str | Nothing)


def criteria(kind: str) -> Property:
    def judged(
        text: str,
        context: str,
        version: str | None,
        dialect: Dialect,
        declared: Declared | None,
        scope: Scope,
        body: Value,
    ) -> None:
        compiled = compile_criterion(Criterion(text, (), context, ExpressionType(kind, version)), dialect, declared)
        assert (compiled.check is None) != (compiled.fault is None)
        if compiled.fault is not None:
            _placed(compiled.fault, {"condition": text, "context": context}.get(compiled.field, ""))
        if compiled.check is not None:
            for one in (scope, Scope(inputs={"a": body}, response=Received(200, (), body))):
                verdict = compiled.check.check(one)
                assert not (verdict.passed and verdict.reason)
                assert compiled.check.check(one) == verdict or "nan" in repr(verdict), (
                    "the same scope, the same verdict"
                )

    versions = st.sampled_from(VERSIONS_OF[kind])
    return given(TEXTS_OF[kind], CONTEXTS, versions, DIALECTS, DECLARED, SCOPES, VALUES), judged


def patterns(text: str, subject: str) -> None:
    found = compile_pattern(text)
    if isinstance(found, Fault):
        _placed(found, text)
    else:
        assert isinstance(found.search(subject), bool | Undecided)


def queries(text: str, value: Value, compile: Any) -> None:
    query = compile(text)
    if isinstance(query, Fault):
        _placed(query, text)
    else:
        assert isinstance(query.nodes(value), Undecided | list | tuple)
        assert query.nodes(value) == query.nodes(value) or "nan" in repr(value)
    predicate = read_predicate(text, compile)
    if isinstance(predicate, Fault):
        _placed(predicate, text)
    else:
        assert isinstance(predicate.holds(value), bool | Undecided)


def xpaths(text: str, value: Value, version: str) -> None:
    expression = compile_xpath(text, version)
    if isinstance(expression, Fault):
        _placed(expression, text)
        return
    assert isinstance(expression.holds(value), bool | Undecided)
    expression.selected(value)


PROPERTIES: dict[str, Property] = {
    "expressions": (given(texts_of(*EXPRESSIONS), DIALECTS, DECLARED, SCOPES), expressions),
    "embedded values": (
        given(
            texts_of(*VALUES_WITH_EXPRESSIONS, *EXPRESSIONS), DIALECTS, DECLARED, SCOPES, st.sampled_from(list(Place))
        ),
        embedded_values,
    ),
    "patterns": (given(TEXTS_OF["regex"], ANY | texts_of(*PATTERNS)), patterns),
    "queries": (given(TEXTS_OF["jsonpath"], VALUES, st.sampled_from([compile_rfc9535, compile_goessner])), queries),
    "xpaths": (
        given(
            TEXTS_OF["xpath"],
            texts_of(*MARKUP) | st.binary(max_size=40) | VALUES,
            st.sampled_from(sorted(VERSIONS.values())),
        ),
        xpaths,
    ),
    **{f"{kind} criteria": criteria(kind) for kind in TEXTS_OF},
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_no_text_and_no_value_makes_a_language_raise(name: str) -> None:
    search(name, SAMPLE)


@pytest.mark.long
@pytest.mark.parametrize("name", PROPERTIES)
def test_no_text_and_no_value_makes_a_language_raise_in_a_long_search(name: str) -> None:
    search(name, THOROUGH)


PIECES = {
    "simple": ("(", ")", "!", "&&", "||", "==", "'", '"', "{", "}", "$inputs.a", ".a", "[0]", "#/a", "1", " ", "\x00"),
    "regex": ("(", ")", "[", "]", "{1,9}", "|", "\\", "(?:", "(?=", "*", "a", "^", "{$inputs.a}"),
    "jsonpath": ("$", "[", "]", "[?", "(", ")", "@", "..", ".a", "*", "'", "==", "!", "&&", "count(", ","),
    "xpath": ("/", "//", "(", ")", "[", "]", "a", "@", "::", "'", "for $a in ", "function(", "{", "}", "-", "+", " eq ", "?"),
}  # fmt: skip


@pytest.mark.parametrize("length", [50, 1_500])
@pytest.mark.parametrize("kind", PIECES)
def test_no_repetition_of_a_piece_makes_it_raise(kind: str, length: int) -> None:
    scope = Scope(inputs={"a": 1}, response=Received(200, (), "<a>1</a>"))
    for piece in PIECES[kind]:
        for version in VERSIONS_OF[kind]:
            compiled = compile_criterion(
                Criterion(piece * length, (), "$response.body", ExpressionType(kind, version)), Dialect(True), None
            )
            assert (compiled.check is None) != (compiled.fault is None)
            if compiled.check is not None:
                compiled.check.check(scope)


@pytest.mark.parametrize("piece", ["$inputs.a", "{$inputs.a}", "{$", ".", "#/a", "{", "[0]", "$", "\x00", "\ud800"])
def test_no_repetition_makes_an_expression_raise(piece: str) -> None:
    for text in (piece * 1_000, "$inputs.a" + piece * 1_000, "$response.body" + piece * 1_000):
        for dialect in (Dialect(), Dialect(True), Dialect(strict=True)):
            parsed = parse(text, dialect)
            assert (parsed.expression is None) != (parsed.fault is None)
            assert parse_standard(text, dialect).expression is None or parsed.expression is not None
            fill(compile_value(text, dialect, None, Place.PAYLOAD).value, Scope(inputs={"a": "x" * 100}))
