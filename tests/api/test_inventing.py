from pathlib import Path

import pytest

from arazzo_runner.api import Options, execute, load, prepare
from arazzo_runner.api.inventing import with_invented
from arazzo_runner.errors import InputsError

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /things/{id}:
    get:
      operationId: thing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ''}}
"""
FLOW = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, required: [id], properties: {id: {type: string, pattern: '^t-[0-9]{3}$'}, n: {type: integer}}}
  steps:
  - {stepId: s, operationId: thing, parameters: [{name: id, in: path, value: $inputs.id}]}
  outputs: {id: $inputs.id}
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    (tmp_path / "api.yaml").write_text(API)
    (tmp_path / "flow.yaml").write_text(FLOW)
    return tmp_path / "flow.yaml"


def test_a_mocked_run_invents_what_it_lacks(flow: Path) -> None:
    prepared = prepare(load(flow), None, Options(mock=True))
    invented = with_invented(prepared, {}, {})
    assert [one.name for one in invented.invented] == ["id"]
    result = execute(prepared)
    assert result.succeeded
    assert result.outputs["id"] == invented.inputs["id"]
    assert not [found for found in result.warnings if found.code == "input-undeclared"]


def test_a_given_input_that_does_not_fit_is_refused_all_the_same(flow: Path) -> None:
    prepared = prepare(load(flow), None, Options(mock=True))
    with pytest.raises(InputsError, match="'id'"):
        execute(prepared, {"id": "x"})


def test_without_the_mock_nothing_is_invented(flow: Path) -> None:
    with pytest.raises(InputsError, match="'id' is missing"):
        execute(prepare(load(flow), None, Options()))
