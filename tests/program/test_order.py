from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.graph.order import ordered
from arazzo_runner.program.order import circles
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes, refused


def needs(**each: str) -> dict[str, list[str]]:
    return {step: list(wanted) for step, wanted in each.items()}


@pytest.mark.parametrize(
    ("steps", "wanted", "order"),
    [
        pytest.param("abc", {}, "abc", id="as written"),
        pytest.param("ba", needs(b="a"), "ab", id="DEP-30"),
        pytest.param("abcd", needs(b="d"), "acdb", id="as little as asked"),
        pytest.param("abc", needs(c="a", b="a"), "abc", id="satisfied already"),
        pytest.param("cba", needs(c="b", b="a"), "abc", id="a chain"),
        pytest.param("ab", needs(a="elsewhere"), "ab", id="what is not among the steps orders nothing"),
    ],
)
def test_ordered(steps: str, wanted: dict[str, list[str]], order: str) -> None:
    assert ordered(steps, wanted) == tuple(order)
    assert list(circles(steps, wanted)) == []


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [
        pytest.param(needs(a="b", b="a"), ["aba"], id="DEP-32"),
        pytest.param(needs(b="b"), ["bb"], id="DEP-32 itself"),
        pytest.param(needs(a="b", b="c", c="a"), ["abca"], id="DEP-32 over three"),
        pytest.param(needs(a="b", b="c", c="b"), ["bcb"], id="what only leads to a circle is not in it"),
        pytest.param(needs(a="a", b="c", c="b"), ["aa", "bcb"], id="two"),
    ],
)
def test_circles(wanted: dict[str, list[str]], paths: list[str]) -> None:
    assert ordered("abc", wanted) is None
    assert list(circles("abc", wanted)) == [tuple(path) for path in paths]


NEEDS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=2, unique=True))


def _is_valid(order: tuple[str, ...], wanted: Mapping[str, list[str]]) -> bool:
    return all(order.index(need) < order.index(step) for step, every in wanted.items() for need in every)


@given(st.permutations("abcdef"), NEEDS)
def test_there_is_an_order_exactly_where_nothing_circles(steps: list[str], wanted: dict[str, list[str]]) -> None:
    order, found = ordered(steps, wanted), list(circles(steps, wanted))
    assert (order is None) == bool(found)
    if order is not None:
        assert sorted(order) == sorted(steps)
        assert _is_valid(order, wanted)
    for path in found:
        assert path[0] == path[-1]
        assert len(set(path)) == len(path) - 1 > 0
        assert all(need in wanted[step] for step, need in pairwise(path))


@given(st.permutations("abcde"), NEEDS)
def test_of_all_valid_orders_it_is_the_one_nearest_to_what_is_written(
    steps: list[str], wanted: dict[str, list[str]]
) -> None:
    within = {step: [need for need in every if need in steps] for step, every in wanted.items() if step in steps}
    valid = (order for order in permutations(steps) if _is_valid(order, within))  # the nearest first
    assert ordered(steps, within) == next(valid, None)


def test_a_long_chain_and_a_big_circle_cost_no_more_than_their_size() -> None:
    ids = [f"s{number}" for number in range(20_000)]
    chain = {step: [need] for step, need in pairwise(ids)}
    assert ordered(ids, chain) == tuple(reversed(ids))
    (path,) = circles(ids, chain | {ids[-1]: [ids[0]]})
    assert len(path) == 20_001


def order_of(steps: str, more: str = "", version: str = "1.1.0", after: str = "") -> list[str]:
    text = f"workflows:\n- workflowId: w\n  {more}\n  steps:\n{steps}{after}\n"
    return [step.step_id for step in program_of(text, version=version).workflow.steps]


READS = "  - {stepId: b, operationId: item, parameters: [{name: id, in: path, value: '$steps.a.outputs.o'}, NEED]}\n"
READS = READS.replace("NEED", "{name: need, in: query, value: n}")
GIVES = "  - {stepId: a, operationId: x, outputs: {o: $response.body#/o}}\n"
NEEDY = "  - {stepId: d, operationId: x, dependsOn: [b]}\n"
AFTER = "  - {stepId: b, operationId: x, dependsOn: [a]}\n"


@pytest.mark.parametrize(
    ("steps", "order"),
    [
        pytest.param(AFTER + GIVES, "ab", id="DEP-30 declared"),
        pytest.param(READS + GIVES + NEEDY, "abd", id="DEP-29 a parameter"),
        pytest.param(READS + GIVES, "ba", id="DEP-31 nobody has dependsOn"),
        pytest.param(READS.replace("outputs.o", "outputs") + GIVES + NEEDY, "abd", id="EXP-13 all outputs at once"),
        pytest.param(READS.replace("'$", "'x{$").replace("o'}", "o}'}") + GIVES + NEEDY, "abd", id="embedded"),
        *(
            pytest.param("  - {stepId: b, operationId: z, " + part + "}\n" + GIVES + NEEDY, "abd", id=name)
            for name, part in {
                "a body": "requestBody: {payload: {p: [$steps.a.outputs.o]}}",
                "a criterion": "successCriteria: [{condition: '$steps.a.outputs.o == 1'}]",
                "a context": "successCriteria: [{context: $steps.a.outputs.o, condition: x, type: regex}]",
                "an action": "onFailure: [{name: n, type: end, criteria: [{condition: '$steps.a.outputs.o == 1'}]}]",
                "an output": "outputs: {o: $steps.a.outputs.o}",
            }.items()
        ),
        pytest.param(
            "  - {stepId: b, operationId: x, dependsOn: [$workflows.w.steps.a]}\n" + GIVES, "ab", id="the long form"
        ),
        pytest.param(
            "  - {stepId: a, operationId: x, outputs: {o: $steps.a.outputs.o}, dependsOn: [c]}\n"
            "  - {stepId: c, operationId: x}\n",
            "ca",
            id="what a step reads of its own is no dependency",
        ),
        pytest.param(
            AFTER + GIVES + "  - {stepId: g, operationId: x, onSuccess: [{name: n, type: goto, stepId: b}]}\n",
            "bag",
            id="a workflow that uses goto keeps its order",
        ),
        pytest.param(
            AFTER + GIVES + "  - {stepId: g, operationId: x, onFailure: [{name: n, type: retry, stepId: b}]}\n",
            "abg",
            id="a retry with a reference is no goto",
        ),
        pytest.param(
            AFTER + GIVES + "  - {stepId: g, operationId: x, onSuccess: [{name: n, type: goto, workflowId: w}]}\n",
            "abg",
            id="nor is handing over to a workflow",
        ),
    ],
)
def test_steps_run_in_the_order_of_their_dependencies(steps: str, order: str) -> None:
    assert order_of(steps) == list(order)


def test_positions_are_those_of_the_order() -> None:
    workflow = program_of("workflows:\n- workflowId: w\n  steps:\n" + AFTER + GIVES, version="1.1.0").workflow
    assert {step_id: workflow.steps[index].step_id for step_id, index in workflow.positions.items()} == {
        "a": "a",
        "b": "b",
    }


@pytest.mark.parametrize(
    "inherited",
    [
        "successActions: [{name: n, type: goto, stepId: a}]",
        "failureActions: [{reference: $components.failureActions.back}]",
    ],
)
def test_a_goto_that_is_inherited_keeps_the_order_too(inherited: str) -> None:
    components = "components: {failureActions: {back: {name: back, type: goto, stepId: a}}}"
    assert order_of(AFTER + GIVES, inherited, after=components) == ["b", "a"]
    assert order_of(AFTER + GIVES, after=components) == ["a", "b"]


def test_a_document_of_1_0_keeps_its_order() -> None:
    found = compile_text("workflows:\n- workflowId: w\n  steps:\n" + AFTER + GIVES)  # FLO-02
    assert found.program is not None
    assert [step.step_id for step in found.program.workflow.steps] == ["b", "a"]
    assert not any(step.depends_on for step in found.program.workflow.steps)


def test_what_is_inherited_in_actions_orders_as_long_as_it_makes_no_circle() -> None:
    action = "failureActions: [{name: n, type: end, criteria: [{condition: '$steps.a.outputs.o == 1'}]}]"
    free = "  - {stepId: c, operationId: x}\n"
    assert order_of(free + AFTER + GIVES, action) == ["a", "c", "b"]
    before = GIVES.replace("outputs:", "dependsOn: [c], outputs:")
    assert order_of(AFTER + free + before, action) == ["c", "a", "b"]


CIRCLES = {
    "declared": "[«b»]}\n  - {stepId: b, operationId: x, dependsOn: [a]}",
    "itself": "[b, «a»]}\n  - {stepId: b, operationId: x}",
    "itself in the long form": "[«$workflows.w.steps.a»]}\n  - {stepId: b, operationId: x}",
    "declared and read": "[«b»]}\n  - {stepId: b, operationId: z, requestBody: {payload: $steps.a.outputs.o}}",
}


@pytest.mark.parametrize("steps", CIRCLES.values(), ids=CIRCLES)
def test_circles_are_refused_with_their_path(steps: str) -> None:
    head = (
        "workflows:\n- workflowId: w\n  steps:\n  - {stepId: a, operationId: x, outputs: {o: $statusCode}, dependsOn: "
    )
    (found,) = refused(head + steps + "\n", version="1.1.0")
    assert found.code == "dependency-circle"
    told = "step 'a' depends on itself" if "«b»" not in steps else "a -> b -> a"
    assert found.message.endswith(told)


def test_a_circle_says_what_each_step_is_needed_for() -> None:
    text = """workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: x, outputs: {o: $statusCode}, dependsOn: [«b»]}
  - {stepId: b, operationId: z, requestBody: {payload: $steps.a.outputs.o}}
"""
    (found,) = refused(text, version="1.1.0")
    assert found.help == "'a' has 'b' in dependsOn; 'b' reads an output of 'a': take one of them out"


def test_with_goto_only_what_is_declared_can_circle() -> None:
    turn = "  - {stepId: g, operationId: x, onSuccess: [{name: n, type: goto, stepId: b}]}\n"
    circle = GIVES.replace("outputs:", "dependsOn: [b], outputs:")
    assert order_of(READS + circle + turn) == ["b", "a", "g"]
    text = "workflows:\n- workflowId: w\n  steps:\n" + AFTER + circle + turn
    assert codes(compile_text(text, version="1.1.0").diagnostics) == ["dependency-circle"]
