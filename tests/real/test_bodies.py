"""The judge of invented bodies, tried on documents of our own: it has to be able to find fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.engine.outcomes import Response
from tests.api.trial_documents import API, FAILING, GOOD, written
from tests.real.bodies import first_fault, in_draft_4, judge_body, judged_bodies, summary_of, table, with_nulls
from tests.real.found import Document

AT = ("paths", "/things", "get")


def said(folder: Path, status: int, body: bytes, kind: str = "application/json") -> tuple[str, str]:
    (folder / "api.yaml").write_text(API, "utf-8")
    uri = (folder / "api.yaml").as_uri()
    (found,) = judge_body(uri, AT, Response(status, (("Content-Type", kind),), body), "GET /things")
    return found.fault, found.unjudged


def test_a_body_is_judged_by_the_text_of_the_description(tmp_path: Path) -> None:
    assert said(tmp_path, 200, b'{"id": "1", "kind": "a"}') == ("", "")
    assert said(tmp_path, 200, b'{"id": 1, "kind": "a"}')[0].startswith("$.id: 1 is not of type 'string'")
    assert "'kind' is a required property" in said(tmp_path, 200, b'{"id": "1"}', "application/json; charset=utf-8")[0]
    assert said(tmp_path, 500, b"{}") == ("", "the status is not declared")
    assert said(tmp_path, 404, b"{}") == ("", "no schema")


def test_what_is_no_json_is_said_to_be_unjudged(tmp_path: Path) -> None:
    assert said(tmp_path, 200, b"{")[1].startswith("JSONDecodeError")


OLD: dict[str, Any] = {
    "type": "object",
    "required": ["a", "secret"],
    "properties": {
        "a": {"type": "string", "nullable": True, "enum": ["x"]},
        "n": {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        "secret": {"type": "string", "writeOnly": True},
    },
}


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ({"a": None}, True),
        ({"a": "x"}, True),
        ({"a": "y"}, False),
        ({}, False),
        ({"a": "x", "n": 1}, False),
        ({"a": "x", "n": 2}, True),
    ],
)
def test_a_schema_of_3_0_holds_as_it_is_meant_for_answers(value: Any, valid: bool) -> None:
    assert (first_fault(OLD, value, "file:///none", "3.0.3") == "") is valid


def test_references_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("openapi: 3.0.3\ncomponents: {schemas: {a: {type: integer, nullable: true}}}\n", "utf-8")
    schema = {"$ref": "#/components/schemas/a"}
    assert [first_fault(schema, each, path.as_uri(), "3.0.3") == "" for each in (1, None, "x")] == [True, True, False]


def test_nullable_of_3_1_is_judged_both_ways() -> None:
    schema = {"type": "string", "nullable": True, "enum": ["x"]}
    assert first_fault(schema, None, "file:///none", "3.1.0")
    assert first_fault(schema, None, "file:///none", "3.1.0", meant=True) == ""
    assert with_nulls([schema]) == [{"type": ["string", "null"], "nullable": True, "enum": ["x", None]}]


def test_a_member_named_like_a_keyword_is_a_schema() -> None:
    assert in_draft_4({"properties": {"nullable": {"type": "string"}}}) == {
        "properties": {"nullable": {"type": "string"}}
    }


def test_documents_are_tested_and_counted(tmp_path: Path) -> None:
    files = written(tmp_path, good=GOOD, failing=FAILING)
    lines = table(iter([judged_bodies(Document(Path(files[name]))) for name in ("good", "failing")]), examples=1)
    assert lines[0] == "2 documents, 9 workflows"
    assert "      3 succeeded" in lines
    assert any(line.startswith("bodies: ") and ", 0 INVALID, " in line for line in lines)
    assert "      1 refused: told at its step" in lines
    assert "      1 document-contradicts-itself: told at its step" in lines or any("itself" in line for line in lines)


def test_the_report_is_that_of_the_command(tmp_path: Path) -> None:
    several = [judged_bodies(Document(Path(written(tmp_path, good=GOOD)["good"])))]
    assert json.loads(summary_of(several))["summary"]["succeeded"] == 2


def test_an_invalid_body_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.real.bodies.first_fault", lambda *_, **__: "$: it is wrong")
    lines = table(iter([judged_bodies(Document(Path(written(tmp_path, good=GOOD)["good"])))]))
    assert any("INVALID file:" in line and line.endswith("$: it is wrong") for line in lines)
