"""Contract checks through the command, over a real socket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import wire
from tests.cli.invocation import Command
from tests.wire import Wire

OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://nowhere.invalid'}]
paths:
  /pet:
    get:
      operationId: pet
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {properties: {id: {type: integer}}}}}}
"""

ARAZZO = """\
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, properties: {n: {type: string, default: many}}}
  steps:
  - {stepId: s, operationId: pet, parameters: [{name: n, in: query, value: $inputs.n}], successCriteria: [{condition: $statusCode == 200}]}
"""


@pytest.fixture
def document(tmp_path: Path) -> str:
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (tmp_path / "arazzo.yaml").write_text(ARAZZO, "utf-8")
    return str(tmp_path / "arazzo.yaml")


def broken() -> wire.Behaviour:
    return wire.answer(200, b'{"id": "x"}', ("Content-Type", "application/json"))


@pytest.mark.parametrize(
    ("flags", "code", "sent", "found"),
    [
        ((), 0, 1, ["contract-request-parameter", "contract-response-body"]),
        (("--check", "requests"), 0, 1, ["contract-request-parameter"]),
        (("--check", "responses"), 0, 1, ["contract-response-body"]),
        (("--check", "none"), 0, 1, []),
        (("--check-level", "fail"), 1, 0, ["contract-request-parameter"]),
        (("--check", "responses", "--check-level", "fail"), 1, 1, ["contract-response-body"]),
    ],
)
def test_breaches_are_told_or_fail(
    arazzo: Command, document: str, flags: tuple[str, ...], code: int, sent: int, found: list[str]
) -> None:
    with Wire(broken()) as server:
        ended = arazzo("run", document, "--server", server.url, "--json", *flags)
    told = [one["code"] for one in json.loads(ended.out)["warnings"] if one["code"].startswith("contract-")]
    assert (ended.code, len(server.received), told) == (code, sent, found)


def test_a_breach_names_the_step_the_place_and_the_description(arazzo: Command, document: str) -> None:
    with Wire(broken()) as server:
        ended = arazzo("run", document, "--server", server.url, "--check", "responses")
    said = " ".join(ended.err.split())
    assert """step 's': the answer's body#/id is "x": it is not of type "integer\"""" in said
    assert "openapi.yaml:10:" in said


@pytest.mark.parametrize("flag", ["--check", "--check-level"])
def test_another_word_is_refused_and_nothing_is_sent(arazzo: Command, document: str, flag: str) -> None:
    with Wire(broken()) as server:
        ended = arazzo("run", document, "--server", server.url, flag, "sometimes")
    assert (ended.code, server.received) == (2, [])
    assert "'sometimes'" in ended.err
