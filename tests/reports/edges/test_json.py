import io
import json
from pathlib import Path

import jsonschema

from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.edges import write_coverage_json, write_refused_coverage
from tests.mock.scenarios.shop import shop


def schema(project: Path) -> object:
    return json.loads((project / "arazzo_runner/reports/edges/coverage.schema.json").read_text("utf-8"))


def test_a_walk_is_written_as_its_schema_says(project: Path) -> None:
    skip, on, *_ = edges_of(shop())
    tours = (Tour(1, Status.SUCCEEDED), Tour(2, Status.STOPPED, ("order.skip",), "why", ("what",)))
    page = io.StringIO()
    write_coverage_json(page, Coverage("w", (Walked(skip, (1,)), Walked(on, (), "no")), tours))
    written = json.loads(page.getvalue())
    jsonschema.validate(written, schema(project))
    assert written["status"] == "failed"
    assert written["summary"] == {"edges": 2, "taken": 1, "runs": 2}
    assert [(edge["step"], edge["action"], edge["taken"], edge["why"]) for edge in written["edges"]] == [
        ("order", "skip", True, None),
        ("order", None, False, "no"),
    ]
    assert written["runs"][1]["wishes"] == ["order.skip"]


def test_a_refusal_has_the_same_members(project: Path) -> None:
    page = io.StringIO()
    write_refused_coverage(page, UsageError("no", "do"), "w")
    written = json.loads(page.getvalue())
    jsonschema.validate(written, schema(project))
    assert (written["status"], written["error"]["message"]) == ("refused", "no")
