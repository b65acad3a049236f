from itertools import combinations, pairwise

import pytest
from hypothesis import given

from arazzo_runner.graph import Graph
from arazzo_runner.graph.lanes import MAX_LANES
from arazzo_runner.graph.layout import MAX_ROWS, MAX_WAYS, Box, Layout, Point, Route, Tone, layout
from arazzo_runner.values import JSON
from tests.graph.flows import figure, flow, graph, graphs


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Tell whether a line goes through the inside of a box."""
    (left, right), (top, bottom) = (sorted(ends) for ends in zip(*line, strict=True))
    across = left < box.x + box.width - 1 and right > box.x + 1
    return across and top < box.y + box.height - 1 and bottom > box.y + 1


def by_id(plan: Layout) -> dict[str, Box]:
    return {box.node.id: box for box in plan.boxes}


def route(plan: Layout, source: str, target: str) -> Route:
    return next(one for one in plan.routes if (one.edge.source, one.edge.target) == (source, target))


@given(graphs)
def test_nothing_lies_on_anything(drawn: Graph) -> None:
    for one in drawn.figures:
        plan = layout(one)
        assert not any(overlap(*pair) for pair in combinations(plan.boxes, 2))
        for way in plan.routes:
            assert not any(crosses(line, box) for line in pairwise(way.points) for box in plan.boxes)
            assert all(x == z or y == w for (x, y), (z, w) in pairwise(way.points))
            assert all(0 <= x <= plan.width and 0 <= y <= plan.height for x, y in way.points)
        assert all(box.x >= 0 and box.x + box.width <= plan.width for box in plan.boxes)
        assert {box.node.id for box in plan.boxes} == {node.id for node in one.nodes}
        assert {way.edge for way in plan.routes} == set(one.edges)


@given(graphs)
def test_the_same_figure_has_the_same_layout(drawn: Graph) -> None:
    for one in drawn.figures:
        assert layout(one) == layout(one)


def test_what_follows_by_itself_is_a_straight_line() -> None:
    plan = layout(figure("a", "b"))
    straight = route(plan, "a", "b")
    boxes = by_id(plan)
    assert [y for _, y in straight.points] == [boxes["a"].y + boxes["a"].height, boxes["b"].y]
    assert straight.tone is Tone.PLAIN


def test_ways_to_one_target_share_a_lane() -> None:
    plan = layout(figure("a", "b"))
    assert route(plan, "a", "failure").points[1][0] == route(plan, "b", "failure").points[1][0]


def test_a_retry_is_a_loop_at_its_step() -> None:
    plan = layout(figure({"stepId": "a", "onFailure": [{"name": "r", "type": "retry"}]}))
    loop, box = route(plan, "a", "a"), by_id(plan)["a"]
    assert loop.tone is Tone.RETRY
    assert {x for x, _ in loop.points} == {box.x + box.width, box.x + box.width + 24}
    assert [words.text for words in loop.words] == ["r", "retry up to 1 time"]


def test_a_default_beside_actions_says_so() -> None:
    action: JSON = {"name": "g", "type": "end", "criteria": [{"condition": "x"}]}
    plan = layout(figure({"stepId": "a", "onSuccess": [action], "onFailure": [action]}, "b"))
    assert [words.text for words in route(plan, "a", "b").words] == ["otherwise"]
    default = next(one for one in plan.routes if one.edge.target == "failure" and not one.edge.name)
    assert [words.text for words in default.words] == ["otherwise"]


def test_a_called_workflow_stands_beside_its_step() -> None:
    plan = layout(figure({"stepId": "a", "workflowId": "w"}))
    boxes, call = by_id(plan), route(plan, "a", "workflow w")
    assert boxes["workflow w"].x + boxes["workflow w"].width < boxes["a"].x
    assert boxes["workflow w"].y == boxes["a"].y
    assert len(call.points) == 2


def test_notes_are_written_into_boxes() -> None:
    plain, noted = layout(figure("a")), layout(figure("a"), {"a": "3 tries"})
    assert by_id(noted)["a"].note == "3 tries"
    assert by_id(noted)["a"].height == by_id(plain)["a"].height + 18


def test_long_texts_are_cut() -> None:
    plan = layout(figure({"stepId": "a" * 5000, "operationId": "b" * 5000}))
    assert plan.width < 1000
    [box] = [box for box in plan.boxes if box.title.startswith("aaa")]
    assert box.title.endswith("…")
    assert box.detail.endswith("…")


def test_what_is_too_much_is_left_out_and_told() -> None:
    plan = layout(figure(*(f"s{number}" for number in range(MAX_ROWS + 7))))
    assert len(plan.boxes) == MAX_ROWS
    assert plan.note == "10 more nodes are not drawn"


def test_a_step_with_too_many_ways_out() -> None:
    many: list[JSON] = [
        {"name": f"n{number}", "type": "retry", "criteria": [{"condition": "x"}]} for number in range(MAX_WAYS + 2)
    ]
    plan = layout(figure({"stepId": "a", "onFailure": many}))
    assert plan.note == "3 more ways out of steps are not drawn"


def test_without_a_free_lane_a_way_names_its_target() -> None:
    last = MAX_LANES + 20
    steps: list[JSON] = [
        {"stepId": f"s{number}", "onSuccess": [{"name": "g", "type": "goto", "stepId": f"s{last - number}"}]}
        for number in range(last + 1)
    ]
    plan = layout(figure(*steps))
    stubs = [one for one in plan.routes if len(one.points) == 2 and one.words and one.edge.source != one.edge.target]
    assert "to s60" in [stub.words[-1].text for stub in stubs]


@pytest.mark.parametrize("steps", [100, 1000])
def test_the_height_grows_with_the_steps_alone(steps: int) -> None:
    back: JSON = [{"name": "g", "type": "goto", "stepId": "s0", "criteria": [{"condition": "x"}]}]
    plan = layout(graph(flow(*({"stepId": f"s{number}", "onFailure": back} for number in range(steps)))).figures[0])
    assert plan.height < 200 * steps
    assert len(plan.routes) == 3 * steps + 1
    assert plan.width < 600


def test_dependencies_that_find_no_lane_are_told() -> None:
    last = 2 * MAX_LANES + 20
    steps: list[JSON] = [
        {"stepId": f"s{number}", "dependsOn": [f"s{last - number}"]} if number > last / 2 else f"s{number}"
        for number in range(last + 1)
    ]
    plan = layout(figure(*steps))
    assert plan.note == "10 more calls and dependencies are not drawn"
    lanes = {way.points[1][0] for way in plan.routes if way.tone is Tone.DEPENDS}
    assert len(lanes) == MAX_LANES
    assert min(lanes) > 0
