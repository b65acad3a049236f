from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

STEP = "workflows/0/steps/0"
CALL = "workflows/0/steps/1"


def listed(*pairs: tuple[str, str | None, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "value": value} if place is None else {"name": name, "in": place, "value": value}
        for name, place, value in pairs
    ]


PAGE = {"reference": "$components.parameters.page"}
BARE = {"reference": "$components.parameters.bare"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({f"{STEP}/parameters": listed(("a", None, 1))}, [f"error structure-missing-field /{STEP}/parameters/0"]),
        ({f"{STEP}/parameters": [BARE]}, [f"error structure-missing-field /{STEP}/parameters/0"]),
        ({f"{STEP}/parameters": [PAGE]}, []),
        ({f"{STEP}/parameters": listed(("a", "query", 1), ("a", "header", 1))}, []),
        ({f"{STEP}/parameters": listed(("a", "query", 1), ("A", "query", 1))}, []),
        (
            {f"{STEP}/parameters": listed(("a", "query", 1), ("a", "query", 2))},
            [f"error structure-duplicate-parameter /{STEP}/parameters/1"],
        ),
        (
            {f"{STEP}/parameters": listed(("a", "query", [1]), ("a", "query", [1.0]))},
            [f"strict structure-duplicate-parameter /{STEP}/parameters/1"],
        ),
        (
            {f"{STEP}/parameters": listed(("X-A", "header", 1), ("x-a", "header", 2))},
            [f"error structure-duplicate-parameter /{STEP}/parameters/1"],
        ),
        (
            {f"{STEP}/parameters": [PAGE, *listed(("page", "query", 7))]},
            [f"error structure-duplicate-parameter /{STEP}/parameters/1"],
        ),
        (
            {f"{STEP}/parameters": [{**PAGE, "value": 7}, *listed(("page", "query", 7))]},
            [f"strict structure-duplicate-parameter /{STEP}/parameters/1"],
        ),
        (
            {f"{CALL}/parameters": listed(("a", "query", 1))},
            [f"warning structure-ignored-field /{CALL}/parameters/0/in"],
        ),
        (
            {f"{CALL}/parameters": listed(("a", None, 1), ("a", None, 2))},
            [f"error structure-duplicate-parameter /{CALL}/parameters/1"],
        ),
        (
            {"workflows/0/parameters": listed(("a", None, 1))},
            ["error structure-missing-field /workflows/0/parameters/0"],
        ),
        ({"workflows/0/parameters": listed(("a", None, 1)), "workflows/0/steps/0": ...}, []),
        (
            {"workflows/0/parameters": listed(("a", "query", 1), ("a", "query", 2))},
            ["error structure-duplicate-parameter /workflows/0/parameters/1"],
        ),
        ({"workflows/0/parameters": listed(("id", "path", 5))}, []),
        ({f"{STEP}/parameters": [{"reference": "$components.parameters.none"}]}, []),
    ],
)
def test_lists_of_parameters(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


@pytest.mark.parametrize(
    ("own", "shared", "found"),
    [
        (listed(("q", "querystring", "a=1")), [], []),
        (listed(("q", "querystring", "a=1"), ("b", "query", 1)), [], [f"{STEP}/parameters/0"]),
        (listed(("q", "querystring", "a=1")), listed(("b", "query", 1)), [f"{STEP}/parameters/0"]),
        (listed(("q", "querystring", "a=1")), listed(("q", "querystring", "b=1")), []),
        (listed(("q", "querystring", "a=1")), listed(("r", "querystring", "b=1")), [f"{STEP}/parameters/0"]),
        (listed(("b", "query", 1)), listed(("q", "querystring", "a=1")), ["workflows/0/parameters/0"]),
    ],
)
def test_a_whole_query_stands_alone(faults: Faults, own: Any, shared: Any, found: list[str]) -> None:
    changes = {f"{STEP}/parameters": own, "workflows/0/parameters": shared}
    assert faults(changes, "1.1.0") == [f"error structure-exclusive-fields /{place}" for place in found]


def test_parameters_of_actions_are_given_once(faults: Faults) -> None:
    action = {"name": "a", "type": "goto", "workflowId": "other", "parameters": listed(("p", None, 1), ("p", None, 2))}
    assert faults({f"{STEP}/onSuccess": [action]}, "1.1.0") == [
        f"error structure-duplicate-parameter /{STEP}/onSuccess/0/parameters/1"
    ]


def test_a_wrong_place_is_told_once(faults: Faults) -> None:
    assert faults({f"{STEP}/parameters/0/in": "body"}) == [f"error structure-unknown-value /{STEP}/parameters/0/in"]
