import pytest

from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.mock.scenarios.places import step_of
from arazzo_runner.mock.scenarios.unmet import blocked_by
from tests.mock.scenarios.shop import shop


@pytest.mark.parametrize(
    ("wish", "blocked"),
    [("tell.too-late", True), ("tell.shrug", False), ("tell.once-more", False), ("order.give-up", False)],
)
def test_an_action_behind_one_without_criteria_is_blocked(wish: str, blocked: bool) -> None:
    program = shop()
    edge = next(one for one in edges_of(program) if one.wish == wish)
    reason = blocked_by(edge, step_of(program, edge.step))
    assert bool(reason) is blocked
    if blocked:
        assert reason.startswith("action 'shrug' at arazzo.yaml:")
