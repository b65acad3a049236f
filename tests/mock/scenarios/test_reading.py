from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.errors import UsageError
from arazzo_runner.mock.plans import StatusTest
from arazzo_runner.mock.scenarios.endings import Answer, Break, Ending, Fail, Fault, Succeed, Take
from arazzo_runner.mock.scenarios.reading import read_scenario
from tests.engine.programs import as_yaml, program_of
from tests.mock.scenarios.shop import shop


@pytest.mark.parametrize(
    ("text", "ending", "times"),
    [
        ("order=failure", Fail(), None),
        ("order=success", Succeed(), None),
        ("order=503", Answer(StatusTest("==", 503)), None),
        ("order*2=429", Answer(StatusTest("==", 429)), 2),
        (" order = failure", Fail(), None),
        *((f"order={fault.value}", Break(fault), None) for fault in Fault),
    ],
)
def test_an_outcome_is_read(text: str, ending: Ending, times: int | None) -> None:
    if " =" in text:
        with pytest.raises(UsageError):
            read_scenario([text], shop())
        return
    (order,) = read_scenario([text], shop())
    assert (order.step.step_id, order.ending, order.times, order.path) == ("order", ending, times, ("order",))


@pytest.mark.parametrize(
    ("text", "passed", "index", "times"),
    [
        ("order.skip", True, 0, None),
        ("order.again", False, 0, None),
        ("order.give-up", False, 1, None),
        ("order.again*2", False, 0, 2),
    ],
)
def test_an_action_is_read(text: str, passed: bool, index: int, times: int | None) -> None:
    (order,) = read_scenario([text], shop())
    assert isinstance(order.ending, Take)
    assert [(edge.passed, edge.index) for edge in order.ending.edges] == [(passed, index)]
    assert order.times == times


def test_several_wishes_stand_in_one_text_or_in_several() -> None:
    one = read_scenario(["order*2=429, wait=404,mail=refused"], shop())
    assert one == read_scenario(["order*2=429", "wait=404", "mail=refused"], shop())
    assert [order.step.step_id for order in one] == ["order", "wait", "mail"]


def test_a_class_of_statuses_can_be_wished_for() -> None:
    (order,) = read_scenario(["order=4xx"], shop())
    assert isinstance(order.ending, Answer)
    assert [order.ending.status.allows(status) for status in (399, 400, 499, 500)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ordr=failure", ["no step 'ordr'", "did you mean 'order'"]),
        ("zzzzzz=failure", ["no step 'zzzzzz'", "'order'", "'notify.mail'"]),
        ("order=failur", ["no outcome 'failur'", "did you mean 'failure'", "broken-json"]),
        ("order=999", ["no outcome '999'", "a status (503)"]),
        ("order=", ["no outcome ''"]),
        ("order", ["says nothing of what shall happen"]),
        ("order.skp", ["has no action 'skp'", "did you mean 'skip'"]),
        ("wait.zzz", ["has no action 'zzz'", "'poll', 'never'"]),
        ("order*x=failure", ["no number of attempts"]),
        ("order*0=failure", ["no number of attempts"]),
        ("order=failure,", ["no step ''"]),
        ("", ["no step ''"]),
        ("tell=503", ["calls workflow 'notify'", "tell/STEP=503"]),
        ("order=failure,order=success", ["'order=failure' before it is for every attempt"]),
        ("order=all", ["no outcome 'all'"]),
        ("all", ["many runs"]),
    ],
)
def test_what_is_not_there_is_told_before_anything_runs(text: str, words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        read_scenario([text], shop())
    for word in words:
        assert word in str(caught.value)


def test_a_step_that_calls_a_workflow_fails_by_a_step_of_it() -> None:
    orders = read_scenario(["tell=failure"], shop())
    assert [(order.step.step_id, order.path, type(order.ending)) for order in orders] == [
        ("mail", ("tell", "mail"), Take)
    ]
    assert read_scenario(["tell=success"], shop()) == ()


SHOP = shop()
NAMES = st.text("ab.=*,/\\ ", min_size=1, max_size=4)


def escaped(name: str) -> str:
    return "".join("\\" + letter for letter in name)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.data())
def test_every_id_can_be_reached_when_it_is_escaped(ids: list[str], data: st.DataObject) -> None:
    actions = [{"name": name, "type": "end"} for name in ids]
    steps = [{"stepId": step_id, "operationId": "x", "onFailure": actions} for step_id in ids]
    compiled = program_of(as_yaml([{"workflowId": "w", "steps": steps}]))
    step, action = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    (order,) = read_scenario([f"{escaped(step)}*3=failure"], compiled)
    assert (order.step.step_id, order.times) == (step, 3)
    (order,) = read_scenario([f"{escaped(step)}.{escaped(action)}"], compiled)
    assert order.step.step_id == step
    assert isinstance(order.ending, Take)
    assert [edge.name for edge in order.ending.edges] == [action]


@given(st.text("order.wait=*,/\\ skip429", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert read_scenario([text], SHOP)
