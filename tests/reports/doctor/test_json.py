import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from arazzo_runner.reports.doctor.json import readiness_json, write_readiness
from arazzo_runner.reports.doctor.readiness import Readiness
from tests.reports.doctor.facts import BUY, FACTS, LOOK


@pytest.fixture
def schema(project: Path) -> Any:
    found = json.loads((project / "arazzo_runner/reports/doctor/doctor.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.mark.parametrize(
    "facts", [FACTS, replace(FACTS, workflows=(BUY, LOOK), profile=""), replace(FACTS, sources=(), servers=())]
)
def test_json_is_as_its_schema_says(facts: Readiness, schema: Any) -> None:
    stream = io.StringIO()
    write_readiness(stream, facts)
    jsonschema.validate(json.loads(stream.getvalue()), schema)


def test_what_it_says() -> None:
    said: Any = readiness_json(FACTS)
    [flow] = said["workflows"]
    assert (said["ready"], flow["ready"]) == (False, False)
    assert flow["commandLine"] == "arazzo run 'my flow.yml' --workflow buy -i id=..."
    assert [each["code"] for each in flow["findings"]] == ["operation-unknown"]
    assert [each["satisfied"] for each in flow["credentials"]] == [True, True, True]
    by_name = {each["name"]: each for each in flow["inputs"]}
    assert by_name["pin"]["default"] == "[redacted]"
    assert "default" not in by_name["id"]
    assert (by_name["what"]["example"], by_name["what"]["missing"]) == ("cup", True)
    assert [each["size"] for each in said["sources"]] == [4, 1, None]
