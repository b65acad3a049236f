"""What is measured and counted."""

from __future__ import annotations

from tests.reports.run.tape import CHECKOUT, CUT_OFF
from tests.reports.telemetry.watched import watched


def test_requests_are_measured_by_how_they_ended() -> None:
    points = watched(CHECKOUT).metrics["http.client.request.duration"]
    found = {
        (point.attributes["http.request.method"], point.attributes.get("error.type")): (
            point.count,
            round(point.sum, 3),
        )
        for point in points
        if point.attributes["server.address"] == "shop.test"
    }
    assert found[("GET", "503")] == (1, 0.31)
    assert found[("GET", "reset")] == (1, 0.05)
    assert found[("POST", "402")] == (1, 0.1)
    assert sum(point.count for point in points) == 8
    assert points[0].explicit_bounds[:3] == (0.005, 0.01, 0.025)
    assert all(point.attributes["server.port"] == 443 for point in points)
    assert not any("url.full" in point.attributes for point in points)


def test_steps_and_runs_are_counted_by_result() -> None:
    metrics = watched(CHECKOUT).metrics
    steps = {
        (point.attributes["arazzo.step.id"], point.attributes["arazzo.result"]): point
        for point in metrics["arazzo.steps"]
    }
    assert steps[("find", "succeeded")].value == 1
    assert steps[("card", "failed")].attributes["arazzo.workflow.id"] == "charge"
    assert steps[("audit", "skipped")].attributes["arazzo.workflow.id"] == "checkout"
    (run,) = metrics["arazzo.runs"]
    assert (run.value, dict(run.attributes)) == (1, {"arazzo.workflow.id": "checkout", "arazzo.result": "failed"})
    (took,) = metrics["arazzo.run.duration"]
    assert round(took.sum, 3) == 4.263


def test_a_run_that_was_broken_off_is_not_counted() -> None:
    assert "arazzo.runs" not in watched(CUT_OFF).metrics
