"""Steps bound: merged parameters and actions, calls of workflows, outputs; and what is told where a target is missing."""

from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.expressions.template import Constant, Template, Whole
from arazzo_runner.program.model import BoundStep, OperationCall, WorkflowCall
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes, refused


def bound(text: str, **options: str) -> BoundStep:
    return program_of(text, **options).workflow.steps[0]


def sent(text: str) -> list[tuple[str, str, object]]:
    call = bound(text).call
    assert isinstance(call, OperationCall)
    values = [one.value.value if isinstance(one.value, Constant) else one.value for one in call.parameters]
    return [(one.location, one.name, value) for one, value in zip(call.parameters, values, strict=True)]


@pytest.mark.parametrize(
    ("inherited", "own", "expected"),
    [
        pytest.param("{name: a, in: query, value: 1}", "", [("query", "a", 1)], id="WF-12"),
        pytest.param(
            "{name: a, in: query, value: 1}, {name: b, in: query, value: 2}",
            "{name: a, in: query, value: 3}",
            [("query", "a", 3), ("query", "b", 2)],
            id="PAR-09",
        ),
        pytest.param(
            "{name: X-A, in: header, value: 1}",
            "{name: x-a, in: header, value: 2}",
            [("header", "x-a", 2)],
            id="PAR-08",
        ),
        pytest.param(
            "{name: a, in: query, value: 1}",
            "{name: A, in: query, value: 2}",
            [("query", "a", 1), ("query", "A", 2)],
            id="PAR-01",
        ),
        pytest.param(
            "{name: a, in: query, value: 1}",
            "{name: a, in: header, value: 2}",
            [("query", "a", 1), ("header", "a", 2)],
            id="PAR-07",
        ),
        pytest.param(
            "{reference: $components.parameters.a}",
            "{reference: $components.parameters.a, value: 9}",
            [("query", "a", 9)],
            id="by reference",
        ),
        pytest.param(
            "", "{name: a, in: query, value: {b: [1, null]}}", [("query", "a", {"b": [1, None]})], id="PAR-30"
        ),
    ],
)
def test_parameters_are_inherited_and_replaced(
    inherited: str, own: str, expected: list[tuple[str, str, object]]
) -> None:
    text = f"""workflows:
- workflowId: w
  parameters: [{inherited}]
  steps: [{{stepId: s, operationId: x, parameters: [{own}]}}]
components: {{parameters: {{a: {{name: a, in: query, value: 0}}}}}}
"""
    assert sent(text) == expected


def test_an_inherited_value_is_bound_for_each_step() -> None:
    text = """workflows:
- workflowId: w
  parameters: [{name: t, in: query, value: $steps.a.outputs.t}]
  steps:
  - {stepId: a, operationId: x, outputs: {t: $response.body#/t}}
  - {stepId: b, operationId: x}
"""
    calls = [step.call for step in program_of(text).workflow.steps]
    values = [call.parameters[0].value for call in calls if isinstance(call, OperationCall)]
    assert [type(value) for value in values] == [Whole, Whole]  # PAR-10


def test_a_parameter_knows_its_declaration() -> None:
    text = """workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: item
    parameters:
    - {name: id, in: path, value: 1}
    - {name: need, in: query, value: 1}
    - {name: X-Other, in: header, value: 1}
"""
    call = bound(text).call
    assert isinstance(call, OperationCall)
    assert [(one.declared.required, one.is_declared) for one in call.parameters] == [
        (True, True),
        (True, True),
        (False, False),
    ]
    assert [one.at[-1] for one in call.parameters] == [0, 1, 2]


@pytest.mark.parametrize("written", ["", ", in: null", ", in: ''", ", in: body", ", in: 5"])
def test_a_parameter_without_a_place_is_refused(written: str) -> None:
    text = f"workflows: [{{workflowId: w, steps: [{{stepId: s, operationId: x, parameters: [{{name: a, value: 1{written}}}]}}]}}]"
    compiled = compile_text(text)
    assert compiled.program is None
    assert len(codes(compiled.diagnostics)) == 1  # PAR-05


CALL = """workflows:
- workflowId: w
  inputs: {{type: object, properties: {{n: {{type: integer}}}}}}
  parameters: [{{name: trace, in: header, value: t}}, {{name: other, in: query, value: o}}]
  steps:
  - stepId: s
    workflowId: callee
    parameters: [{own}]
    outputs: {{o: $outputs.token}}
  - {{stepId: t, operationId: x}}
- workflowId: callee
  inputs: {{type: object, properties: {{trace: {{}}, page: {{}}}}}}
  steps: [{{stepId: s, operationId: x}}]
  outputs: {{token: $steps.s.outputs.t}}
"""


@pytest.mark.parametrize(
    ("own", "names"),
    [
        pytest.param("", ["trace"], id="SUB-05: what the callee declares"),
        pytest.param(
            "{name: page, value: 2}, {name: unknown, value: 3}",
            ["trace", "page", "unknown"],
            id="SUB-04: all of its own",
        ),
        pytest.param("{name: trace, value: 2}", ["trace"], id="its own wins"),
        pytest.param("{name: page, in: query, value: 2}", ["trace", "page"], id="PAR-06"),
    ],
)
def test_parameters_of_a_workflow_call_are_inputs(own: str, names: list[str]) -> None:
    text = CALL.format(own=own).replace(
        "{stepId: s, operationId: x}", "{stepId: s, operationId: x, outputs: {t: $statusCode}}"
    )
    call = bound(text).call
    assert isinstance(call, WorkflowCall)
    assert [argument.name for argument in call.arguments] == names


def test_arguments_keep_their_type_and_their_expressions() -> None:
    text = CALL.format(own="{name: page, value: 2}, {name: trace, value: $inputs.n}, {name: q, value: 'a{$inputs.n}'}")
    call = bound(text.replace("operationId: x}]", "operationId: x, outputs: {t: $statusCode}}]")).call
    assert isinstance(call, WorkflowCall)
    assert [type(argument.value) for argument in call.arguments] == [Constant, Whole, Template]
    assert call.arguments[0].value == Constant(2)


ACTIONS = """workflows:
- workflowId: w
  successActions: [{{name: A, type: end}}, {{name: B, type: end}}]
  failureActions: [{{name: R, type: retry, retryLimit: 5}}]
  steps:
  - {{stepId: s, operationId: x{own}}}
"""


@pytest.mark.parametrize(
    ("own", "success", "failure"),
    [
        pytest.param("", ["A", "B"], ["R"], id="ACT-12"),
        pytest.param(", onSuccess: [{name: A, type: goto, stepId: s}]", ["A", "B"], ["R"], id="ACT-13 ACT-15"),
        pytest.param(", onSuccess: [{name: C, type: end}]", ["C", "A", "B"], ["R"], id="the step's come first"),
        pytest.param(", onSuccess: [{name: B, type: end}]", ["B", "A"], ["R"], id="the order of the rest"),
        pytest.param(", onFailure: []", ["A", "B"], ["R"], id="ACT-14"),
        pytest.param(", onFailure: [{name: r, type: end}]", ["A", "B"], ["r", "R"], id="names count with case"),
    ],
)
def test_actions_are_merged_by_name(own: str, success: list[str], failure: list[str]) -> None:
    step = bound(ACTIONS.format(own=own))
    assert [action.name for action in step.on_success] == success
    assert [action.name for action in step.on_failure] == failure


def test_the_step_s_own_action_is_the_one_that_counts() -> None:
    action = bound(ACTIONS.format(own=", onSuccess: [{name: A, type: goto, stepId: s}]")).on_success[0]
    assert (action.type, action.step_id) == ("goto", "s")


def test_an_action_is_bound_with_its_defaults() -> None:
    text = """workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: x
    onFailure:
    - {name: a, type: retry}
    - {name: b, type: retry, retryAfter: 0.2, retryLimit: 0, stepId: t}
    - {name: c, type: end, stepId: t}
    - {name: d, type: goto, workflowId: v, parameters: [{name: p, value: $statusCode}]}
  - {stepId: t, operationId: x}
- {workflowId: v, steps: [{stepId: s, operationId: x}]}
"""
    a, b, c, d = bound(text, version="1.1.0").on_failure
    assert (a.retry_after, a.retry_limit, a.step_id, a.workflow) == (0.0, 1, None, None)  # RTY-03, RTY-07
    assert (b.retry_after, b.retry_limit, b.step_id) == (0.2, 0, "t")
    assert (c.step_id, c.workflow) == (None, None)  # ACT-06
    assert d.workflow is not None
    assert (d.workflow.workflow.workflow_id, d.workflow.arguments[0].name) == ("v", "p")  # ACT-16


WRONG = {
    "ACT-07": (
        "    onSuccess: [{name: a, type: goto, stepId: «lst»}]\n",
        "reference-unknown-step",
        "did you mean 'last'?",
    ),
    "ACT-07 another workflow's": (
        "    onSuccess: [{name: a, type: goto, stepId: «only-there»}]\n",
        "reference-unknown-step",
        "known: 's', 'last'",
    ),
    "CMP-15": (
        "    onFailure: [{reference: $components.failureActions.away}]\n",
        "reference-unknown-step",
        "did you mean 'last'?",
    ),
    "ACT-08": (
        "    onFailure: [{name: a, type: goto, workflowId: «vv»}]\n",
        "reference-unknown-workflow",
        "did you mean 'v'?",
    ),
    "retry": (
        "    onFailure: [{name: a, type: retry, stepId: «Last»}]\n",
        "reference-unknown-step",
        "did you mean 'last'?",
    ),
    "OUT-02": ("    outputs: {o: «abc»}\n", "expression-malformed", ""),
}


@pytest.mark.parametrize(("lines", "code", "help"), WRONG.values(), ids=WRONG)
def test_what_is_not_there_is_told_at_its_place(lines: str, code: str, help: str) -> None:
    target = "«lats»" if "reference:" in lines else "last"
    text = f"""workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: x
{lines}  - {{stepId: last, operationId: x}}
- workflowId: v
  steps: [{{stepId: only-there, operationId: x}}]
components:
  failureActions: {{away: {{name: away, type: goto, stepId: {target}}}}}
"""
    found = refused(text)
    assert [one.code for one in found] == [code]
    assert found[0].help.startswith(help)
    assert found[0].at is not None


def test_a_component_action_is_judged_only_where_it_is_used() -> None:
    text = """workflows:
- {workflowId: w, steps: [{stepId: s, operationId: x}]}
components: {failureActions: {away: {name: away, type: goto, stepId: nowhere}}}
"""
    assert compile_text(text).program is not None  # CMP-03


def test_the_rest_of_a_step_without_target_is_judged_too() -> None:
    found = refused(
        """workflows:
- workflowId: w
  inputs: {type: object, properties: {pw: {type: string, format: password}}}
  steps:
  - stepId: s
    operationId: «nowhere»
    parameters: [{name: a, in: path, value: "x «$inputs.pw»"}]
    successCriteria: [{condition: $statusCode «= 1»}]
    outputs: {o: $response.«bdy»}
  - stepId: t
    workflowId: «nowhere»
    parameters: [{name: a, value: "x «$inputs.pw»"}]
"""
    )
    assert [one.code for one in found] == [
        "operation-unknown",
        "expression-secret",
        "condition-malformed",
        "expression-malformed",
        "reference-unknown-workflow",
        "expression-secret",
    ]


@pytest.mark.parametrize(
    ("strict", "code", "severity"),
    [(False, "reading-OUT-04", Severity.WARNING), (True, "expression-malformed", Severity.ERROR)],
)
def test_an_output_that_is_a_template(strict: bool, code: str, severity: Severity) -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {id: 'u-{$response.body#/id}'}}]}]"
    compiled = compile_text(text, strict=strict)
    assert [(one.code, one.severity) for one in compiled.diagnostics] == [(code, severity)]  # OUT-04
    if not strict:
        assert compiled.program is not None
        assert isinstance(dict(compiled.program.workflow.steps[0].outputs)["id"], Template)


def test_outputs_keep_their_order_and_tell_their_secrets() -> None:
    step = bound(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {z: $statusCode, accessToken: $url, a: $method}}]}]"
    )
    assert [name for name, _ in step.outputs] == ["z", "accessToken", "a"]
    assert step.secret_outputs == {"accessToken"}


def test_the_time_limit_of_a_step_is_in_seconds() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, timeout: 1500}]}]"
    assert bound(text, version="1.1.0").timeout == 1.5  # STP-16
    assert bound(text).timeout is None  # STP-07: unknown in 1.0


def test_a_body_is_bound_with_the_content_types_of_the_operation() -> None:
    text = """workflows:
- workflowId: w
  steps:
  - {stepId: s, operationId: z, requestBody: {contentType: application/json, payload: {a: null}}}
"""
    call = bound(text).call
    assert isinstance(call, OperationCall)
    assert call.body is not None
    assert (call.body.content_type, call.body.payload, list(call.body.media)) == (
        "application/json",
        Constant({"a": None}),
        ["application/json"],
    )
    assert call.body.at == ("workflows", 0, "steps", 0, "requestBody")


def test_a_parameter_that_is_selected_from_a_secret_is_one() -> None:
    inputs = "{type: object, properties: {login: {type: object, format: password}, o: {}, i: {format: password}}}"
    selectors = {"p": ("$inputs.login", "/a"), "q": ("$inputs.o", "/a"), "r": ("$inputs.o", "/{$inputs.i}")}
    parameters = ", ".join(
        f"{{name: {name}, in: query, value: {{context: {context}, selector: '{text}', type: jsonpointer}}}}"
        for name, (context, text) in selectors.items()
    )
    steps = f"[{{stepId: s, operationId: x, parameters: [{parameters}]}}]"
    call = bound(f"workflows: [{{workflowId: w, inputs: {inputs}, steps: {steps}}}]", version="1.1.0").call
    assert isinstance(call, OperationCall)
    assert [(one.name, one.secret) for one in call.parameters] == [("p", True), ("q", False), ("r", True)]


UNSUPPORTED = {
    "unsupported-asyncapi": ("channelPath: '{$sourceDescriptions.api.url}#/c', action: send", "1.1.0"),
}


@pytest.mark.parametrize(
    ("code", "step", "version"), [(code, *rest) for code, rest in UNSUPPORTED.items()], ids=UNSUPPORTED
)
def test_what_is_not_supported_is_refused(code: str, step: str, version: str) -> None:
    text = f"workflows: [{{workflowId: w, steps: [{{stepId: s, {step}}}, {{stepId: t, operationId: x}}]}}]"
    assert code in codes(compile_text(text, version=version).diagnostics)
