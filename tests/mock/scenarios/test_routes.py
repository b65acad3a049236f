from __future__ import annotations

import pytest

from arazzo_runner.coverage.edges import Edge, edges_of
from arazzo_runner.mock.scenarios.routes import Routes
from arazzo_runner.program.model import Program
from tests.engine.programs import as_yaml, program_of
from tests.mock.scenarios.shop import shop


def routes_of(program: Program) -> Routes:
    return Routes(edges_of(program), program)


def way(routes: Routes, wish: str) -> list[str] | None:
    """Return the wishes on the way to an edge; None where there is none."""
    found = routes.way_to(named(routes, wish), routes.ways())
    return None if found is None else [edge.wish for edge in found]


def named(routes: Routes, wish: str) -> Edge:
    return next(edge for edge in routes.edges if edge.wish == wish)


@pytest.mark.parametrize(
    ("wish", "wishes"),
    [
        ("order.skip", ["order.skip"]),
        ("wait.poll", ["order=success", "wait.poll"]),
        ("mail.fallback", ["order.skip", "mail.fallback"]),
        ("second=failure", ["order.skip", "mail=success", "second=failure"]),
        ("tell.once-more", ["order.skip", "mail=failure", "tell.once-more"]),
        ("tell.too-late", None),
    ],
)
def test_a_way_leads_through_actions_and_into_called_workflows(wish: str, wishes: list[str] | None) -> None:
    assert way(routes_of(shop()), wish) == wishes


def test_what_is_blocked_is_gone_round() -> None:
    routes = routes_of(shop())
    routes.blocked.add(named(routes, "order.skip"))
    assert way(routes, "mail.fallback") == ["order=success", "wait=success", "mail.fallback"]
    routes.blocked.add(named(routes, "wait=success"))
    assert way(routes, "mail.fallback") is None


def test_what_was_taken_is_cheaper() -> None:
    routes = routes_of(shop())
    routes.taken |= {named(routes, "order=success"), named(routes, "wait=success")}
    assert way(routes, "mail.fallback") == ["order=success", "wait=success", "mail.fallback"]


def test_a_workflow_fails_by_what_it_calls_or_hands_over_to() -> None:
    steps = {
        "w": [{"stepId": "a", "workflowId": "u"}],
        "u": [{"stepId": "b", "operationId": "x", "onSuccess": [{"name": "t", "type": "goto", "workflowId": "v"}]}],
        "v": [{"stepId": "c", "operationId": "x"}],
    }
    routes = routes_of(program_of(as_yaml([{"workflowId": name, "steps": its} for name, its in steps.items()])))
    assert way(routes, "a=failure") == ["b=failure", "a=failure"]
    routes.blocked.add(named(routes, "b=failure"))
    assert way(routes, "a=failure") == ["b.t", "c=failure", "a=failure"]
    routes.blocked.add(named(routes, "c=failure"))
    assert way(routes, "a=failure") is None


def test_workflows_that_call_each_other_have_an_end() -> None:
    steps = {
        "w": [{"stepId": "a", "workflowId": "u"}, {"stepId": "z", "operationId": "x"}],
        "u": [{"stepId": "b", "workflowId": "w"}],
    }
    routes = routes_of(program_of(as_yaml([{"workflowId": name, "steps": its} for name, its in steps.items()])))
    assert way(routes, "z=success") == ["a=success", "z=success"]
    assert way(routes, "b=failure") == ["a=success", "z=failure", "b=failure"]


def test_a_dependency_runs_first() -> None:
    program = program_of(
        as_yaml(
            [
                {"workflowId": "w", "dependsOn": ["d"], "steps": [{"stepId": "a", "operationId": "x"}]},
                {"workflowId": "d", "steps": [{"stepId": "first", "operationId": "x"}]},
            ]
        )
    )
    assert way(routes_of(program), "first=failure") == ["first=failure"]


def test_what_answers_cannot_change_is_known_before() -> None:
    routes = routes_of(shop())
    assert routes.never(named(routes, "order.skip")) == ""
    assert "'shrug'" in routes.never(named(routes, "tell.too-late"))
    assert routes.failing(routes.program.entry) == (named(routes, "order.give-up"),)
    assert routes.inside(named(routes, "tell.shrug")) == (named(routes, "mail=failure"),)
    assert routes.inside(named(routes, "tell=success")) == ()
