"""`arazzo validate --fix`, `--diff` and `--unsafe`, through the real command."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.invocation import Command

API = """\
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: http://h}]
paths:
  /ping/{id}:
    get:
      operationId: ping
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}, list: {type: array, items: {type: object, properties: {id: {type: string}}}}}}}}}
        '500': {description: bad}
  /plain: {post: {responses: {'200': {description: ok}}}}
"""
HEAD = """\
# a comment
arazzo: 1.0.1   # the version
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, required: [t], properties: {t: {type: string}}}
  steps:
  - stepId: s
"""
BEFORE = (
    HEAD
    + """\
    operationId: PING
    parameters:
    - {name: id, in: path, value: x $inputs.t}
    - name: Authorization
      in: header
      value: "Bearer $inputs.t"   # a token
    successCriteria:
    - condition: $statusCode == 5XX || $response.body.id == "it's"
    - context: $response.body
      condition: $.id != null
      type: jsonpath
    outputs:
      first: $response.body.list[0].id
      second: $response.body#id
  - {stepId: u, operationPath: 'POST /plain', outputs: {a: '$steps.s.first'}}
"""
)
AFTER = (
    HEAD
    + """\
    operationId: ping
    parameters:
    - {name: id, in: path, value: 'x {$inputs.t}'}
    - name: Authorization
      in: header
      value: "Bearer {$inputs.t}"   # a token
    successCriteria:
    - condition: $statusCode >= 500 && $statusCode <= 599 || $response.body.id == 'it''s'
    - condition: $response.body#/id != null
    outputs:
      first: $response.body#/list/0/id
      second: $response.body#/id
  - {stepId: u, operationPath: '{$sourceDescriptions.api.url}#/paths/~1plain/post', outputs: {a: '$steps.s.outputs.first'}}
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    return tmp_path


def put(folder: Path, text: str, name: str = "a.yml") -> str:
    path = folder / name
    path.write_bytes(text.encode())
    return str(path)


def test_fix_rewrites_in_place_and_keeps_the_rest(arazzo: Command, folder: Path) -> None:
    file = put(folder, BEFORE)
    ended = arazzo("validate", file, "--fix")
    assert Path(file).read_text("utf-8") == AFTER
    assert (ended.code, ended.err) == (0, "")
    assert "fixed: 10 findings in 1 file\n" in ended.out
    assert "reading-" not in ended.out
    again = arazzo("validate", file, "--fix")
    assert "fixed: 0 findings in 0 files\n" in again.out
    assert Path(file).read_text("utf-8") == AFTER


def test_diff_writes_nothing_and_shows_what_would_change(arazzo: Command, folder: Path) -> None:
    file = put(folder, BEFORE)
    ended = arazzo("validate", file, "--diff")
    assert ended.code == 1
    assert ended.out.startswith(f"--- {file}\n+++ {file}\n@@ ")
    assert '-      value: "Bearer $inputs.t"   # a token\n+      value: "Bearer {$inputs.t}"   # a token\n' in ended.out
    assert ended.err == "would fix 10 findings in 1 file\n"
    assert arazzo("validate", file, "--fix", "--diff") == ended
    assert Path(file).read_text("utf-8") == BEFORE


def test_diff_of_what_needs_none(arazzo: Command, folder: Path) -> None:
    assert arazzo("validate", put(folder, AFTER), "--diff") == (0, "", "nothing to fix\n")


def test_a_diff_tells_a_line_that_does_not_end(arazzo: Command, folder: Path) -> None:
    ended = arazzo("validate", put(folder, BEFORE.rstrip("\n")), "--diff")
    assert ended.out.count("\\ No newline at end of file\n") == 2


UNSAFE = (
    HEAD + "    operationId: pingg\n    parameters: [{name: id, in: path, value: $inputs.t}]\n    sucessCriteria: []\n"
)
MENDED = (
    HEAD + "    operationId: ping\n    parameters: [{name: id, in: path, value: $inputs.t}]\n    successCriteria: []\n"
)


def test_unsafe_fixes_are_applied_only_if_asked_for(arazzo: Command, folder: Path) -> None:
    file = put(folder, UNSAFE)
    safe = arazzo("validate", file, "--fix")
    assert Path(file).read_text("utf-8") == UNSAFE
    assert safe.code == 1
    assert "fixable: 2 with --fix --unsafe\n" in safe.out
    assert "write 'ping' (unsafe)" in safe.out
    assert arazzo("validate", file, "--diff").err == "nothing to fix; 2 more with --unsafe\n"
    ended = arazzo("validate", file, "--fix", "--unsafe")
    assert Path(file).read_text("utf-8") == MENDED
    assert ended.code == 0


def test_a_moved_source_is_found_only_by_guessing(arazzo: Command, folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "specs").mkdir()
    (folder / "api.yml").rename(folder / "specs" / "api.yml")
    file = put(folder, AFTER)
    assert arazzo("validate", file, "--fix").code == 0
    assert Path(file).read_text("utf-8") == AFTER
    arazzo("validate", file, "--fix", "--unsafe")
    assert Path(file).read_text("utf-8") == AFTER.replace("url: api.yml", "url: specs/api.yml")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_stay(arazzo: Command, folder: Path, mark: bytes, end: str) -> None:
    path = folder / "a.yml"
    path.write_bytes(mark + BEFORE.replace("\n", end).encode())
    assert arazzo("validate", str(path), "--fix").code == 0
    assert path.read_bytes() == mark + AFTER.replace("\n", end).encode()


def test_another_encoding_stays(arazzo: Command, folder: Path) -> None:
    path = folder / "a.yml"
    path.write_bytes(b"\xff\xfe" + BEFORE.encode("utf-16-le"))
    assert arazzo("validate", str(path), "--fix").code == 0
    assert path.read_bytes() == b"\xff\xfe" + AFTER.encode("utf-16-le")


def test_json_stays_json(arazzo: Command, folder: Path) -> None:
    step = '{"stepId": "s", "operationId": "ping", "parameters": [{"name": "id", "in": "path", "value": "x$inputs.t"}, {"name": "id", "in": "query", "value": "\\u00e9 $inputs.t"}]}'
    inputs = '{"type": "object", "properties": {"t": {"type": "string"}}}'
    before = (
        '{\n\t"arazzo": "1.0.1", "info": {"title": "t", "version": "1"},\n\t"sourceDescriptions": [{"name": "api", "url": "api.yml", "type": "openapi"}],\n'
        f'\t"workflows": [{{"workflowId": "w", "inputs": {inputs}, "steps": [{step}]}}]\n}}'
    )
    file = put(folder, before, "a.json")
    assert arazzo("validate", file, "--fix").code == 0
    assert Path(file).read_text("utf-8") == before.replace("\\u00e9 $inputs.t", "\\u00e9 {$inputs.t}")


def test_standard_input_goes_to_standard_output(arazzo: Command, folder: Path) -> None:
    arguments = ("validate", "-", "--base-uri", str(folder / "a.yml"), "--fix")
    content = b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode()
    ended = arazzo(*arguments, stdin=content)
    assert ended.code == 0
    assert ended.out.encode() == b"\xef\xbb\xbf" + AFTER.replace("\n", "\r\n").encode()
    assert "fixed: 10 findings in 1 file\n" in ended.err
    sound = arazzo(*arguments, stdin=AFTER.encode())
    assert sound.out == AFTER


def test_a_read_only_file_is_told_and_stays(arazzo: Command, folder: Path) -> None:
    file = put(folder, BEFORE)
    Path(file).chmod(0o444)
    other = put(folder, BEFORE, "b.yml")
    ended = arazzo("validate", file, other, "--fix")
    assert ended.code == 2
    assert ended.err.startswith(f"error: {file} can't be written: it is read-only\n")
    assert Path(file).read_text("utf-8") == BEFORE
    assert "reading-P1" in ended.out
    assert "fixed: 10 findings in 1 file\n" in ended.out
    assert Path(other).read_text("utf-8") == AFTER


def test_a_link_stays_one_and_rights_are_kept(arazzo: Command, folder: Path) -> None:
    (folder / "real").mkdir()
    target = folder / "real" / "a.yml"
    target.write_text(BEFORE, encoding="utf-8")
    target.chmod(0o640)
    link = folder / "a.yml"
    link.symlink_to(target)
    assert arazzo("validate", str(link), "--fix").code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == AFTER
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in target.parent.iterdir()) == ["a.yml"]


def test_a_file_that_needs_nothing_is_not_written(arazzo: Command, folder: Path) -> None:
    file = Path(put(folder, AFTER))
    before = file.stat()
    arazzo("validate", str(file), "--fix")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_only_what_is_selected_and_not_hidden_is_fixed(arazzo: Command, folder: Path) -> None:
    file = put(folder, BEFORE)
    arazzo("validate", file, "--fix", "--select", "reading-P1")
    assert Path(file).read_text("utf-8").count("{$inputs.t}") == 2
    assert "operationId: PING" in Path(file).read_text("utf-8")
    hidden = BEFORE.replace("  - stepId: s\n", "  - stepId: s\n    x-validate-ignore: [reading]\n")
    file = put(folder, hidden)
    arazzo("validate", file, "--fix", "--ignore", "reading-P10")
    assert Path(file).read_text("utf-8") == hidden.replace("$steps.s.first", "$steps.s.outputs.first")


def test_api_descriptions_are_never_rewritten(arazzo: Command, folder: Path) -> None:
    arazzo("validate", put(folder, BEFORE), "--fix", "--unsafe")
    assert (folder / "api.yml").read_text("utf-8") == API


def test_a_broken_text_is_left_alone(arazzo: Command, folder: Path) -> None:
    text = BEFORE + "  - {stepId: [\n"
    file = put(folder, text)
    assert arazzo("validate", file, "--fix", "--unsafe").code == 1
    assert Path(file).read_text("utf-8") == text


def test_the_json_form_tells_fixes_and_how_many(arazzo: Command, folder: Path) -> None:
    file = put(folder, BEFORE)
    told = json.loads(arazzo("validate", file, "--json").out)
    assert told["summary"]["fixable"] == 10
    (fix,) = [each["fix"] for each in told["findings"] if each["code"] == "reading-P12"]
    assert fix == {
        "message": "write 'ping'",
        "applicability": "safe",
        "edits": [{"file": file, "line": 10, "column": 18, "endLine": 10, "endColumn": 22, "text": "ping"}],
    }
    told = json.loads(arazzo("validate", file, "--json", "--fix").out)
    assert (told["summary"]["fixed"], told["summary"]["fixable"]) == (10, 0)


@pytest.mark.parametrize(
    ("flags", "message"),
    [(("--unsafe",), "--unsafe"), (("--diff", "--json"), "--diff"), (("--diff", "--output", "x"), "--diff")],
)
def test_flags_that_contradict_each_other(arazzo: Command, folder: Path, flags: tuple[str, ...], message: str) -> None:
    ended = arazzo("validate", put(folder, BEFORE), *flags)
    assert ended.code == 2
    assert ended.err.startswith(f"error: {message}")
