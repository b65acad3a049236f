"""Practical reading EXP-13: a root that names no value, taken for the map of all that it has.

``$inputs``, ``$outputs``, ``$steps.ID.outputs``, ``$workflows.ID.inputs`` and ``$workflows.ID.outputs`` are no
expressions of the specification (Arazzo 1.1, Runtime Expressions). As a context, an output or a whole value each can
only mean the object of its names and values. There is no standard spelling for it.
"""

from __future__ import annotations

from typing import TypeAlias

from arazzo_runner.expressions.grammar import Declared, Dialect, Inputs, Outputs, StepOutputs, WorkflowFields
from arazzo_runner.expressions.standard import is_id

NameMap: TypeAlias = Inputs | Outputs | StepOutputs | WorkflowFields


def name_map(text: str, dialect: Dialect, declared: Declared) -> NameMap | None:
    """Return the map that a text names; None where it names none, or one of a step or workflow that is not declared."""
    if text == "$inputs":
        return Inputs(text)
    if text == "$outputs":
        return Outputs(text)
    step = _between(text, "$steps.", ".outputs")
    if _is_there(step, declared.steps, dialect):
        return StepOutputs(text, step)
    for side in ("inputs", "outputs"):
        workflow = _between(text, "$workflows.", f".{side}")
        if _is_there(workflow, declared.workflows, dialect):
            return WorkflowFields(text, workflow, side)
    return None


def contents_of(found: NameMap) -> str:
    """Say in words what a map holds."""
    match found:
        case Inputs():
            return "inputs"
        case Outputs():
            return "outputs"
        case StepOutputs(_, step):
            return f"outputs of step '{step}'"
        case WorkflowFields(_, workflow, side):
            return f"{side} of workflow '{workflow}'"


def _between(text: str, start: str, end: str) -> str:
    return text[len(start) : -len(end)] if text.startswith(start) and text.endswith(end) else ""


def _is_there(owner: str, known: object, dialect: Dialect) -> bool:
    """Tell whether a step or workflow is declared; where nobody knows what is, whether it can be."""
    if isinstance(known, dict):
        return owner in known
    return owner != "" and is_id(owner, dialect)
