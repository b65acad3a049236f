"""Expressions written and read again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import (
    Component,
    Dialect,
    Exchange,
    Expression,
    Input,
    Inputs,
    Method,
    Output,
    Outputs,
    Self,
    SourceReference,
    StatusCode,
    StepOutput,
    StepOutputs,
    Url,
    WorkflowField,
    WorkflowFields,
)
from arazzo_runner.expressions.parse import parse, parse_standard
from arazzo_runner.expressions.print import write

V1_1 = Dialect(v1_1=True, strict=True)

ids = st.from_regex(r"[A-Za-z0-9_-]+", fullmatch=True)
names = st.from_regex(r"[A-Za-z0-9._-]+", fullmatch=True)
texts = st.text()
pointers = st.none() | st.lists(st.text(st.characters(blacklist_characters="{}"))).map(tuple)
headers = st.from_regex(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", fullmatch=True)
sides = st.sampled_from(["request", "response", "message"])

EXPRESSIONS: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from([Url(""), Method(""), StatusCode(""), Self("")]),
    st.builds(Exchange, st.just(""), sides, st.just("header"), headers),
    st.builds(Exchange, st.just(""), sides, st.sampled_from(["query", "path"]), texts),
    st.builds(Exchange, st.just(""), sides, st.sampled_from(["body", "payload"]), st.just(""), pointers),
    st.builds(Input, st.just(""), names, pointers),
    st.builds(Output, st.just(""), names, pointers),
    st.builds(StepOutput, st.just(""), ids, names, pointers),
    st.builds(WorkflowField, st.just(""), ids, st.sampled_from(["inputs", "outputs"]), names, pointers),
    st.builds(SourceReference, st.just(""), ids, st.text(min_size=1)),
    st.builds(Component, st.just(""), st.sampled_from(["parameters", "successActions", "failureActions"]), names),
)


@given(EXPRESSIONS)
def test_what_is_written_reads_as_the_same_expression(expression: Expression) -> None:
    text = write(expression)
    assert parse_standard(text, V1_1).expression == replace(expression, text=text)


@pytest.mark.parametrize(
    "expression",
    [
        Inputs(""),
        Outputs(""),
        StepOutputs("", "s"),
        WorkflowFields("", "w", "inputs"),
        WorkflowFields("", "w", "outputs"),
    ],
)
def test_a_map_of_names_is_read_again_as_the_same(expression: Expression) -> None:
    text = write(expression)
    assert parse(text, Dialect(v1_1=True)).expression == replace(expression, text=text)
    assert parse_standard(text, V1_1).expression is None


@given(EXPRESSIONS)
def test_writing_is_stable(expression: Expression) -> None:
    text = write(expression)
    again = parse_standard(text, V1_1).expression
    assert again is not None
    assert write(again) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Exchange("", "response", "body", navigation=("a", 0, "b/c")), "$response.body#/a/0/b~1c"),
        (Exchange("", "response", "body", pointer=("x",), navigation=(1,)), "$response.body#/x/1"),
        (Exchange("", "response", "body", pointer=()), "$response.body#"),
        (Exchange("", "response", "header", "X", navigation=(0,)), "$response.header.X[0]"),
        (StatusCode("", navigation=("x",)), "$statusCode.x"),
        (Input("", "a", navigation=("b",)), "$inputs.a#/b"),
        (Exchange("", "request", "query", 'a"{}\\'), r"$request.query.a\u0022\u007b\u007d\u005c"),
        (Input("", "my name"), "$inputs.my name"),
    ],
)
def test_the_standard_spelling(expression: Expression, text: str) -> None:
    assert write(expression) == text
