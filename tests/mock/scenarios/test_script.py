from arazzo_runner.mock.scenarios.endings import Fail, Succeed
from arazzo_runner.mock.scenarios.script import Order, Scenario, Steps
from arazzo_runner.program.model import StepKey
from tests.mock.scenarios.requests import request_of
from tests.mock.scenarios.shop import shop

PROGRAM = shop()
ORDER = StepKey(PROGRAM.entry, "order")
MAIL = next(StepKey(key, "mail") for key in PROGRAM.workflows if key.workflow_id == "notify")


def test_an_order_that_counts_gives_way_to_the_next() -> None:
    script = Scenario(PROGRAM, [Order(ORDER, Fail(), times=2), Order(ORDER, Succeed())])
    effect = request_of(PROGRAM, ORDER)
    assert [script.ending(effect) for _ in range(4)] == [Fail(), Fail(), Succeed(), Succeed()]


def test_when_it_is_used_up_nothing_is_wanted() -> None:
    script = Scenario(PROGRAM, [Order(ORDER, Fail(), times=1)])
    effect = request_of(PROGRAM, ORDER)
    assert [script.ending(effect) for _ in range(2)] == [Fail(), None]


def test_a_path_means_one_place_and_none_means_all() -> None:
    below, elsewhere = request_of(PROGRAM, MAIL, "tell", "mail"), request_of(PROGRAM, MAIL, "other", "mail")
    one = Scenario(PROGRAM, [Order(MAIL, Fail(), ("tell", "mail"))])
    assert [one.ending(below), one.ending(elsewhere)] == [Fail(), None]
    anywhere = Scenario(PROGRAM, [Order(MAIL, Fail())])
    assert [anywhere.ending(below), anywhere.ending(elsewhere)] == [Fail(), Fail()]


def test_an_order_is_for_its_own_step() -> None:
    script = Scenario(PROGRAM, [Order(ORDER, Fail())])
    assert script.ending(request_of(PROGRAM, StepKey(PROGRAM.entry, "wait"))) is None


def test_a_step_of_another_program_has_no_key() -> None:
    assert Steps(PROGRAM).key_of(PROGRAM.workflow.steps[0]) == ORDER
    assert Steps(PROGRAM).key_of(shop().workflow.steps[0]) is None
