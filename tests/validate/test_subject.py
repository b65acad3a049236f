from __future__ import annotations

from arazzo_runner.diagnostics import Severity
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import Mention, OperationCall, WorkflowKey
from arazzo_runner.validate.subject import Subject
from tests.engine.programs import description_of, registry_of

TEXT = """workflows:
- workflowId: w
  inputs: {type: object, properties: {a: {}, ab: {}}}
  steps:
  - stepId: one
    operationId: x
    parameters:
    - {name: p, in: query, value: '{$inputs.ab} {$inputs.a}'}
    - {reference: $components.parameters.q}
    - {reference: $components.parameters.q, value: 2}
  - {stepId: lost, operationId: nowhere}
  - {stepId: two, workflowId: v}
- workflowId: v
  steps: [{stepId: s, operationId: x}]
  outputs: {o: $url, z: $url}
components: {parameters: {q: {name: q, in: header, value: 1}}}
"""


def subject(strict: bool = False) -> Subject:
    description = description_of(TEXT)
    compilation = Compilation(description, registry_of(description), strict=strict)
    bound = compilation.bound(WorkflowKey(description.source.uri, "w")).workflow
    assert bound is not None
    return Subject(description, description.workflows[0], bound, compilation, frozenset({"w", "v"}))


def test_steps_come_with_their_bound_form() -> None:
    assert [(step.step_id, bound.step_id) for step, bound in subject().steps()] == [("one", "one"), ("two", "two")]


def test_calls_are_the_steps_that_call_operations() -> None:
    assert [(step.step_id, call.operation.operation_id) for step, _, call in subject().calls()] == [("one", "x")]


def test_names_and_outputs_of_workflows() -> None:
    assert {name: set(each.outputs) for name, each in subject().names().items()} == {"w": set(), "v": {"o", "z"}}
    assert subject().outputs_of(WorkflowKey("file:///d/arazzo.yaml", "v")) == ("o", "z")
    assert subject().outputs_of(WorkflowKey("file:///d/arazzo.yaml", "none")) == ()


def test_findings_have_their_place() -> None:
    at = ("workflows", 0, "steps", 0, "operationId")
    found, doubt = subject().error("c", "m", at, "h"), subject().warning("c", "m", at)
    assert (found.severity, doubt.severity) == (Severity.ERROR, Severity.WARNING)
    assert (found.at, found.help, found.span) == (at, "h", description_of(TEXT).span(at))
    other = description_of(TEXT).span(("workflows",))
    assert subject().error("c", "m", at, span=other).span == other


def test_where_a_parameter_is_named() -> None:
    one = subject()
    call = next(one.calls())[2]
    assert isinstance(call, OperationCall)
    places = {one.named(parameter) for parameter in call.parameters}
    step = ("workflows", 0, "steps", 0, "parameters")
    assert places == {(*step, 0, "name"), (*step, 2, "reference")}


def test_where_a_component_parameter_is_named() -> None:
    description = description_of(TEXT.replace("    - {reference: $components.parameters.q, value: 2}\n", ""))
    compilation = Compilation(description, registry_of(description))
    bound = compilation.bound(WorkflowKey(description.source.uri, "w")).workflow
    assert bound is not None
    one = Subject(description, description.workflows[0], bound, compilation, frozenset())
    call = next(one.calls())[2]
    assert one.named(call.parameters[1]) == ("components", "parameters", "q", "name")


def test_an_expression_is_found_inside_its_string() -> None:
    spans = {mention.expression.text: subject().span(mention) for mention in subject().bound.mentions}
    column = TEXT.splitlines()[7].index("'{$inputs.ab}")
    assert spans["$inputs.ab"].column == column + 3
    assert spans["$inputs.a"].column == column + len("'{$inputs.ab} {") + 1
    assert spans["$inputs.a"].end_column - spans["$inputs.a"].column == len("$inputs.a")


def test_an_expression_that_is_not_there_has_the_place_of_the_string() -> None:
    one = subject()
    mention = next(iter(one.bound.mentions))
    elsewhere = Mention(mention.expression, ("workflows", 0, "workflowId"))
    assert one.span(elsewhere) == one.description.span(("workflows", 0, "workflowId"))


def test_the_mode_is_known() -> None:
    assert subject(strict=True).strict
    assert not subject().strict
