"""What a step names in `dependsOn`, which has a grammar of its own (Arazzo 1.1, Step Object; DEP-22 to DEP-25).

A step of the same workflow is named by its id, one of another workflow as ``$workflows.WORKFLOW.steps.STEP``, one of
another document as ``$sourceDescriptions.NAME.WORKFLOW.steps.STEP``. None of these is a runtime expression, although
two of them look like one.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.document.model import Step, Workflow
from arazzo_runner.program import references
from arazzo_runner.program.model import Dependency, StepKey, WorkflowKey
from arazzo_runner.program.unit import Unit
from arazzo_runner.values import Path

OWN = "$steps."
LOCAL = "$workflows."
STEPS = ".steps."
FORMS = f"write the id of a step of this workflow, or {LOCAL}WORKFLOW{STEPS}STEP"


def bind_dependencies(unit: Unit, workflow: Workflow, step: Step) -> Iterator[Dependency]:
    """Yield the steps that a step depends on; what names none is reported."""
    written = unit.characters.node((*step.at, "dependsOn"))
    for name in step.depends_on:
        index = written.index(name) if isinstance(written, list) else 0
        at = (*step.at, "dependsOn", index)
        key = _step_key(unit, workflow, name, at)
        if key is not None:
            yield Dependency(key, at)


def _step_key(unit: Unit, workflow: Workflow, name: str, at: Path) -> StepKey | None:
    if workflow.step(name) is not None:
        return StepKey(WorkflowKey(unit.description.source.uri, workflow.workflow_id), name)
    if name.startswith((LOCAL, references.PREFIX)):
        return _elsewhere(unit, name, at)
    if name.startswith(("$", "{")):
        _malformed(unit, workflow, name, at)
    else:
        message = f"'dependsOn' names step '{name}', which workflow '{workflow.workflow_id}' lacks"
        unit.error("reference-unknown-step", message, at, _advice(unit, workflow, name))
    return None


def _elsewhere(unit: Unit, name: str, at: Path) -> StepKey | None:
    """Find a step of another workflow. Ids may hold dots: the last `.steps.` parts them."""
    head, parted, step_id = name.rpartition(STEPS)
    workflow_id = head.removeprefix(LOCAL)
    if not (parted and step_id and workflow_id) or (head != workflow_id and workflow_id.startswith("$")):
        unit.error("reference-malformed", f"'{name}' names no step", at, f"{_start(name)}WORKFLOW{STEPS}STEP")
        return None
    key = references.workflow_key(unit, workflow_id, at)
    if key is None:
        return None
    target = unit.workflows[key]
    if target.step(step_id) is None:
        message = f"'dependsOn' names step '{step_id}', which workflow '{key.workflow_id}' lacks"
        help = did_you_mean(step_id, [step.step_id for step in target.steps])
        unit.error("reference-unknown-step", message, at, help)
        return None
    return StepKey(key, step_id)


def _start(name: str) -> str:
    return f"write it as {LOCAL}" if name.startswith(LOCAL) else f"write it as {references.PREFIX}NAME."


def _malformed(unit: Unit, workflow: Workflow, name: str, at: Path) -> None:
    """Report what is none of the forms; `$steps.a` is the id `a`, dressed up as an expression (DEP-25)."""
    bare = name.strip("{}").removeprefix(OWN)
    help = f"write {bare}" if name.strip("{}").startswith(OWN) and workflow.step(bare) is not None else FORMS
    unit.error("reference-malformed", f"'{name}' is no way to name a step in 'dependsOn'", at, help)


def _advice(unit: Unit, workflow: Workflow, name: str) -> str:
    """Advise on a step that the workflow lacks: a name that is close, else the workflow that has it."""
    close = did_you_mean(name, [step.step_id for step in workflow.steps])
    holder = next((one for one in unit.description.workflows if one.step(name) is not None), None)
    return f"write {LOCAL}{holder.workflow_id}{STEPS}{name}" if holder is not None else close
