import os
from dataclasses import replace
from pathlib import Path

import pytest

from arazzo_runner.api import load
from arazzo_runner.cli.listing import Listing, listing
from arazzo_runner.cli.listing_text import listing_lines
from arazzo_runner.reports.page import Look, plain_text
from arazzo_runner.sources.gathering import gather

API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: '/v1'}]
security: [{key: []}, {user: [], token: []}]
paths:
  /things/{id}:
    get: {operationId: getThing, responses: {'200': {description: ok}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    user: {type: http, scheme: basic}
    token: {type: http, scheme: bearer}
"""
FLOWS = """
arazzo: 1.0.1
info: {title: The title, version: '2', summary: The summary.}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: a b
  summary: What it does.
  dependsOn: [other]
  inputs:
    required: [id, the size, given]
    properties:
      id: {type: string, description: Which one of the many things that there are.}
      the size: {enum: [1, two]}
      given: {default: [1], type: array}
      pin: {type: [integer, 'null']}
    additionalProperties: {}
  steps:
  - {stepId: one, operationId: getThing}
  - {stepId: second, workflowId: other}
  - {stepId: third, operationId: getThin}
  outputs: {token: $steps.one.outputs.x}
- workflowId: other
  steps:
  - {stepId: s, operationId: getThing}
  - {stepId: own, operationId: getThing, parameters: [{name: X-Key, in: header, value: v}]}
"""
SHOWN = """\
The title (version 2, Arazzo 1.0.1)
  The summary.

Sources
  api  api.yml (openapi)

Servers
  api  /v1
       NO HOST: --server api=https://...

Workflow a b
  What it does.

  Runs after
    other

  Inputs
    id        string, required
              Which one of the many things that there are.
    the size  string or integer, one of 1, "two", required
    given     array, default [1]
    pin       integer or null
    and any other

  Steps
    one     GET /things/{id}  api
    second  workflow other
    third   PROBLEM

  Outputs
    token (secret)

  Credentials
    for one, other:s, one of:
    - key: API key in the header 'X-Key'
          --auth key=KEY, or set ARAZZO_AUTH_API_KEY_API_KEY
    - user: http basic
          --auth user=USER:PASSWORD, or set
          ARAZZO_AUTH_API_USER_USERNAME and
          ARAZZO_AUTH_API_USER_PASSWORD
      and token: http bearer
          --auth token=TOKEN, or set ARAZZO_AUTH_API_TOKEN_TOKEN
    for other:own: none, the document sets the header 'X-Key' itself

  Run it
    arazzo run flows.yml --workflow 'a b' -i id=... -i 'the size'=...
"""


def quoted(text: str) -> str:
    """The text with the quotes of this system's shell in its last line, which is a command."""
    head, line = text[: text.rfind("arazzo run")], text[text.rfind("arazzo run") :]
    return head + (line.replace("'", '"') if os.name == "nt" else line)


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listing:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    (tmp_path / "flows.yml").write_text(FLOWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    description = load("flows.yml")
    return listing(description, gather(description), "a b")


def test_the_whole_of_a_listing(listed: Listing) -> None:
    [problem] = [step.problem for step in listed.workflows[0].steps if step.problem]
    short = replace(listed.workflows[0].steps[2], problem="PROBLEM")
    workflow = replace(listed.workflows[0], steps=(*listed.workflows[0].steps[:2], short))
    [server] = listed.servers
    assert server.problem
    told = replace(listed, workflows=(workflow,), servers=(replace(server, problem="NO HOST"),))
    lines = listing_lines(told, Look(width=70))
    assert "".join(plain_text(line).rstrip() + "\n" for line in lines) == quoted(SHOWN)
    assert "getThin" in problem


def test_what_does_not_fit_goes_below(listed: Listing) -> None:
    text = [plain_text(line) for line in listing_lines(listed, Look(width=40))]
    size = next(index for index, line in enumerate(text) if line.startswith("    the size  "))
    assert text[size : size + 2] == ["    the size  string or integer, one of", '              1, "two", required']
    broken = [line for line in text if len(line) > 40 and "arazzo run" not in line and " ARAZZO" not in line]
    assert broken == []


def test_a_long_problem_is_broken_into_lines(listed: Listing) -> None:
    text = [plain_text(line) for line in listing_lines(listed, Look(width=40))]
    assert any("    third   " in line and len(line) <= 40 for line in text)


def test_a_document_of_standard_input_is_a_minus(listed: Listing) -> None:
    source = replace(listed.description.source, name="<stdin>")
    described = replace(listed, description=replace(listed.description, source=source))
    text = [plain_text(line) for line in listing_lines(described, Look(width=70))]
    assert quoted("    arazzo run - --workflow 'a b' -i id=... -i 'the size'=...") in text
