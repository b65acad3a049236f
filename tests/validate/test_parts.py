from __future__ import annotations

import pytest

from arazzo_runner.validate.parts import parts_of
from arazzo_runner.values import Path
from tests.engine.programs import description_of

TEXT = """- {name: other, url: other.yaml, type: openapi}
- {url: nameless.yaml, type: openapi}
workflows:
- workflowId: w
  inputs: {$ref: '#/components/inputs/page'}
  parameters: [{reference: $components.parameters.trace}]
  steps:
  - stepId: s
    operationId: $sourceDescriptions.api.x
    onSuccess: [{reference: $components.successActions.go}]
- workflowId: v
  steps: [{stepId: s, operationId: $sourceDescriptions.other.x, onFailure: [{reference: $components.failureActions.again}]}]
components:
  inputs:
    page: {properties: {size: {$ref: '#/components/inputs/size/properties/n'}}}
    size: {properties: {n: {type: integer}}}
    unused: {}
  parameters:
    trace: {name: X, in: header, value: 1}
    deep: {name: p, value: 1}
    unused: {name: u, value: 1}
  successActions:
    go: {name: go, type: goto, workflowId: v, parameters: [{reference: $components.parameters.deep}]}
  failureActions:
    again: {name: again, type: retry}
"""


@pytest.mark.parametrize(
    ("ids", "at", "held"),
    [
        pytest.param({"w"}, ("workflows", 0), True, id="the workflow"),
        pytest.param({"w"}, ("workflows", 0, "steps", 0, "stepId"), True, id="in the workflow"),
        pytest.param({"w"}, ("workflows", 1, "steps"), False, id="another workflow"),
        pytest.param({"w", "v"}, ("workflows", 1), True, id="both"),
        pytest.param({"w"}, ("workflows", 9), False, id="one that is none"),
        pytest.param({"w"}, ("workflows",), True, id="the list of workflows"),
        pytest.param({"w"}, ("info", "title"), True, id="the document at large"),
        pytest.param({"w"}, (), True, id="the root"),
        pytest.param({"w"}, None, True, id="the text as a whole"),
        pytest.param({"w"}, ("sourceDescriptions", 0, "url"), True, id="its source"),
        pytest.param({"w"}, ("sourceDescriptions", 1, "url"), True, id="a source that an action leads to"),
        pytest.param({"v"}, ("sourceDescriptions", 0, "url"), False, id="another source"),
        pytest.param({"v"}, ("sourceDescriptions", 1, "url"), True, id="the source of the other"),
        pytest.param({"w"}, ("sourceDescriptions", 2, "name"), True, id="a source without name may be any"),
        pytest.param({"w"}, ("components", "parameters", "trace", "in"), True, id="a component"),
        pytest.param({"w"}, ("components", "parameters", "unused"), False, id="an unused one"),
        pytest.param({"w"}, ("components", "parameters", "deep"), True, id="one that another uses"),
        pytest.param({"v"}, ("components", "parameters", "deep"), False, id="one that another would use"),
        pytest.param({"w"}, ("components", "inputs", "page"), True, id="a schema"),
        pytest.param({"w"}, ("components", "inputs", "size", "properties"), True, id="a schema by a schema"),
        pytest.param({"w"}, ("components", "inputs", "unused"), False, id="an unused schema"),
        pytest.param({"w"}, ("components", "successActions", "go"), True, id="an action"),
        pytest.param({"w"}, ("components", "failureActions", "again"), False, id="an action of the other"),
        pytest.param({"w"}, ("components", "failureActions"), False, id="a section that nothing uses"),
        pytest.param({"w"}, ("components", "parameters"), True, id="a section that is used"),
        pytest.param({"w"}, ("components",), True, id="the components at large"),
        pytest.param({"w"}, ("components", "steps"), True, id="no section at all"),
        pytest.param(set(), ("workflows", 0), False, id="no workflow"),
    ],
)
def test_whether_a_place_belongs_to_some_workflows(ids: set[str], at: Path | None, held: bool) -> None:
    assert parts_of(description_of(TEXT), ids).hold(at) is held


def test_of_two_workflows_with_one_id_either_may_be_meant() -> None:
    parts = parts_of(description_of("workflows: [{workflowId: w, steps: []}, {workflowId: w, steps: []}]\n"), {"w"})
    assert parts.hold(("workflows", 0))
    assert parts.hold(("workflows", 1))


def test_components_that_use_each_other_end() -> None:
    text = """workflows: [{workflowId: w, inputs: {$ref: '#/components/inputs/a'}, steps: []}]
components: {inputs: {a: {$ref: '#/components/inputs/b'}, b: {$ref: '#/components/inputs/a'}}}
"""
    parts = parts_of(description_of(text), {"w"})
    assert parts.hold(("components", "inputs", "b"))


def test_a_document_without_anything_has_no_parts() -> None:
    assert parts_of(description_of("workflows: 5\n"), {"w"}).used == frozenset()
