from __future__ import annotations

import pytest

from arazzo_runner.validate.flow import Flow, flow_of
from tests.engine.programs import program_of


def flow(*actions: str) -> Flow:
    steps = "".join(f"  - {{stepId: s{index}, operationId: x{one}}}\n" for index, one in enumerate(actions))
    return flow_of(program_of("workflows:\n- workflowId: w\n  steps:\n" + steps).workflow)


def go(to: int, criteria: str = "", kind: str = "onSuccess", type: str = "goto") -> str:
    listed = f", criteria: [{{condition: {criteria}}}]" if criteria else ""
    return f", {kind}: [{{name: a, type: {type}, stepId: s{to}{listed}}}]"


END = ", onSuccess: [{name: a, type: end}]"
FAIL_END = ", onFailure: [{name: a, type: end}]"


@pytest.mark.parametrize(
    ("actions", "reachable", "leading_out"),
    [
        (("", "", ""), {0, 1, 2}, {0, 1, 2}),
        ((END, "", ""), {0}, {0, 1, 2}),
        ((go(2), "", ""), {0, 2}, {0, 1, 2}),
        ((go(2, "$statusCode == 200"), "", ""), {0, 1, 2}, {0, 1, 2}),
        ((END + go(2, kind="onFailure"), "", ""), {0, 2}, {0, 1, 2}),
        ((END + go(2, kind="onFailure", type="retry"), "", END), {0, 2}, {0, 1, 2}),
        (("", go(0), ""), {0, 1}, {2}),
        ((go(0), ""), {0}, {1}),
        ((go(0) + FAIL_END, ""), {0}, {0, 1}),
        ((go(0, "$statusCode == 202"), ""), {0, 1}, {0, 1}),
    ],
)
def test_where_steps_lead(actions: tuple[str, ...], reachable: set[int], leading_out: set[int]) -> None:
    found = flow(*actions)
    assert found.reachable() == frozenset(reachable)
    assert found.leading_out() == frozenset(leading_out)
