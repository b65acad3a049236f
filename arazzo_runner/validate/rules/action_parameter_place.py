"""action-parameter-place: a parameter that an action reuses says where in a request it goes.

What: an action hands over to a workflow, and one of its `parameters` refers to a component that has `in`. Parameters
of an action are inputs of the workflow, by their names.
Why: the specification rules `in` out there (ACT-17). In practical mode it is ignored; in strict mode it is an error.
Example: `parameters: [{reference: $components.parameters.page}]` where `page` has `in: query`.
Instead: write the parameter in the action, without `in`, or give it a component of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Action, Reusable
from arazzo_runner.validate.actions import actions_of
from arazzo_runner.validate.subject import Subject

_PREFIX = "$components.parameters."


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find places of parameters that reach an action by a reference (ACT-17)."""
    for action in actions_of(subject.description, subject.workflow):
        for parameter in _reused(action):
            name = parameter.reference.removeprefix(_PREFIX)
            found = subject.description.components.parameters.get(name)
            if found is not None and found.location is not None:
                make = subject.error if subject.strict else subject.warning
                message = f"action '{action.name}' reuses parameter '{name}', which is for requests: it has `in`"
                help = f"write `- {{name: {found.name}, value: ...}}` in the action"
                yield make("action-parameter-place", message, (*parameter.at, "reference"), help)


def _reused(action: Action) -> Iterator[Reusable]:
    for parameter in action.parameters:
        if isinstance(parameter, Reusable) and parameter.reference.startswith(_PREFIX):
            yield parameter
