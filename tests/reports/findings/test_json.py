import io
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.diagnostics import Applicability, Diagnostic, Edit, Fix, Related, Severity, Span, error, warning
from arazzo_runner.reports.findings.json import SCHEMA_VERSION, write_findings
from arazzo_runner.reports.findings.judgement import judgement_of
from arazzo_runner.reports.page import Look

SCHEMA = json.loads(files("arazzo_runner.reports.findings").joinpath("findings.schema.json").read_text("utf-8"))
SPAN = Span("file:///docs/a.yml", 3, 4, 5, 6, "a.yml", "text \x1b\ud800")
NAMELESS = Span("https://x.test/b.yml", 1, 1, 1, 1)
FOUND = (
    warning("doubt", "really?", SPAN),
    error("wrong", "no \x1b[31m\u202e\ud800", SPAN, "do this"),
    error("nowhere", "no place"),
    Diagnostic("note", Severity.NOTE, "n", NAMELESS, "", (Related("here", SPAN), Related("there", NAMELESS))),
)


def _written(*found: Diagnostic) -> Any:
    stream = io.StringIO()
    write_findings(stream, judgement_of(found), Look())
    return json.loads(stream.getvalue())


FIXABLE = {"fixed": 0, "fixable": 0, "fixableUnsafe": 0}
EDIT = Edit(SPAN, 'new "text"')
MENDABLE = (
    replace(FOUND[0], fix=Fix("write it", (), edits=(EDIT,))),
    replace(FOUND[1], fix=Fix("guess", (), Applicability.UNSAFE, (EDIT, EDIT))),
)


def test_fixes_are_told_with_their_edits() -> None:
    written = _written(*MENDABLE)
    Draft202012Validator(SCHEMA).validate(written)
    guess, sure = (each["fix"] for each in written["findings"])
    edit = {"file": "a.yml", "line": 3, "column": 4, "endLine": 5, "endColumn": 6, "text": 'new "text"'}
    assert sure == {"message": "write it", "applicability": "safe", "edits": [edit]}
    assert guess == {"message": "guess", "applicability": "unsafe", "edits": [edit, edit]}
    assert written["summary"] | {"fixable": 1, "fixableUnsafe": 1} == written["summary"]


def test_a_finding_in_full() -> None:
    assert _written(FOUND[3])["findings"] == [
        {
            "code": "note",
            "severity": "note",
            "message": "n",
            "file": "https://x.test/b.yml",
            "line": 1,
            "column": 1,
            "endLine": 1,
            "endColumn": 1,
            "help": None,
            "related": [
                {"message": "here", "file": "a.yml", "line": 3, "column": 4, "endLine": 5, "endColumn": 6},
                {"message": "there", "file": NAMELESS.uri, "line": 1, "column": 1, "endLine": 1, "endColumn": 1},
            ],
            "fix": None,
        }
    ]


def test_the_order_and_the_counts_are_those_of_the_text_form() -> None:
    written = _written(*FOUND)
    assert [each["code"] for each in written["findings"]] == ["nowhere", "wrong", "doubt", "note"]
    assert written["summary"] == {"errors": 2, "warnings": 1, "notes": 1, "files": 2, "omitted": 0} | FIXABLE


def test_the_files_are_those_that_were_judged_where_their_number_is_known() -> None:
    for found, judged in (((), 1), (FOUND, 7)):
        stream = io.StringIO()
        write_findings(stream, judgement_of(found, ("f",) * judged), Look())
        assert json.loads(stream.getvalue())["summary"]["files"] == judged


@pytest.mark.parametrize("found", [(), FOUND[:1], FOUND[2:3], FOUND])
def test_the_schema_describes_it(found: tuple[Diagnostic, ...]) -> None:
    Draft202012Validator(SCHEMA).validate(_written(*found))


def test_the_schema_is_sound_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schemaVersion"]["const"] == SCHEMA_VERSION
    assert SCHEMA["$defs"]["finding"]["properties"]["severity"]["enum"] == [each.value for each in Severity]
    written = _written(*FOUND) | {"more": 1}
    assert not Draft202012Validator(SCHEMA).is_valid(written)
