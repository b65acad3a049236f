from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api.checking import check, gathered, others, wanted_sources
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.document.model import Description

ARAZZO = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: api.yml, type: openapi}
- {name: lost, url: lost.yml, type: openapi}
- {name: flows, url: other.yml, type: arazzo}
workflows:
- workflowId: one
  steps: [{stepId: s, operationId: $sourceDescriptions.api.x}]
- workflowId: two
  steps: [{stepId: s, workflowId: $sourceDescriptions.flows.far}]
"""
OTHER = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows: [{workflowId: far, steps: [{stepId: s, operationId: x}]}]
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths: {/x: {get: {operationId: x, responses: {}}}}
"""


@pytest.fixture
def description(tmp_path: Path) -> Description:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "other.yml").write_text(OTHER)
    (tmp_path / "arazzo.yml").write_text(ARAZZO)
    return load(tmp_path / "arazzo.yml")


def test_every_workflow_is_judged_and_errors_come_first(description: Description) -> None:
    found = check(description)
    assert found[0].code == "source-unreadable"
    assert "'lost'" in found[0].message


def test_a_workflow_wants_the_sources_that_it_names_and_all_where_it_leads_out(description: Description) -> None:
    assert wanted_sources(description, "one") == {"api"}
    assert wanted_sources(description, "two") is None


def test_the_other_descriptions_are_those_of_flows(description: Description) -> None:
    registry = gathered(description, Options(), {"api", "flows"})
    assert [each.source.name.rpartition("/")[2] for each in others(description, registry)] == ["other.yml"]
    assert registry.diagnostics == ()
