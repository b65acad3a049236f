"""What a step that calls a workflow reads of it without naming it (checklist SUB-07, SUB-10).

The specification's own examples read the outputs of the called workflow as ``$outputs``, and its last exchange as
``$statusCode`` and ``$response``. In practical mode they mean that, with a warning; strictly they have no value there.
"""

from __future__ import annotations

from collections.abc import Collection

from arazzo_runner.document.model import Step
from arazzo_runner.expressions.grammar import Exchange, Output, Remark, StatusCode
from arazzo_runner.program.model import Mention, WorkflowCall
from arazzo_runner.program.unit import Unit


def remark_callee_results(unit: Unit, step: Step, call: WorkflowCall, before: Collection[Mention]) -> None:
    """Warn of expressions of a calling step that are read as the callee's; those known `before` are none of them."""
    name = call.workflow.workflow_id
    for mention in [one for one in unit.mentions if one not in before and one.at[: len(step.at)] == step.at]:
        remark = _remark(mention, name)
        if remark is not None:
            unit.remark(remark, mention.at)


def _remark(mention: Mention, workflow: str) -> Remark | None:
    text = mention.expression.text
    match mention.expression:
        case Output(name=name):
            message = f"'{text}' is read as an output of the called workflow '{workflow}'"
            return Remark("reading-SUB-07", message, 0, f"$workflows.{workflow}.outputs.{name}")
        case StatusCode() | Exchange(side="response"):
            message = f"'{text}' is read from the last answer that the called workflow '{workflow}' got"
            return Remark("reading-SUB-10", message, 0)
    return None
