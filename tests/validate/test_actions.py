from __future__ import annotations

from arazzo_runner.validate.actions import actions_of
from tests.engine.programs import description_of

TEXT = """
workflows:
- workflowId: w
  successActions: [{name: own, type: end}]
  steps:
  - stepId: a
    operationId: x
    onSuccess: [{reference: $components.successActions.shared}, {reference: $components.successActions.gone}]
    onFailure: [{name: fails, type: end}]
  - {stepId: b, operationId: x, onSuccess: [{reference: $components.successActions.shared}]}
components:
  successActions: {shared: {name: shared, type: end}}
"""


def test_own_ones_and_followed_ones_each_once() -> None:
    description = description_of(TEXT)
    found = actions_of(description, description.workflows[0])
    assert [action.name for action in found] == ["own", "shared", "fails"]
