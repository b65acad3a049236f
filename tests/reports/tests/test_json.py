import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Trials, TriedDocument
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.tests.json import write_refused_trials, write_trials_json
from tests.reports.tests.trials import TRIALS


@pytest.fixture
def schema(project: Path) -> Any:
    return json.loads((project / "arazzo_runner/reports/tests/tests.schema.json").read_text("utf-8"))


def written(trials: Trials, schema: Any) -> Any:
    page = io.StringIO()
    write_trials_json(page, trials, Look())
    document = json.loads(page.getvalue())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    return document


def test_tests_are_written_as_their_schema_says(schema: Any) -> None:
    document = written(TRIALS, schema)
    assert document["status"] == "failed"
    assert document["summary"] == {
        "documents": 3,
        "unreadable": 1,
        "documentsFailed": 1,
        "workflows": 4,
        "succeeded": 1,
        "failed": 3,
        "failedByReason": {"crash": 1, "criterion-contradicts-schema": 1, "criterion-failed": 1, "refused": 1},
        "runs": 5,
        "requests": 8,
        "breaches": 1,
        "edges": 10,
        "edgesTaken": 6,
        "seconds": 1.5,
    }
    good, bad, refused, led = document["documents"][0]["workflows"]
    assert (good["status"], good["reason"], good["failures"]) == ("succeeded", None, [])
    assert (good["breaches"], bad["breaches"]) == (["the body is no object"], [])
    assert bad["failures"][0]["criteria"][0]["operands"] == [{"text": "$response.body#/a", "was": '"y"'}]
    assert (refused["fingerprint"], refused["failures"][0]["finding"]) == (None, "operation-unknown")
    assert led["edgesNotTaken"] == [{"wish": "pay.never", "place": "a.yml:7:3", "why": "no way leads there"}]
    assert [each["status"] for each in document["documents"]] == ["failed", "unreadable", "failed"]


@pytest.mark.parametrize(
    ("trials", "status"),
    [
        (Trials((TriedDocument("f"),)), "succeeded"),
        (replace(TRIALS, interrupted=True), "interrupted"),
    ],
)
def test_the_whole_has_a_status(trials: Trials, status: str, schema: Any) -> None:
    assert written(trials, schema)["status"] == status


def test_a_refusal_has_the_same_members(schema: Any) -> None:
    page = io.StringIO()
    write_refused_trials(page, "no such flag", "")
    document = json.loads(page.getvalue())
    jsonschema.validate(document, schema)
    assert (document["status"], document["error"]) == ("refused", {"message": "no such flag", "hint": None})


def test_the_schema_lists_all_reasons(schema: Any) -> None:
    assert schema["$defs"]["reason"]["enum"] == [reason.value for reason in Reason]
