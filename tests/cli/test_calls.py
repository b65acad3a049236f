from pathlib import Path

import pytest

from arazzo_runner.api import load
from arazzo_runner.cli.calls import taking_part
from arazzo_runner.sources.gathering import gather

HEAD = "arazzo: 1.0.1\ninfo: {title: t, version: '1'}\n"
FLOWS = (
    HEAD
    + """
sourceDescriptions:
- {name: more, url: more.yml, type: arazzo}
- {name: more.of, url: other.yml, type: arazzo}
- {name: gone, url: gone.yml, type: arazzo}
workflows:
- workflowId: main
  dependsOn: [before, $sourceDescriptions.gone.x]
  failureActions: [{reference: $components.failureActions.rescue}]
  steps:
  - {stepId: one, workflowId: called}
  - {stepId: two, workflowId: $sourceDescriptions.more.first}
  - {stepId: three, workflowId: nowhere, onSuccess: [{name: n, type: goto, workflowId: next}, {name: e, type: end}]}
- {workflowId: before, steps: [{stepId: s, workflowId: $sourceDescriptions.more.of.deep}]}
- {workflowId: called, steps: [{stepId: s, workflowId: main}]}
- {workflowId: next, steps: [{stepId: s, workflowId: called}]}
- {workflowId: rescue, steps: [{stepId: s, operationId: x}]}
- {workflowId: alone, steps: [{stepId: s, operationId: x}]}
components:
  failureActions: {rescue: {name: r, type: retry, workflowId: rescue}}
"""
)
MORE = (
    HEAD
    + """
sourceDescriptions: [{name: more, url: other.yml, type: arazzo}]
workflows:
- {workflowId: first, steps: [{stepId: s, workflowId: main}, {stepId: t, workflowId: $sourceDescriptions.more.deep}]}
- {workflowId: main, steps: [{stepId: s, operationId: x}]}
"""
)
OTHER = HEAD + "workflows: [{workflowId: deep, steps: [{stepId: s, operationId: x}]}]\n"


@pytest.mark.parametrize(
    ("workflow", "others"),
    [
        (
            "main",
            [
                "flows before",
                "flows rescue",
                "flows called",
                "more first",
                "flows next",
                "other deep",
                "more main",
            ],
        ),
        ("before", ["other deep"]),
        ("alone", []),
    ],
)
def test_what_takes_part_in_a_run(tmp_path: Path, workflow: str, others: list[str]) -> None:
    for name, text in {"flows": FLOWS, "more": MORE, "other": OTHER}.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    description = load(tmp_path / "flows.yml")
    flow = description.workflow(workflow)
    assert flow is not None
    own, *found = taking_part(description, flow, gather(description))
    assert (own.document, own.workflow) == (description, flow)
    names = [f"{Path(call.document.source.uri).stem} {call.workflow.workflow_id}" for call in found]
    assert sorted(names) == sorted(others)
    assert len(set(names)) == len(names)
