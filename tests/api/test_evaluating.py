from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.api.evaluating import Answered, Reading, answer, check, evaluate, reading_of, workflow_of
from arazzo_runner.expressions.grammar import Dialect, Fault
from arazzo_runner.expressions.scope import Received, Scope, Sent
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import program_of

SCOPE = Scope(
    inputs={"a": 1, "with.dot": "d"},
    steps={
        "s": {"o": {"n": [{"k": 1}, {"k": 2}]}, "xml": "<a><b>q</b></a>", "gone": Nothing("it was not in the answer")}
    },
    request=Sent("get", "https://a.example/x", query={"q": "1"}, body={"r": 1}),
    response=Received(200, (("X-A", "1"),), {"items": [{"id": 3}, {"id": 4}], "a|b": 5}),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$inputs.a", 1),
        ("$inputs", {"a": 1, "with.dot": "d"}),
        ("$inputs.with.dot", "d"),
        ("$steps.s.outputs.o#/n/1/k", 2),
        ("$response.body#/items/0/id", 3),
        ("$response.body.items[1].id", 4),
        ("$response.header.x-a", "1"),
        ("$request.query.q", "1"),
        ("$request.body", {"r": 1}),
        ("$url", "https://a.example/x"),
        ("$method", "GET"),
        ("$statusCode", 200),
        ("$response.body | $.items[?@.id > 3].id", [4]),
        ("$response.body | $.items[0].id", 3),
        ("$response.body  |  $['a|b']", 5),
        ("$response.body | /items/1", {"id": 4}),
        ("$steps.s.outputs.xml | xpath //b", "q"),
        ("id-{$inputs.a}", "id-1"),
        ("{$inputs.a}", "1"),
        ("$statusCode == 200", True),
        ("$statusCode == 500 || $inputs.a == 1", True),
        ("$inputs.a > 1 && $statusCode == 200", False),
    ],
)
def test_expressions_and_conditions(text: str, value: Value) -> None:
    found = answer(text, SCOPE, Reading())
    assert isinstance(found, Answered), found
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "reason", "help"),
    [
        ("$inputs.b", "no input 'b' was given", "known: 'a', 'with.dot'"),
        ("$steps.t.outputs.o", "step 't' has not run", "known: 's'"),
        ("$steps.s.outputs.xmk", "step 's' has no output 'xmk'", "did you mean 'xml'?"),
        ("$steps.s.outputs.gone", "it was not in the answer", ""),
        ("$inputs.a | /n", "needs an object or an array", ""),
    ],
)
def test_what_has_no_value_says_why_and_what_there_is(text: str, reason: str, help: str) -> None:
    found = evaluate(text, SCOPE, Reading())
    assert isinstance(found, Answered)
    assert isinstance(found.value, Nothing)
    assert reason in found.value.reason
    assert found.help == help


def test_before_the_first_step_none_is_proposed() -> None:
    found = answer("$steps.t.outputs.o", Scope(), Reading())
    assert isinstance(found, Answered)
    assert found.help == "no step has run yet"


@pytest.mark.parametrize(
    ("text", "offset", "message", "help"),
    [
        ("$response.bod", 10, "'$response' has no part 'bod'", "did you mean 'body'?"),
        ("$.items", 0, "is not a root", "$response.body | $.items"),
        ("hello", 0, "starts with '$'", ""),
        ("", 0, "starts with '$'", ""),
        ("$statusCode ==", 14, "ends where a value is expected", ""),
        ("$response.body | $.items[", 25, "brackets", ""),
        ("$response.bod | $.items", 10, "has no part 'bod'", ""),
        ("$response.body | xpath //b[", 26, "unexpected end", ""),
        ("$statusCode == 200 && (", 23, "", ""),
    ],
)
def test_faults_have_their_place_in_the_whole_text(text: str, offset: int, message: str, help: str) -> None:
    found = answer(text, SCOPE, Reading())
    assert isinstance(found, Fault), found
    assert found.offset == offset
    assert message in found.message
    assert help in found.help


def test_a_condition_tells_its_operands_and_whether_it_can_be_decided() -> None:
    found = check("$statusCode == 404 || $inputs.a == 1", SCOPE, Reading())
    assert isinstance(found, Answered)
    assert [(one.text, one.value) for one in found.operands] == [("$statusCode", 200), ("$inputs.a", 1)]
    assert found.is_condition
    undecided = check("$inputs.a matches $steps.s.outputs.o", SCOPE, Reading())
    assert isinstance(undecided, Answered)
    assert undecided.value is False or isinstance(undecided.value, Nothing)


def test_a_strict_document_reads_strictly() -> None:
    strict = Reading(Dialect(v1_1=True, strict=True))
    assert isinstance(evaluate("$response.body.items[1].id", SCOPE, strict), Fault)
    assert isinstance(evaluate("id-{$inputs.a}", SCOPE, strict), Answered)


FLOWS = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {my.name: {type: string}}}
  steps: [{stepId: s, operationId: x, outputs: {n: $statusCode}}, {stepId: t, workflowId: v}]
- workflowId: v
  steps: [{stepId: s, operationId: y}]
"""


def test_texts_are_read_as_the_document_of_the_step_reads_them() -> None:
    program = program_of(FLOWS, version="1.0.1")
    reading = reading_of(program, program.workflow.steps[0])
    assert reading.dialect == Dialect(v1_1=False)
    assert reading.declared.inputs == {"my.name"}
    assert reading.declared.steps == {"s": {"n"}, "t": frozenset()}


def test_steps_of_one_name_belong_to_their_workflows() -> None:
    program = program_of(FLOWS)
    for workflow in program.workflows.values():
        assert workflow_of(program, workflow.steps[0]) is workflow


@given(st.text(alphabet=st.sampled_from("$inputs.ab#/ |{}[]()=<>&!'\"?@*\\ x0\ud800"), max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    for ask in (answer, evaluate, check):
        found = ask(text, SCOPE, Reading())
        assert isinstance(found, Answered | Fault)
        if isinstance(found, Fault):
            assert 0 <= found.offset <= len(text)
