from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.output_not_yet import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

GIVES = "  - {stepId: b, operationId: x, outputs: {o: $statusCode}MORE}\n"
READS = "  - {stepId: a, operationId: z, requestBody: {payload: {p: «$steps.b.outputs.o»}}MORE}\n"
BACK = ", onSuccess: [{name: n, type: goto, stepId: a}]"
AGAIN = ", onFailure: [{name: n, type: retry, stepId: b}]"
INHERITED = "failureActions: [{name: n, type: end, criteria: [{condition: '$steps.b.outputs.o == 1'}]}]"


def case(steps: str, severity: Severity = Severity.ERROR, strict: bool = True, more: str = "", help: str = "") -> Case:
    text = "workflows:\n- workflowId: w\n  " + more + "\n  steps:\n" + steps.replace("MORE", "")
    return Case(text, "output-not-yet", severity, help, version="1.1.0", strict=strict)


def silent(steps: str, version: str = "1.1.0", more: str = "") -> Case:
    text = "workflows:\n- workflowId: w\n  " + more + "\n  steps:\n" + steps.replace("MORE", "")
    return Case(text.replace("«", "").replace("»", ""), version=version, strict=True)


THIRD = "  - {stepId: c, operationId: xMORE}\n"
FIRES = {
    "DEP-31": case(READS + GIVES, help="put step 'b' before it, or give step 'a' `dependsOn: [b]`"),
    "DEP-31 practical": case(READS + GIVES, Severity.WARNING, strict=False),
    "EXP-13 all outputs": case(READS.replace("outputs.o", "outputs") + GIVES, Severity.WARNING, strict=False),
    "DEP-31 an action goes back": case(READS + GIVES.replace("MORE", BACK), Severity.WARNING),
    "a later step goes back": case(READS + GIVES + THIRD.replace("MORE", BACK), Severity.WARNING),
    "a retry runs it first": case(READS.replace("MORE", AGAIN) + GIVES, Severity.WARNING),
    "a step before goes back": case(THIRD + READS.replace("MORE", BACK.replace("stepId: a", "stepId: c")) + GIVES),
    "in two turns": case(
        THIRD.replace("c,", "first,")
        + READS
        + THIRD.replace("MORE", BACK)
        + GIVES.replace("MORE", BACK.replace("stepId: a", "stepId: c")),
        Severity.WARNING,
    ),
    "a goto passes it over": case(
        READS + GIVES + THIRD + "  - {stepId: d, operationId: x" + BACK.replace("stepId: a", "stepId: c") + "}\n"
    ),
}
FIRES["a warning in 1.0"] = Case(
    "workflows:\n- workflowId: w\n  steps:\n" + (READS + GIVES).replace("MORE", ""),
    "output-not-yet",
    Severity.WARNING,
    "put step 'b' before it",
    strict=True,
)
SILENT = {
    "a step before": silent(GIVES + READS),
    "its own": silent("  - {stepId: a, operationId: x, outputs: {o: $statusCode, p: $steps.a.outputs.o}}\n"),
    "dependsOn orders": silent(READS.replace("MORE", ", dependsOn: [b]") + GIVES),
    "another one has dependsOn": silent(READS + GIVES + THIRD.replace("MORE", ", dependsOn: [b]")),
    "in 1.0, an action goes back": silent(READS + GIVES.replace("MORE", BACK), version="1.0.1"),
    "an action that all steps inherit": silent(THIRD + GIVES, more=INHERITED),
    "an output of the workflow": silent(GIVES, more="outputs: {o: $steps.b.outputs.o}"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)


def test_a_step_that_can_not_be_bound_is_passed_over() -> None:
    action = ", onSuccess: [{name: n, type: goto, stepId: gone}]"
    steps = READS.replace("MORE", action) + GIVES + "  - {stepId: gone, operationId: nowhere}\n"
    assert_fires(check, case(steps))
