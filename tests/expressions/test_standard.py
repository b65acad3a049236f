"""The grammar of the specification (requirements EXP-*), read strictly."""

from dataclasses import replace

import pytest

from arazzo_runner.expressions.grammar import (
    Component,
    Dialect,
    Exchange,
    Expression,
    Fault,
    Input,
    Method,
    Output,
    Self,
    SourceReference,
    StatusCode,
    StepOutput,
    Url,
    WorkflowField,
)
from arazzo_runner.expressions.parse import parse
from arazzo_runner.expressions.standard import Munched, is_header, is_id, is_identifier, munch

V1_0 = Dialect(strict=True)
V1_1 = Dialect(v1_1=True, strict=True)
BOTH = (V1_0, V1_1)


def body(*tokens: str, text: str = "") -> Exchange:
    return Exchange(text, "response", "body", pointer=tokens)


VALID: list[tuple[str, str, Expression]] = [
    ("EXP-02", "$url", Url("")),
    ("EXP-02", "$method", Method("")),
    ("EXP-02", "$statusCode", StatusCode("")),
    ("EXP-02", "$request.header.accept", Exchange("", "request", "header", "accept")),
    ("EXP-02", "$request.path.id", Exchange("", "request", "path", "id")),
    ("EXP-02", "$request.body", Exchange("", "request", "body")),
    ("EXP-02", "$sourceDescriptions.petstore.url", SourceReference("", "petstore", "url")),
    ("EXP-05", "$response.header.x-rate-limit", Exchange("", "response", "header", "x-rate-limit")),
    ("EXP-05", "$response.header.!#$%&'*+-.^_`|~09az", Exchange("", "response", "header", "!#$%&'*+-.^_`|~09az")),
    ("EXP-06", "$inputs.A", Input("", "A")),
    ("EXP-07", "$request.query.filter[a]", Exchange("", "request", "query", "filter[a]")),
    ("EXP-07", "$request.query.", Exchange("", "request", "query", "")),
    ("EXP-07", "$request.query.a b=c#d", Exchange("", "request", "query", "a b=c#d")),
    ("EXP-07", r"$request.query.a\"b\u0041\n", Exchange("", "request", "query", 'a"bA\n')),
    ("EXP-07", r"$request.query.\ud83d\ude00", Exchange("", "request", "query", "😀")),
    ("EXP-08", "$response.body", Exchange("", "response", "body")),
    ("EXP-08", "$response.body#", body()),
    ("EXP-08", "$response.body#/", body("")),
    ("EXP-08", "$response.body#/a/0/b", body("a", "0", "b")),
    ("EXP-10", "$response.body#/a~0b/c~1d", body("a~b", "c/d")),
    ("EXP-10", "$response.body#/ä b#c.d[0]", body("ä b#c.d[0]")),
    ("EXP-12", "$inputs.a.b-c_9", Input("", "a.b-c_9")),
    ("EXP-12", "$outputs.x#/0", Output("", "x", ("0",))),
    ("EXP-13", "$steps.s-1.outputs.a.b#/c", StepOutput("", "s-1", "a.b", ("c",))),
    ("EXP-14", "$workflows.w.inputs.a", WorkflowField("", "w", "inputs", "a")),
    ("EXP-14", "$workflows.w.outputs.a#/0", WorkflowField("", "w", "outputs", "a", ("0",))),
    ("EXP-15", "$sourceDescriptions.n.get /pets", SourceReference("", "n", "get /pets")),
    ("EXP-15", "$sourceDescriptions.n.a.b", SourceReference("", "n", "a.b")),
    ("EXP-16", "$components.parameters.page", Component("", "parameters", "page")),
    ("EXP-16", "$components.successActions.a.b", Component("", "successActions", "a.b")),
    ("EXP-16", "$components.failureActions.x", Component("", "failureActions", "x")),
    ("EXP-18", "$inputs.customer#/firstName", Input("", "customer", ("firstName",))),
]


@pytest.mark.parametrize("dialect", BOTH, ids=["1.0", "1.1"])
@pytest.mark.parametrize(("text", "node"), [case[1:] for case in VALID], ids=[f"{c[0]} {c[1]}" for c in VALID])
def test_the_grammar_of_both_versions(text: str, node: Expression, dialect: Dialect) -> None:
    found = munch(text, dialect)
    assert isinstance(found, Munched)
    assert (found.expression, found.end) == (replace(node, text=text), len(text))


ONLY_1_1: list[tuple[str, str, Expression]] = [
    ("EXP-03", "$self", Self("")),
    ("EXP-03", "$message.header.h", Exchange("", "message", "header", "h")),
    ("EXP-03", "$message.payload#/id", Exchange("", "message", "payload", pointer=("id",))),
    ("EXP-17", "$request.payload", Exchange("", "request", "payload")),
]


@pytest.mark.parametrize(("text", "node"), [case[1:] for case in ONLY_1_1], ids=[f"{c[0]} {c[1]}" for c in ONLY_1_1])
def test_what_1_1_added_is_invalid_in_1_0(text: str, node: Expression) -> None:
    assert parse(text, V1_1).expression == replace(node, text=text)
    assert parse(text, V1_0).fault is not None


ONLY_1_0: list[tuple[str, str, Expression]] = [
    ("EXP-12", "$inputs.é", Input("", "é")),
    ("EXP-12", "$inputs.filter[tag]", Input("", "filter[tag]")),
    ("EXP-12", "$inputs.$skip", Input("", "$skip")),
    ("EXP-13", "$steps.a.b.outputs.c", StepOutput("", "a.b", "c")),
    ("EXP-14", "$workflows.w.steps.s.outputs.x", WorkflowField("", "w.steps.s", "outputs", "x")),
    ("EXP-14", "$workflows.a.b.outputs.c", WorkflowField("", "a.b", "outputs", "c")),
]


@pytest.mark.parametrize(("text", "node"), [case[1:] for case in ONLY_1_0], ids=[f"{c[0]} {c[1]}" for c in ONLY_1_0])
def test_what_the_open_grammar_of_1_0_takes(text: str, node: Expression) -> None:
    assert parse(text, V1_0).expression == replace(node, text=text)
    assert parse(text, V1_1).fault is not None


INVALID: list[tuple[str, str, int, str]] = [
    ("EXP-01", "$statusCode ", 11, "remove the space"),
    ("EXP-01", "x$url", 0, ""),
    ("EXP-01", "", 0, ""),
    ("EXP-01", "$url$url", 4, ""),
    ("EXP-02", "$env.X", 0, ""),
    ("EXP-02", "$status", 0, "did you mean '$statusCode'?"),
    ("EXP-02", "$response", 9, "$response.header or $response.body"),
    ("EXP-02", "$", 0, ""),
    ("EXP-04", "$URL", 0, "did you mean '$url'?"),
    ("EXP-04", "$Inputs.a", 0, "did you mean '$inputs'?"),
    ("EXP-05", "$request.header.", 16, "a header name is"),
    ("EXP-05", "$request.header.a b", 17, ""),
    ("EXP-07", "$request.query.a{b", 16, ""),
    ("EXP-07", "$request.query.a\\b\\q", 18, ""),
    ("EXP-07", '$request.query.a"b', 16, ""),
    ("EXP-08", "$response.body#a", 15, "did you mean '$response.body#/a'?"),
    ("EXP-08", "$response.bdy", 10, "did you mean 'body'?"),
    ("EXP-08", "$response.bodyx", 10, "did you mean 'body'?"),
    ("EXP-09", "$response.body.id", 14, "did you mean '$response.body#/id'?"),
    ("EXP-10", "$response.body#/a~b", 17, "'~' is written '~0'"),
    ("EXP-10", "$response.body#/a~", 17, "'~' is written '~0'"),
    ("EXP-11", "$response.body#/a}b", 17, "can't hold braces"),
    ("EXP-11", "$inputs.a#/{b", 11, "can't hold braces"),
    ("EXP-12", "$inputs.", 7, "a name"),
    ("EXP-12", "$inputs", 7, ""),
    ("EXP-12", "$inputs.a b", 9, "a name"),
    ("EXP-13", "$steps.s.outputs", 8, ""),
    ("EXP-13", "$steps.s.response.body", 8, "a step shows nothing else"),
    ("EXP-13", "$steps.s", 8, "as in $steps.stepId.outputs.name"),
    ("EXP-13", "$steps", 6, ""),
    ("EXP-13", "$steps..outputs.a", 7, ""),
    ("EXP-15", "$sourceDescriptions.n", 21, ""),
    ("EXP-15", "$sourceDescriptions.n.", 21, ""),
    ("EXP-15", "$sourceDescriptions", 19, ""),
    ("EXP-16", "$components.inputs.x", 12, "reuse an input schema by '$ref'"),
    ("EXP-16", "$components.foo", 12, ""),
    ("EXP-16", "$components.parameters", 22, ""),
    ("EXP-16", "$components.parameter.x", 12, "did you mean 'parameters'?"),
    ("EXP-19", "$response.statusCode", 10, "did you mean '$statusCode'?"),
    ("EXP-19", "{$response.body}", 0, "without braces: $response.body"),
]


@pytest.mark.parametrize("dialect", BOTH, ids=["1.0", "1.1"])
@pytest.mark.parametrize(("text", "offset", "help"), [c[1:] for c in INVALID], ids=[f"{c[0]} {c[1]}" for c in INVALID])
def test_what_is_no_expression(text: str, offset: int, help: str, dialect: Dialect) -> None:
    fault = parse(text, dialect).fault
    assert fault is not None
    # EXP-13 in 1.0: an id may hold dots, so a missing '.outputs' is missed only after the first part of the id.
    assert help in fault.help
    if dialect.v1_1 and text != "$steps.s.outputs":
        assert fault.offset == offset


def test_a_text_is_munched_as_far_as_it_goes() -> None:
    found = munch("$response.body.items[0]", V1_1)
    assert isinstance(found, Munched)
    assert (found.expression, found.end) == (Exchange("$response.body", "response", "body"), 14)


def test_exp_03_says_which_version_has_it() -> None:
    fault = munch("$self", V1_0)
    assert isinstance(fault, Fault)
    assert fault.message == "'$self' is no runtime expression in Arazzo 1.0"
    assert "1.1" in fault.help


@pytest.mark.parametrize(
    ("name", "in_1_0", "in_1_1"), [("a.b", True, True), ("a[0]", True, False), ("a b", False, False)]
)
def test_names_that_an_expression_can_hold(name: str, in_1_0: bool, in_1_1: bool) -> None:
    assert (is_identifier(name, V1_0), is_identifier(name, V1_1)) == (in_1_0, in_1_1)


@pytest.mark.parametrize(
    ("name", "in_1_0", "in_1_1"), [("a-b_1", True, True), ("a.b", True, False), ("a b", False, False)]
)
def test_ids_that_an_expression_can_hold(name: str, in_1_0: bool, in_1_1: bool) -> None:
    assert (is_id(name, V1_0), is_id(name, V1_1)) == (in_1_0, in_1_1)


def test_header_names_are_tokens() -> None:
    assert is_header("X-Rate.Limit")
    assert not is_header("X Rate")
    assert not is_header("")
