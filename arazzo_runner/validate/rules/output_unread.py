"""output-unread: an output of a step that nothing reads.

What: a step declares an output, the workflow declares outputs of its own, and neither they nor any other step read it.
Why: it costs nothing, but mostly it was to become an output of the workflow, or is spelt differently where it is read.
It is a note: the workflow runs as it is.
Example: `outputs: {token: $response.body#/token}` where nothing has `$steps.login.outputs.token`.
Instead: read it, name it under `outputs` of the workflow, or remove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.expressions.grammar import StepOutput, StepOutputs
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find outputs of steps that nothing reads; where the workflow has none of its own, those are its result."""
    if not subject.workflow.outputs or not subject.is_whole():
        return
    found = [one.expression for one in subject.bound.mentions]
    whole = {one.step for one in found if isinstance(one, StepOutputs)}
    read = {(one.step, one.name) for one in found if isinstance(one, StepOutput)}
    text = "\n".join(subject.texts())
    for step in (one for one in subject.workflow.steps if one.step_id not in whole):
        for name in step.outputs:
            spelt = rf"steps\.{re.escape(step.step_id)}\.(?:outputs\.)?{re.escape(name)}(?![\w-])"
            if (step.step_id, name) not in read and not re.search(spelt, text):
                at = (*step.at, "outputs", name)
                message = f"nothing reads the output '{name}' of step '{step.step_id}'"
                help = "read it, name it under `outputs` of the workflow, or remove it"
                yield subject.note("output-unread", message, at, help, subject.description.span(at, key=True))
