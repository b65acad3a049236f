"""Files that are no text, from the command line to the bytes of a request."""

from __future__ import annotations

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
  /raw:
    post:
      operationId: raw
      requestBody: {content: {application/octet-stream: {}}}
      responses: {'200': {description: ok}}
  /form:
    post:
      operationId: form
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {note: {type: string}, file: {}}}
            encoding: {file: {contentType: image/png}}
      responses: {'200': {description: ok}}
  /json:
    post:
      operationId: json
      requestBody: {content: {application/json: {}}}
      responses: {'200': {description: ok}}
"""

FLOW = """\
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, properties: {file: SCHEMA}}
  steps:
  - {stepId: s, operationId: OPERATION, requestBody: {payload: PAYLOAD}}
"""

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3 + b"\r\n"


def written(folder: Path, operation: str, payload: str, schema: str = "{type: string}") -> str:
    (folder / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (folder / "pic.png").write_bytes(PICTURE)
    flow = FLOW.replace("SCHEMA", schema).replace("OPERATION", operation).replace("PAYLOAD", payload)
    (folder / "flow.yaml").write_text(flow, "utf-8")
    return str(folder / "flow.yaml")


@pytest.mark.parametrize(
    "schema", ["{type: string, format: binary}", "{contentMediaType: image/png}", "{type: string}", "{}"]
)
def test_a_file_goes_out_byte_for_byte(arazzo: Command, tmp_path: Path, schema: str) -> None:
    flow = written(tmp_path, "raw", "$inputs.file", schema)
    with Wire(wire.answer(200)) as api:
        ended = arazzo("run", flow, "--server", api.url, "-i", f"file@={tmp_path / 'pic.png'}")
        assert ended.code == 0, ended.err
    (received,) = api.received
    assert received.body == PICTURE
    assert received.values("Content-Type") == ["application/octet-stream"]


@pytest.mark.parametrize("form", ["-q", "-v", "--json"])
def test_standard_input_and_every_report_take_bytes(arazzo: Command, tmp_path: Path, form: str) -> None:
    flow = written(tmp_path, "raw", "$inputs.file")
    with Wire(wire.answer(200)) as api:
        ended = arazzo("run", flow, "--server", api.url, "-i", "file@=-", form, stdin=PICTURE)
        assert ended.code == 0, ended.err
    assert api.received[0].body == PICTURE


def test_a_file_is_a_part_of_a_multipart_body(arazzo: Command, tmp_path: Path) -> None:
    flow = written(tmp_path, "form", "{note: hello, file: $inputs.file}")
    with Wire(wire.answer(200)) as api:
        ended = arazzo("run", flow, "--server", api.url, "-i", f"file@={tmp_path / 'pic.png'}")
        assert ended.code == 0, ended.err
    body = api.received[0].body
    head = b'Content-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: image/png\r\n\r\n'
    assert head + PICTURE + b"\r\n--" in body
    assert b'Content-Disposition: form-data; name="note"\r\n\r\nhello\r\n' in body


def test_bytes_have_no_place_in_json(arazzo: Command, tmp_path: Path) -> None:
    flow = written(tmp_path, "json", "{file: $inputs.file}")
    with Wire(wire.answer(200)) as api:
        ended = arazzo("run", flow, "--server", api.url, "-i", f"file@={tmp_path / 'pic.png'}")
    assert ended.code == 1
    assert "bytes can't stand inside JSON" in ended.out + ended.err
    assert not api.received


def test_bytes_that_do_not_fit_the_schema_are_counted_not_shown(arazzo: Command, tmp_path: Path) -> None:
    flow = written(tmp_path, "raw", "$inputs.file", "{type: string, maxLength: 10}")
    ended = arazzo("run", flow, "--server", "http://127.0.0.1:9", "-i", f"file@={tmp_path / 'pic.png'}")
    assert ended.code == 2
    assert f"it is {len(PICTURE)} bytes" in ended.err
    assert "PNG" not in ended.err


def test_a_missing_file_is_named_with_its_neighbour(arazzo: Command, tmp_path: Path) -> None:
    flow = written(tmp_path, "raw", "$inputs.file")
    ended = arazzo("run", flow, "-i", f"file@={tmp_path / 'pics.png'}")
    assert ended.code == 2
    assert "can't be read: No such file" in ended.err
    assert "pic.png'?" in ended.err
