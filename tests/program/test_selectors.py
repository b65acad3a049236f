"""Selector Objects compiled: what they are read as, and where their faults stand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from arazzo_runner.expressions.embed import CompiledResult
from arazzo_runner.expressions.grammar import Declared, Dialect, Exchange, Input
from arazzo_runner.expressions.template import Constant, Selected, expressions_of
from arazzo_runner.program.selectors import compile_selector
from arazzo_runner.values import JSON, Path

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
DECLARED = Declared(inputs=frozenset({"id", "o"}))


def read(dialect: Dialect = PRACTICAL, **fields: JSON) -> CompiledResult:
    given: Mapping[str, JSON] = {"context": "$response.body", "selector": "/a", "type": "jsonpointer", **fields}
    return compile_selector(given, dialect, DECLARED)


@pytest.mark.parametrize(
    ("selector", "type"),
    [
        ("/a", "jsonpointer"),
        ("/a", {"type": "jsonpointer", "version": "rfc6901"}),
        ("$.a", "jsonpath"),
        ("$.a", {"type": "jsonpath", "version": "rfc9535"}),
        ("$.a", {"type": "jsonpath", "version": "draft-goessner-dispatch-jsonpath-00"}),
        ("/a", "xpath"),
        ("/a", {"type": "xpath", "version": "xpath-10"}),
    ],
)
def test_a_selector_is_its_context_and_what_selects(selector: str, type: JSON) -> None:
    result = read(STRICT, selector=selector, type=type)
    assert isinstance(result.value, Selected)
    assert result.value.text == selector
    assert result.value.context == Exchange("$response.body", "response", "body")
    assert (result.faults, result.remarks) == ((), ())


@pytest.mark.parametrize(
    ("fields", "at", "code", "help"),
    [
        ({"context": "body"}, ("context",), "expression-malformed", "$response.body"),
        ({"context": "{$response.body}"}, ("context",), "expression-malformed", "without braces"),
        ({"context": 5}, ("context",), "selector-malformed", "$response.body"),
        ({"selector": "$.a"}, ("selector",), "query-malformed", "jsonpath"),
        ({"selector": 5}, ("selector",), "selector-malformed", ""),
        ({"selector": "a/{$inputs.id}"}, ("selector",), "query-malformed", "'/a/{$inputs.id}'"),
        ({"selector": "a['{$inputs.id}']", "type": "jsonpath"}, ("selector",), "query-malformed", "'$.a["),
        ({"selector": "/a['{$inputs.id}'", "type": "xpath"}, ("selector",), "query-malformed", ""),
        ({"type": "regex"}, ("type",), "selector-unknown-type", "jsonpath"),
        ({"type": "json-path"}, ("type",), "selector-unknown-type", "did you mean 'jsonpath'?"),
        ({"type": None}, ("type",), "selector-unknown-type", "jsonpath"),
        ({"type": {"type": "simple"}}, ("type", "type"), "selector-unknown-type", ""),
        ({"type": {"type": "xpath", "version": "xpath-40"}}, ("type", "version"), "selector-unknown-type", "xpath"),
        ({"type": {"type": "xpath", "version": 10}}, ("type", "version"), "selector-unknown-type", "xpath"),
    ],
)
def test_sel_01_to_sel_05_a_fault_stands_at_its_field(fields: dict[str, JSON], at: Path, code: str, help: str) -> None:
    result = read(**fields)  # type: ignore[arg-type]  # the rows name no dialect
    assert [(place, fault.code) for place, fault in result.faults] == [(at, code)]
    assert help in result.faults[0][1].help
    assert isinstance(result.value, Constant)


def test_all_faults_are_told_at_once() -> None:
    result = read(context="body", selector="$.a")
    assert [at for at, _ in result.faults] == [("context",), ("selector",)]


def test_a_fault_behind_an_expression_stands_where_it_is_written() -> None:
    text = "$.a[?@.k == '{$inputs.id}' =]"
    ((at, fault),) = read(selector=text, type="jsonpath").faults
    assert (at, text[fault.offset]) == (("selector",), "=")


@pytest.mark.parametrize("selector", ["{$inputs.id}", "$.a[{$inputs.id}]", "$.{$inputs.id}", "$.a['{$inputs.id}']"])
def test_sel_11_what_a_value_could_mend_is_left_for_it(selector: str) -> None:
    result = read(selector=selector, type="jsonpath")
    assert result.faults == ()
    assert expressions_of(result.value) == (Exchange("$response.body", "response", "body"), Input("$inputs.id", "id"))


def test_a_version_that_is_missing_is_the_default_and_told() -> None:
    result = read(type={"type": "jsonpointer"})
    assert isinstance(result.value, Selected)
    assert [(at, remark.code) for at, remark in result.remarks] == [(("type",), "selector-no-version")]
    assert [at for at, _ in read(STRICT, type={"type": "jsonpointer"}).faults] == [("type",)]


@pytest.mark.parametrize("context", ["$statusCode", "$url", "$method", "$self"])
def test_sel_03_a_context_that_never_has_structure_is_told(context: str) -> None:
    result = read(context=context)
    assert isinstance(result.value, Selected)
    assert [remark.code for _, remark in result.remarks] == ["selector-no-structure"]


def test_contexts_are_read_as_anywhere() -> None:
    result = read(context="$response.body.data")
    assert [(at, remark.code) for at, remark in result.remarks] == [(("context",), "reading-P2")]
    assert [at for at, _ in read(STRICT, context="$response.body.data").faults] == [("context",)]


def test_text_that_looks_like_an_expression_is_told() -> None:
    result = read(selector="$.a[?@.k == '$inputs.id']", type="jsonpath")
    assert [(at, remark.code) for at, remark in result.remarks] == [(("selector",), "expression-literal")]


def test_p7_what_the_draft_of_jsonpath_does_not_have_is_told() -> None:
    draft: JSON = {"type": "jsonpath", "version": "draft-goessner-dispatch-jsonpath-00"}
    assert [remark.code for _, remark in read(selector="$.a[?(@.k =~ 'x')]", type=draft).remarks] == ["reading-P7"]
    assert read(selector="$.a[?(@.k == 'x')]", type=draft).remarks == ()
