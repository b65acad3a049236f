from arazzo_runner.expressions.grammar import Input, StepOutput
from arazzo_runner.expressions.scope import Sent
from arazzo_runner.expressions.template import Constant, ObjectValue, Whole
from arazzo_runner.mock.server.steps import Steps, scope_of
from arazzo_runner.program.model import (
    BoundBody,
    BoundParameter,
    BoundStep,
    BoundWorkflow,
    InputSchema,
    OperationCall,
    WorkflowCall,
    WorkflowKey,
)
from tests.mock.server.orders import api, operation

LIST = operation(api(), "GET", "/orders")
LIMIT = LIST.parameters[0]


def step(name: str, value: object, outputs: tuple[str, ...] = ()) -> BoundStep:
    parameter = BoundParameter("limit", "query", value, LIMIT)  # type: ignore[arg-type]  # any compiled value
    given = tuple((output, Constant(output)) for output in outputs)
    return BoundStep(name, OperationCall(LIST, (parameter,)), outputs=given)


def flow(*steps: BoundStep) -> BoundWorkflow:
    return BoundWorkflow(WorkflowKey("d", "w"), steps, {}, InputSchema({}))


def test_the_step_whose_fixed_values_are_sent_is_meant() -> None:
    steps = Steps([flow(step("one", Constant(1), ("a",)), step("two", Constant(2), ("b",)))])
    meant = steps.meant(LIST, Sent("GET", "/", query={"limit": 2}))
    assert meant.step_id == "two"
    assert [name for name, _ in meant.outputs] == ["b", "a"]


def test_the_program_holds_the_very_steps() -> None:
    steps = Steps([flow(step("one", Constant(1)))])
    assert steps.program is not None
    assert steps.meant(LIST, Sent("GET", "/")) is steps.program.workflow.steps[0]


def test_the_first_step_is_meant_where_nothing_tells() -> None:
    steps = Steps([flow(step("one", Constant(1)), step("two", Constant(2)))])
    assert steps.meant(LIST, Sent("GET", "/")).step_id == "one"


def test_an_operation_that_no_step_calls() -> None:
    calls_a_workflow = BoundStep("w", WorkflowCall(WorkflowKey("d", "other")))
    steps = Steps([flow(calls_a_workflow)])
    assert steps.program is None  # what a workflow lacks, it is left out for
    meant = steps.meant(LIST, Sent("GET", "/"))
    assert (meant.step_id, meant.criteria, meant.outputs) == ("listOrders", (), ())


def test_what_a_request_gives_away_is_known() -> None:
    by_input = step("s", Whole(Input("$inputs.most", "most")))
    assert scope_of(by_input, Sent("GET", "/", query={"limit": 5})).inputs == {"most": 5}
    by_output = step("s", Whole(StepOutput("$steps.a.outputs.b", "a", "b")))
    assert scope_of(by_output, Sent("GET", "/", query={"limit": 5})).steps == {"a": {"b": 5}}
    assert scope_of(by_output, Sent("GET", "/")).steps == {}


def test_a_body_gives_away_its_members() -> None:
    payload = ObjectValue((("item", Whole(Input("$inputs.item", "item"))), ("x", Constant(1))))
    create = operation(api(), "POST", "/orders")
    one = BoundStep("s", OperationCall(create, (), BoundBody(None, payload, {})))
    assert scope_of(one, Sent("POST", "/", body={"item": "pen"})).inputs == {"item": "pen"}
