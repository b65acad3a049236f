from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.limits import MAX_RECORDED, MAX_STEPS
from arazzo_runner.engine.record import FIRST, Record
from arazzo_runner.engine.result import Status, StepResult


def step(number: int) -> StepResult:
    return StepResult(str(number), "flow", (str(number),), Status.SUCCEEDED)


@given(st.integers(0, 400), st.integers(1, 250))
def test_the_first_and_the_last_are_kept(count: int, most: int) -> None:
    record = Record(most)
    for number in range(count):
        record.append(step(number))
    found = [int(each.step_id) for each in record.kept]
    assert len(found) == min(count, most)
    assert found == sorted(found)
    assert record.left_out == count - len(found)
    begin = min(FIRST, most, count)
    assert found[:begin] == list(range(begin))
    if most > FIRST and count:
        assert found[-1] == count - 1


def test_a_run_with_its_usual_budget_is_kept_whole() -> None:
    assert MAX_RECORDED >= MAX_STEPS
