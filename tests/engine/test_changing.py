from __future__ import annotations

import pytest

from arazzo_runner.engine.changing import changed, named
from arazzo_runner.engine.outcomes import Change, Where
from arazzo_runner.engine.request import Built, build_request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import Argument, BoundStep, OperationCall, WorkflowCall
from arazzo_runner.values import Value
from tests.engine.programs import program_of

STEPS = """
workflows:
- workflowId: w
  steps:
  - stepId: get
    operationId: item
    parameters:
    - {name: id, in: path, value: '1'}
    - {name: need, in: query, value: 'n'}
    - {name: X-Trace, in: header, value: 't'}
  - stepId: send
    operationId: z
    requestBody: {payload: {a: 1}, replacements: [{target: /a, value: 2}]}
  - {stepId: bare, operationId: z}
  - {stepId: call, workflowId: v, parameters: [{name: p, value: 1}]}
- workflowId: v
  inputs: {type: object}
  steps: [{stepId: s, operationId: x}]
"""


def step(name: str) -> BoundStep:
    return next(one for one in program_of(STEPS).workflow.steps if one.step_id == name)


def sent(name: str, *changes: Change) -> tuple[str, dict[str, str], bytes | None]:
    one = step(name)
    for change in changes:
        one = changed(one, change)
    assert isinstance(one.call, OperationCall)
    built = build_request(one.call, Scope(), Settings())
    assert isinstance(built, Built), built
    return built.request.url.removeprefix("https://api.example"), dict(built.request.headers), built.request.body


@pytest.mark.parametrize(
    ("where", "name", "value", "url"),
    [
        (Where.PATH, "id", "a/b", "/items/a%2Fb?need=n"),
        (Where.QUERY, "need", 5, "/items/1?need=5"),
        (Where.QUERY, "q", "new", "/items/1?need=n&q=new"),
        (Where.QUERY, "undeclared", [1, 2], "/items/1?need=n&undeclared=1&undeclared=2"),
        (Where.ARGUMENT, "id", "no argument", "/items/1?need=n"),
        (Where.INPUT, "id", "no input", "/items/1?need=n"),
    ],
)
def test_parameters_go_on_the_wire_as_the_description_says(where: Where, name: str, value: Value, url: str) -> None:
    assert sent("get", Change(where, name, value))[0] == url


def test_a_header_is_changed_whatever_its_case_and_one_may_be_added() -> None:
    _, headers, _ = sent("get", Change(Where.HEADER, "x-trace", "u"), Change(Where.HEADER, "X-New", "n"))
    assert (headers["X-Trace"], headers["X-New"]) == ("u", "n")
    assert "x-trace" not in headers


def test_a_cookie_is_added() -> None:
    assert sent("get", Change(Where.COOKIE, "sid", "1"))[1]["Cookie"] == "sid=1"


@pytest.mark.parametrize("name", ["send", "bare"])
def test_the_payload_is_changed_as_a_whole_and_without_replacements(name: str) -> None:
    _, headers, body = sent(name, Change(Where.BODY, "", {"b": [True]}))
    assert body == b'{"b":[true]}'
    assert headers["Content-Type"] == "application/json"


def test_arguments_of_a_called_workflow() -> None:
    one = changed(changed(step("call"), Change(Where.ARGUMENT, "p", 2)), Change(Where.ARGUMENT, "r", 3))
    assert isinstance(one.call, WorkflowCall)
    assert one.call.arguments == (Argument("p", Constant(2)), Argument("r", Constant(3)))
    assert changed(one, Change(Where.QUERY, "p", 9)) == one


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (Change(Where.INPUT, "i", 1), "$inputs.i"),
        (Change(Where.OUTPUT, "o", 1, "s"), "$steps.s.outputs.o"),
        (Change(Where.HEADER, "X-A", 1), "$request.header.X-A"),
        (Change(Where.BODY, "", 1), "$request.body"),
        (Change(Where.ARGUMENT, "p", 1), "parameter p"),
    ],
)
def test_a_change_is_named_by_its_expression(change: Change, name: str) -> None:
    assert named(change) == name
