from types import SimpleNamespace
from typing import Any

import pytest

from arazzo_runner.cli.each.flags import check
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"json": True}, "--json is for one run"),
        ({"output": "id"}, "--output is for one run"),
        ({"dry_run": True}, "--dry-run is for one run"),
        ({"step": True}, "--step is for one run"),
        ({"report": ["html"]}, "--report is for one run"),
        ({"journal": "x"}, "--journal is for one run"),
        ({"scenario": ["all"]}, "--scenario all"),
        ({"each_format": "xml"}, "'xml' is none of csv, json, ndjson"),
        ({"rate": 0.0}, "--rate: not a number"),
        ({"rate": float("nan")}, "--rate: not a number"),
    ],
)
def test_flags_that_contradict_many_runs_are_refused(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        check(SimpleNamespace(**fields), "rows.csv")


@pytest.mark.parametrize("field", ["each_format", "concurrency", "rate", "results", "resume"])
def test_flags_of_many_runs_want_rows(field: str) -> None:
    with pytest.raises(UsageError, match=f"--{field.replace('_', '-')} is for --each"):
        check(SimpleNamespace(**{field: 1}), None)


def test_what_fits_is_left_alone() -> None:
    check(SimpleNamespace(json=True), None)
    check(SimpleNamespace(json=False, scenario=["a=failure"], each_format="csv", rate=0.5), "rows.csv")
