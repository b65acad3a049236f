import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from arazzo_runner.errors import CannotContinue, UsageError
from arazzo_runner.reports.comparison.json import write_comparison, write_refused_comparison
from arazzo_runner.reports.page import Look
from tests.reports.comparison.pairs import COMPARISONS

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "arazzo_runner/reports/comparison/comparison.schema.json").read_text("utf-8")
)


def written(name: str) -> Any:
    page = io.StringIO()
    write_comparison(page, COMPARISONS[name], Look())
    return json.loads(page.getvalue())


@pytest.mark.parametrize("name", COMPARISONS)
def test_it_is_as_its_schema_says(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(written(name), SCHEMA)


def test_what_differs_for_a_program() -> None:
    found = written("different")
    assert (found["same"], found["summary"]["notCompared"]) == (False, 1)
    assert found["summary"]["steps"] == {"same": 1, "changed": 1, "left": 1, "right": 1}
    get = found["steps"][1]
    assert (get["step"], get["left"]["answers"], get["right"]["answers"]) == (["get"], ["503", "200"], ["200"])
    assert [(each["left"], each["right"]) for each in get["tries"]] == [(1, None), (2, 1)]
    item = {"part": "answer", "place": "body #/items/1", "kind": "left", "left": 2}
    assert item in get["tries"][1]["differences"]
    assert found["ended"]["differences"][0] == {"part": "output", "place": "'id'", "kind": "left", "left": 1}


@pytest.mark.parametrize("error", [UsageError("no journal", "name one"), CannotContinue("the disk is full")])
def test_why_nothing_was_compared(error: UsageError | CannotContinue) -> None:
    page = io.StringIO()
    write_refused_comparison(page, error)
    found = json.loads(page.getvalue())
    jsonschema.validate(found, SCHEMA)
    assert (found["same"], found["error"]["message"]) == (None, str(error).partition("\n")[0])
