"""One seed: the same exchanges byte for byte, in any process; another seed: others. Through the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

API: Final = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: 'https://things.example'}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    flow: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://things.example/token', scopes: {a: x, b: y}}}}
  schemas:
    Thing:
      type: object
      required: [id, kind, tags, sizes]
      properties:
        id: {type: string, format: uuid}
        kind: {enum: [a, b, c, d]}
        tags: {type: array, minItems: 2, uniqueItems: true, items: {type: string, pattern: '^[a-z]{6}$'}}
        sizes: {type: object, minProperties: 2, additionalProperties: {type: number}}
paths:
  /things:
    get:
      operationId: find
      security: [{key: []}]
      parameters:
      - {name: X-Trace, in: header, required: true, schema: {type: string, format: uuid}}
      responses:
        '200':
          description: ok
          headers: {X-Next: {required: true, schema: {type: string, pattern: '^[0-9a-f]{16}$'}}}
          content: {application/json: {schema: {type: array, minItems: 3, items: {$ref: '#/components/schemas/Thing'}}}}
    post:
      operationId: add
      security: [{flow: [b, a]}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
  /files:
    post:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {name: {type: string}, file: {type: string, format: binary}}}
      responses:
        '200': {description: ok, content: {application/xml: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '202': {description: ok, content: {text/plain: {schema: {type: string, minLength: 20, pattern: '^[a-z]+$'}}}}
"""

HEAD: Final = """\
arazzo: 1.0.1
info: {title: Things, version: '1'}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, required: [name, trace], properties: {name: {type: string}, trace: {type: string, format: uuid}}}
  steps:
"""

DOCUMENTS: Final = {
    "headers": """\
  - stepId: s
    operationId: find
    parameters: [{name: X-Trace, in: header, value: $inputs.trace}]
    successCriteria: [{condition: $statusCode == 200}, {condition: "$response.body#/0/kind != 'a'"}]
    outputs: {next: $response.header.X-Next, id: $response.body#/1/id}
""",
    "tokens": """\
  - stepId: s
    operationId: add
    requestBody: {payload: {id: $inputs.trace, kind: b, tags: [x, y], sizes: {a: 1, b: 2}}}
    outputs: {thing: $response.body}
  - stepId: t
    operationId: add
    requestBody: {payload: $steps.s.outputs.thing}
""",
    "multipart": """\
  - stepId: s
    operationId: upload
    requestBody: {contentType: multipart/form-data, payload: {name: $inputs.name, file: "bytes \\u00e9 \\u0001"}}
    successCriteria: [{condition: $statusCode == 202}]
  - stepId: t
    operationId: upload
    requestBody: {contentType: multipart/form-data, payload: {name: $inputs.trace, file: two}}
    successCriteria: [{condition: $statusCode == 200}]
""",
}


def began(folder: Path, hash_seed: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command in a process that orders its sets in its own way."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "arazzo_runner", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(*processes: subprocess.Popen[bytes]) -> list[tuple[bytes, bytes]]:
    """Return what each process wrote; all of them succeeded."""
    found = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), found
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api.yaml").write_text(API, "utf-8")
    for name, steps in DOCUMENTS.items():
        (tmp_path / f"{name}.yml").write_text(HEAD + steps, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("headers", ["> X-Trace: ", "< X-Next: ", "response body, application/json"]),
        ("tokens", ["request body, application/json", "< 201 Created"]),
        ("multipart", ["> Content-Type: multipart/form-data; boundary=", "application/xml", "text/plain"]),
    ],
)
def test_whole_exchanges_are_the_same_for_a_seed(folder: Path, name: str, shown: list[str]) -> None:
    given = ("run", f"{name}.yml", "--mock", "--show-secrets", "-v", "--no-config", "--seed")
    first, again, other = ended(
        began(folder, "1", *given, "7"), began(folder, "2", *given, "7"), began(folder, "1", *given, "8")
    )
    text = b"".join(first).decode()
    assert [one for one in shown if one not in text] == []
    assert first == again
    assert first != other


def test_the_bytes_that_no_report_shows_are_the_same_too(folder: Path) -> None:
    """The fingerprint stands for heads and bodies as they were sent, binary ones as well."""
    given = ("test", ".", "--json", "--no-config", "--jobs", "1", "--seed")
    found = ended(began(folder, "1", *given, "7"), began(folder, "2", *given, "7"), began(folder, "1", *given, "8"))
    first, again, other = (
        {each["file"]: each["workflows"][0]["fingerprint"] for each in json.loads(out)["documents"]} for out, _ in found
    )
    assert len(first) == len(DOCUMENTS)
    assert first == again
    assert [name for name in first if first[name] == other[name]] == []
