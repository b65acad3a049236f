"""Expressions evaluated in a scope (requirements RES-*)."""

import copy

import pytest

from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Declared, Dialect, StatusCode
from arazzo_runner.expressions.parse import parse
from arazzo_runner.expressions.scope import Received, Scope, Sent, WorkflowRecord
from arazzo_runner.values import Nothing, Value

DIALECT = Dialect(v1_1=True)
DECLARED = Declared(inputs=frozenset({"user", "gone"}), steps={"s": frozenset({"list"})})
SCOPE = Scope(
    inputs={"A": 1, "a": 2, "none": None, "user": {"name": "Bob", "tags": ["x"]}, "raw": "$inputs.a", "a.b": "dotted"},
    steps={"s": {"token": "t", "list": [1, {"k": False}], "lost": Nothing("the body has no 'id'")}, "empty": {}},
    workflows={"w": WorkflowRecord({"i": 5}, {"o": [None]})},
    outputs={"done": True},
    request=Sent(
        "post",
        "https://api.example.com/a?x=1",
        header={"accept": "text/plain", "x-list": [1, 2]},
        query={"x": 1, "filter[a]": "b", "": "unnamed"},
        path={"id": 5},
        body={"items": [{"id": 7}]},
    ),
    response=Received(
        201,
        (
            ("Content-Type", "application/json"),
            ("X-A", "1"),
            ("x-a", "2"),
            ("Set-Cookie", "a=1"),
            ("set-cookie", "b=2"),
        ),
        {"items": [{"id": 1}, {"id": 2}], "null": None, "": "empty", "a.b[0]": "key", "text": "abc"},
    ),
    sources={"petstore": {"url": "./pets.yml", "x-note": [1]}},
    self_uri="https://example.com/flows.yml",
)

FOUND: list[tuple[str, str, Value]] = [
    ("RES-01", "$url", "https://api.example.com/a?x=1"),
    ("EXP-13", "$inputs", dict(SCOPE.inputs)),
    ("EXP-13", "$outputs", {"done": True}),
    ("EXP-13", "$steps.s.outputs", {"token": "t", "list": [1, {"k": False}]}),
    ("EXP-13", "$workflows.w.inputs", {"i": 5}),
    ("EXP-13", "$workflows.w.outputs", {"o": [None]}),
    ("RES-02", "$method", "POST"),
    ("RES-03", "$statusCode", 201),
    ("RES-04", "$request.path.id", 5),
    ("RES-04", "$request.query.x", 1),
    ("RES-04", "$request.query.filter[a]", "b"),
    ("RES-04", "$request.query.", "unnamed"),
    ("RES-04", "$request.header.Accept", "text/plain"),
    ("RES-04", "$request.header.X-List", [1, 2]),
    ("RES-06", "$request.body#/items/0/id", 7),
    ("RES-07", "$response.header.X-A", "1, 2"),
    ("RES-07", "$response.header.content-type", "application/json"),
    ("RES-07", "$response.header.Set-Cookie", "a=1"),
    ("RES-08", "$response.body#/text", "abc"),
    ("RES-11", "$response.body#/items/1/id", 2),
    ("RES-11", "$response.body#/", "empty"),
    ("RES-12", "$inputs.A", 1),
    ("RES-12", "$inputs.a", 2),
    ("RES-12", "$inputs.a.b", "dotted"),
    ("RES-13", "$steps.s.outputs.token", "t"),
    ("RES-13", "$steps.s.outputs.list#/1/k", False),
    ("RES-14", "$workflows.w.inputs.i", 5),
    ("RES-14", "$workflows.w.outputs.o", [None]),
    ("RES-15", "$outputs.done", True),
    ("RES-16", "$sourceDescriptions.petstore.url", "./pets.yml"),
    ("RES-16", "$sourceDescriptions.petstore.x-note", [1]),
    ("RES-18", "$self", "https://example.com/flows.yml"),
    ("RES-19", "$inputs.none", None),
    ("RES-19", "$inputs.user#", {"name": "Bob", "tags": ["x"]}),
    ("RES-21", "$response.body#/null", None),
    ("RES-24", "$inputs.raw", "$inputs.a"),
    ("P2", "$inputs.user.tags[0]", "x"),
    ("P2", "$response.body.items[1].id", 2),
    ("SIM-17", "$response.body#/a.b[0]", "key"),
]


@pytest.mark.parametrize(("text", "value"), [case[1:] for case in FOUND], ids=[f"{c[0]} {c[1]}" for c in FOUND])
def test_an_expression_gives_its_value(text: str, value: Value) -> None:
    expression = parse(text, DIALECT, DECLARED).expression
    assert expression is not None
    found = evaluate(expression, SCOPE)
    assert found == value
    assert type(found) is type(value)


EMPTY = Scope()
BARE = Scope(request=Sent("GET", "https://x"), response=Received(204))
TEXT = Scope(response=Received(200, (), "123"))
BINARY = Scope(response=Received(200, (), b"\x00"))

MISSING: list[tuple[str, str, Scope, str, bool]] = [
    ("RES-01", "$url", EMPTY, "no request has been sent", False),
    ("RES-02", "$method", EMPTY, "no request has been sent", False),
    ("RES-03", "$statusCode", EMPTY, "no response has been received", False),
    ("RES-04", "$request.query.x", EMPTY, "no request has been sent", False),
    ("RES-05", "$request.header.User-Agent", BARE, "the request was given no header 'User-Agent'", False),
    ("RES-05", "$request.path.x", BARE, "the request was given no path 'x'", False),
    ("RES-06", "$request.body#/a", BARE, "the request has no body", False),
    ("RES-07", "$response.header.X-None", BARE, "the response has no header 'X-None'", False),
    ("RES-08", "$response.body", BARE, "the response has no body", False),
    ("RES-09", "$response.body#/a", BARE, "the response has no body", False),
    ("RES-09", "$response.body#/a", TEXT, "the value is a string, which has no members", False),
    ("RES-09", "$response.body#/a", BINARY, "the value is bytes, which has no members", False),
    ("RES-09", "$response.body.a[0]", TEXT, "'.a[0]' finds nothing", False),
    ("RES-11", "$response.body#/items/2", SCOPE, "'#/items' has 2 elements, no [2]", False),
    ("RES-12", "$inputs.gone", SCOPE, "no input 'gone' was given", True),
    ("RES-12", "$inputs.gone#/x", SCOPE, "no input 'gone' was given", True),
    ("RES-12", "$inputs.user#/age", SCOPE, "$inputs.user#/age: '#/age' finds nothing", True),
    ("RES-13", "$steps.none.outputs.a", SCOPE, "step 'none' has not run", False),
    ("RES-13", "$steps.empty.outputs.a", SCOPE, "step 'empty' has no output 'a'", False),
    ("RES-13", "$steps.s.outputs.lost", SCOPE, "step 's' gave no output 'lost': the body has no 'id'", False),
    ("RES-14", "$workflows.none.outputs.a", SCOPE, "workflow 'none' has not run", False),
    ("RES-14", "$workflows.w.outputs.a", SCOPE, "workflow 'w' has no output 'a'", False),
    ("RES-14", "$workflows.w.inputs.a", SCOPE, "workflow 'w' was given no input 'a'", True),
    ("RES-15", "$outputs.done", EMPTY, "before the workflow's outputs are computed", False),
    ("RES-15", "$outputs.none", SCOPE, "the workflow has no output 'none'", False),
    ("RES-16", "$sourceDescriptions.none.url", SCOPE, "there is no source description 'none'", False),
    ("RES-16", "$sourceDescriptions.petstore.getPet", SCOPE, "'getPet' is no field", False),
    ("RES-17", "$components.parameters.x", SCOPE, "is an object of the description", False),
    ("RES-18", "$self", EMPTY, "the description has no '$self'", False),
    ("EXP-17", "$request.payload", SCOPE, "a request has no payload", False),
    ("EXP-17", "$response.query.x", SCOPE, "a response has no query", False),
    ("EXP-17", "$message.body", SCOPE, "no message", False),
]


@pytest.mark.parametrize(
    ("text", "scope", "reason", "optional"),
    [case[1:] for case in MISSING],
    ids=[f"{case[0]} {case[1]} {number}" for number, case in enumerate(MISSING)],
)
def test_an_expression_without_value_says_why(text: str, scope: Scope, reason: str, optional: bool) -> None:
    expression = parse(text, DIALECT, DECLARED).expression
    assert expression is not None
    found = evaluate(expression, scope)
    assert isinstance(found, Nothing)
    assert reason in found.reason
    assert found.optional is optional


def test_sim_36_a_number_has_no_members() -> None:
    found = evaluate(StatusCode("$statusCode.x", ("x",)), SCOPE)
    assert isinstance(found, Nothing)
    assert found.reason == "$statusCode.x: '.x' finds nothing: the value is an integer, which has no members"


def test_res_23_evaluation_changes_nothing() -> None:
    before = copy.deepcopy(SCOPE)
    for _, text, _ in FOUND:
        expression = parse(text, DIALECT, DECLARED).expression
        assert expression is not None
        evaluate(expression, SCOPE)
    assert before == SCOPE
