from __future__ import annotations

from arazzo_runner.coverage.edges import Edge, edges_of
from arazzo_runner.mock.scenarios.endings import Take
from arazzo_runner.mock.scenarios.guide import MAX_ROUNDS, Guide
from arazzo_runner.mock.scenarios.routes import Routes
from arazzo_runner.mock.scenarios.script import Steps
from arazzo_runner.program.model import StepKey
from tests.mock.scenarios.requests import request_of
from tests.mock.scenarios.shop import shop

PROGRAM = shop()
ROUTES = Routes(edges_of(PROGRAM), PROGRAM)


def edge(wish: str) -> Edge:
    return next(one for one in ROUTES.edges if one.wish == wish)


def guide(*wishes: str) -> Guide:
    return Guide([edge(wish) for wish in wishes], ROUTES, Steps(PROGRAM))


def wanted(one: Guide, step: str) -> object:
    key = next(edge.step for edge in ROUTES.edges if edge.step.step_id == step)
    return one.ending(request_of(PROGRAM, key))


def test_the_next_edge_is_wanted_at_its_step_alone() -> None:
    leads = guide("order=success", "wait.poll")
    assert wanted(leads, "order") == Take((edge("order=success"),))
    assert wanted(leads, "wait") is None
    leads.took(edge("order=success"), ("order",), "")
    assert wanted(leads, "wait") == Take((edge("wait.poll"),))
    leads.took(edge("wait.poll"), ("wait",), "")
    assert wanted(leads, "wait") is None
    leads.ended("")
    assert leads.missed is None


def test_a_retry_before_the_wanted_edge_is_used_up() -> None:
    leads = guide("order.give-up")
    leads.took(edge("order.again"), ("order",), "")
    assert wanted(leads, "order") == Take((edge("order.give-up"),))


def test_what_is_called_again_fails_again() -> None:
    leads = guide("mail=failure", "tell.shrug")
    leads.took(edge("mail=failure"), ("tell", "mail"), "status 500")
    leads.took(edge("tell.once-more"), ("tell",), "")
    assert wanted(leads, "mail") == Take((edge("mail=failure"),))
    leads.took(edge("mail=failure"), ("tell", "mail"), "status 500")
    leads.took(edge("tell.shrug"), ("tell",), "it failed")
    assert leads.missed is None
    assert leads.unexpected == []


def test_another_way_is_a_miss_with_its_reason() -> None:
    leads = guide("order=success", "wait.poll")
    leads.took(edge("order.give-up"), ("order",), "the status was 409")
    assert leads.missed == edge("order=success")
    assert leads.why == "step 'order' ended in failure, action 'give-up': the status was 409"
    assert leads.unexpected == ["step 'order' failed: the status was 409"]
    assert wanted(leads, "wait") is None


def test_what_the_mock_says_is_the_better_reason() -> None:
    leads = guide("wait.never")
    leads.unmet(request_of(PROGRAM, StepKey(PROGRAM.entry, "wait")), "they contradict each other")
    leads.took(edge("wait=success"), ("wait",), "")
    assert leads.why == "they contradict each other"


def test_what_is_never_come_to_is_missed_at_the_end() -> None:
    leads = guide("order=success", "wait.poll")
    leads.ended("the budget is used up")
    assert leads.missed == edge("wait.poll")
    assert "the budget is used up" in leads.why


def test_a_circle_is_noticed_and_progress_is_none() -> None:
    leads = guide("wait.poll")
    for _ in range(MAX_ROUNDS):
        leads.took(edge("order.skip"), ("order",), "")
    assert not leads.is_lost
    leads.took(edge("order.skip"), ("order",), "")
    assert leads.is_lost
    leads.took(edge("wait.poll"), ("wait",), "")
    assert not leads.is_lost
