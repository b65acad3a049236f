from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

STEP = "workflows/0/steps/0"
CRITERIA = [{"condition": "$statusCode == 200"}]


def end(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "end", **more}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({f"{STEP}/onSuccess": [end("a", criteria=CRITERIA), end("b")]}, []),
        ({f"{STEP}/onSuccess": [end("a", criteria=CRITERIA), end("A", criteria=CRITERIA)]}, []),
        (
            {f"{STEP}/onSuccess": [end("a", criteria=CRITERIA), end("a")]},
            [f"strict structure-duplicate-action /{STEP}/onSuccess/1"],
        ),
        (
            {"workflows/0/failureActions": [end("a", criteria=CRITERIA), end("a")]},
            ["strict structure-duplicate-action /workflows/0/failureActions/1"],
        ),
        (
            {f"{STEP}/onSuccess": [end("a"), end("b")]},
            [f"warning structure-unreachable-action /{STEP}/onSuccess/1"],
        ),
        (
            {f"{STEP}/onSuccess": [{"reference": "$components.successActions.stop"}, end("b")]},
            [f"warning structure-unreachable-action /{STEP}/onSuccess/1"],
        ),
        (
            {f"{STEP}/onSuccess": [end("stop", criteria=CRITERIA), {"reference": "$components.successActions.stop"}]},
            [f"strict structure-duplicate-action /{STEP}/onSuccess/1"],
        ),
        ({f"{STEP}/onFailure": [{"name": "a", "type": "retry"}, end("b")]}, []),
        ({f"{STEP}/onFailure": [{"reference": "$components.failureActions.again"}, end("b")]}, []),
        ({f"{STEP}/onFailure": [{"reference": "$components.failureActions.none"}, end("b")]}, []),
        ({f"{STEP}/onSuccess": [end("a")], f"{STEP}/onFailure": [end("a")]}, []),
    ],
)
def test_lists_of_actions(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


def test_an_action_that_hides_another_is_named(described: Described) -> None:
    (found,) = described({f"{STEP}/onSuccess": [end("a"), end("b")]}).diagnostics
    assert found.message == "the action 'b' is never reached: 'a' always applies"
