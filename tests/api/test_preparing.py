from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api.checking import check
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import MOCK_SERVER, operations, prepare
from arazzo_runner.document.model import Description
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.sources.security import Credential, Credentials

ARAZZO = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: api.yml, type: openapi}
- {name: lost, url: lost.yml, type: openapi}
workflows:
- workflowId: one
  steps: [{stepId: s, operationId: $sourceDescriptions.api.x}]
- workflowId: two
  steps: [{stepId: s, operationId: $sourceDescriptions.lost.x}]
- workflowId: three
  steps: [{stepId: s, operationId: $sourceDescriptions.api.xx}]
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{region}.example', variables: {region: {default: eu}}}]
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
paths: {/x: {get: {operationId: x, security: [{bearer: []}], responses: {}}}}
"""


@pytest.fixture
def description(tmp_path: Path) -> Description:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "arazzo.yml").write_text(ARAZZO)
    return load(tmp_path / "arazzo.yml")


def test_a_workflow_is_made_ready(description: Description) -> None:
    prepared = prepare(description, "one", Options(timeout=5, max_steps=7, seed=3))
    assert prepared.program.entry.workflow_id == "one"
    assert [operation.operation_id for operation in operations(prepared.program)] == ["x"]
    assert (prepared.settings.limits.request_timeout, prepared.settings.limits.max_steps, prepared.settings.seed) == (
        5,
        7,
        3,
    )


def test_only_what_the_workflow_reaches_has_to_be_there(description: Description) -> None:
    assert prepare(description, "one").warnings == ()
    with pytest.raises(DocumentError) as refused:
        prepare(description, "two")
    assert [found.code for found in refused.value.diagnostics] == ["source-unreadable"]
    assert refused.value.diagnostics[0].span is not None
    assert refused.value.diagnostics[0].span.line == 6


def test_everything_is_judged_when_nothing_is_chosen(description: Description) -> None:
    codes = [found.code for found in check(description)]
    assert "source-unreadable" in codes
    assert "operation-unknown" in codes


@pytest.mark.parametrize(
    ("workflow", "words"),
    [
        (None, r"has 3 workflows\n.*\n    one\n    two\n    three"),
        ("on", "there is no workflow 'on'.*\n.*did you mean 'one'"),
    ],
)
def test_the_choice_of_a_workflow(description: Description, workflow: str | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        prepare(description, workflow)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (Options(servers={"ap": "http://h"}), "no source 'ap'.*\n.*did you mean 'api'"),
        (Options(servers={"": "h:8080"}), "no absolute http or https URL"),
        (Options(server_variables={"regin": "us"}), "no server has a variable 'regin'\n.*did you mean 'region'"),
        (Options(sources={"apy": "x.yml"}), "no source 'apy'.*\n.*did you mean 'api'"),
        (Options(auth=("beerer=x",)), "no security scheme is called 'beerer'\n.*did you mean 'bearer'"),
        (Options(auth=("bearer",)), "--auth needs a scheme and a value"),
    ],
)
def test_names_that_nothing_has_are_faults(description: Description, options: Options, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        prepare(description, "one", options)


def test_credentials_come_from_the_caller_then_flags_then_the_environment(description: Description) -> None:
    environ = {"ARAZZO_AUTH_API_BEARER_TOKEN": "env"}
    given: Credentials = {(None, "bearer"): Credential({"TOKEN": "own"})}
    tokens = [
        [
            credential.fields["TOKEN"]
            for credential in prepare(description, "one", options).settings.credentials.values()
        ]
        for options in (
            Options(environ=environ),
            Options(environ=environ, auth=("bearer=flag",)),
            Options(environ=environ, auth=("bearer=flag",), credentials=given),
        )
    ]
    assert tokens == [["env"], ["flag"], ["own"]]


def test_a_description_without_servers_can_be_mocked_but_not_called(tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(OPENAPI.replace("servers:", "x-servers:"))
    (tmp_path / "arazzo.yml").write_text(ARAZZO)
    description = load(tmp_path / "arazzo.yml")
    with pytest.raises(DocumentError, match="declares no server") as refused:
        prepare(description, "one")
    assert refused.value.diagnostics[0].code == "server-missing"
    assert prepare(description, "one", Options(mock=True)).settings.fallback_server == MOCK_SERVER
    assert prepare(description, "one", Options(servers={"": "http://localhost:1"})).program


def test_a_broken_text_is_refused_with_its_findings() -> None:
    with pytest.raises(DocumentError) as refused:
        prepare(load(text="arazzo: [", base_uri="file:///d/a.yaml"))
    assert refused.value.diagnostics


def test_a_workflow_that_comes_back_over_another_document_finds_its_sources(tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "other.yml").write_text("""
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: back, url: arazzo.yml, type: arazzo}]
workflows: [{workflowId: o, steps: [{stepId: s, workflowId: $sourceDescriptions.back.deep}]}]
""")
    (tmp_path / "arazzo.yml").write_text("""
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: api.yml, type: openapi}
- {name: other, url: other.yml, type: arazzo}
workflows:
- {workflowId: w, steps: [{stepId: s, workflowId: $sourceDescriptions.other.o}]}
- {workflowId: deep, steps: [{stepId: s, operationId: $sourceDescriptions.api.x}]}
""")
    prepared = prepare(load(tmp_path / "arazzo.yml"), "w")
    assert [operation.operation_id for operation in operations(prepared.program)] == ["x"]
