"""The count of agreement between `validate` and `run`, tried on documents of our own: it has to be able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api import check, load
from arazzo_runner.diagnostics import Diagnostic, Severity
from tests.preview.documents import prepared
from tests.real import agreed
from tests.real.agreed import Agreement, agreements, table
from tests.real.built import built_requests
from tests.real.found import Document
from tests.real.reaching import reached_by

DOCUMENT = """\
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: openapi.yaml, type: openapi}
- {name: gone, url: gone.yaml, type: openapi}
components:
  parameters: {used: {name: id, in: path, value: $inputs.a}, other: {name: x, in: query, value: 1}}
  successActions: {wrong: {name: n, type: goto, stepId: nowhere}}
workflows:
- workflowId: fine
  inputs: {type: object, properties: {a: {type: string}}}
  steps:
  - {stepId: s, operationId: $sourceDescriptions.api.item, parameters: [{reference: $components.parameters.used}]}
- workflowId: broken
  steps: [{stepId: s, operationId: $sourceDescriptions.api.nothing}]
- workflowId: leads
  steps: [{stepId: s, workflowId: broken}]
- workflowId: acts
  steps: [{stepId: s, operationId: $sourceDescriptions.api.list, onSuccess: [{reference: $components.successActions.wrong}]}]
- workflowId: lacks
  steps: [{stepId: s, operationId: $sourceDescriptions.gone.x}]
"""
OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /items: {get: {operationId: list, responses: {'200': {description: ok}}}}
  /items/{id}:
    get: {operationId: item, parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (tmp_path / "arazzo.yaml").write_text(DOCUMENT, "utf-8")
    return Document(tmp_path / "arazzo.yaml")


def test_each_workflow_is_compared_in_both_modes(document: Document) -> None:
    found = agreements(document)
    assert [(one.mode, one.workflow) for one in found] == [
        (mode, name) for mode in ("practical", "strict") for name in ("fine", "broken", "leads", "acts", "lacks")
    ]
    assert [bool(one.refused) for one in found] == 2 * [False, True, True, True, True]
    assert all(one.agrees for one in found), [one for one in found if not one.agrees]


def test_what_is_refused_without_an_error_is_told(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreed, "check", lambda description, options: ())
    lines = table([agreements(document)], examples=1)
    assert "      8 disagreements" in lines
    assert any("DISAGREE strict, refused, without errors: " in line for line in lines)


def test_an_error_that_does_not_refuse_is_told(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Diagnostic("made-up", Severity.ERROR, "m", None, at=("workflows", 0, "steps", 0))
    judged = check
    monkeypatch.setattr(agreed, "check", lambda description, options: (*judged(description, options), wrong))
    lines = table([agreements(document)])
    assert "      2 disagreements" in lines
    assert "      1 DISAGREE practical, errors, not refused: made-up" in lines


def test_a_fault_of_ours_is_no_silence(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr(agreed, "preview", broken)
    assert any("CRASH RecursionError" in line for line in table([agreements(document)]))


def test_counts_name_what_agrees() -> None:
    both = Agreement("d", "w", "strict", ("a",), ("a",))
    neither = Agreement("d", "v", "strict", (), ())
    assert table([[both, neither]]) == [
        "1 documents, 2 workflows judged (each in both modes)",
        "      1 refused, with errors",
        "      1 not refused, without errors",
    ]


def test_what_a_workflow_is_made_of_is_read_from_the_text(document: Document) -> None:
    data = load(document.path).source.data
    fine, leads = reached_by(data, "fine"), reached_by(data, "leads")
    assert fine.places == {("workflows", 0), ("components", "parameters", "used"), ("sourceDescriptions", 0)}
    assert {("workflows", 1), ("workflows", 2)} <= leads.places
    assert fine.sources == {"api"}
    assert not fine.holds(("workflows", 1, "steps", 0))
    assert fine.holds(("workflows", 0, "steps", 0))
    assert fine.holds(("info", "title"))


def test_the_requests_of_a_workflow_as_bytes(tmp_path: Path) -> None:
    ready = prepared(tmp_path, "shop")
    first, *_, last = built_requests(ready)
    assert first.step == ("login",)
    assert first.request is not None
    assert first.request[:2] == (b"POST", b"https://api.example.com/v1/login")
    assert last.request is not None
    assert last.request[3] == b"id={$steps.login.outputs.list $[0].id}&token={$steps.login.outputs.token}"
    assert built_requests(ready) == built_requests(prepared(tmp_path, "shop"))
    (circle,) = built_requests(prepared(tmp_path, "circle"))
    assert (circle.request, circle.calls) == (None, "circle")
