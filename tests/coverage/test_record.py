import pytest

from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.coverage.record import Coverage, Tour, Walked
from arazzo_runner.engine.result import Status
from tests.mock.scenarios.shop import shop

GOOD, BAD = Tour(1, Status.SUCCEEDED), Tour(1, Status.FAILED, reason="it failed")
LED = Tour(2, Status.FAILED, ("a=failure",), "it was to fail")
ODD = Tour(2, Status.FAILED, ("a=failure",), "", ("step 'b' failed",))


@pytest.mark.parametrize(
    ("tours", "succeeded"), [((GOOD,), True), ((GOOD, LED), True), ((BAD, LED), False), ((GOOD, ODD), False)]
)
def test_a_walk_succeeds_where_nothing_failed_unasked(tours: tuple[Tour, ...], succeeded: bool) -> None:
    assert Coverage("w", (), tours).succeeded is succeeded


def test_what_was_taken_is_counted() -> None:
    first, second, *_ = edges_of(shop())
    coverage = Coverage("w", (Walked(first, (1, 2)), Walked(second, (), "no way")), (GOOD,))
    assert (coverage.taken, [walked.taken for walked in coverage.edges]) == (1, [True, False])
