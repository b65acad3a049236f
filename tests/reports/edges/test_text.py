import io

from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.edges import write_coverage
from arazzo_runner.reports.page import Look
from tests.mock.scenarios.shop import shop


def test_each_edge_is_a_line_with_its_runs_and_its_place() -> None:
    skip, on, *_ = edges_of(shop())
    tours = (Tour(1, Status.SUCCEEDED), Tour(2, Status.FAILED, ("order=failure",), "", ("step 'x' failed: why",)))
    coverage = Coverage("w", (Walked(skip, (1, 2, 3, 4, 5, 6)), Walked(on, (), "they contradict")), tours)
    page = io.StringIO()
    write_coverage(page, coverage, Look())
    assert page.getvalue().splitlines() == [
        "w: 1 of 2 edges taken in 2 runs",
        "  ✓ order success  skip: on to step tell  runs 1, 2, 3, 4, 5 and 1 more  arazzo.yaml:15:7",
        "  · order success  on to step wait        not taken  arazzo.yaml:10:13",
        "      they contradict",
        "run 1: as it goes of itself: succeeded",
        "run 2: order=failure: failed",
        "  ✗ step 'x' failed: why",
    ]


def test_a_step_of_a_called_workflow_has_its_name() -> None:
    edge = next(one for one in edges_of(shop()) if one.wish == "mail.fallback")
    page = io.StringIO()
    write_coverage(page, Coverage("w", (Walked(edge, (1,)),), (Tour(1, Status.SUCCEEDED),)), Look())
    assert "notify.mail failure  fallback: on to step second  run 1" in page.getvalue()
