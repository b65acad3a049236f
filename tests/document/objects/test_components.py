from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"components/steps": {}}, ["strict structure-unknown-field /components/steps"]),
        ({"components/x-note": {}}, []),
        ({"components/parameters": []}, ["error structure-wrong-type /components/parameters"]),
        ({"components/inputs": {"my key": {}}}, ["strict structure-name-pattern /components/inputs/my key"]),
        ({"components/inputs": {"my.org-User_1": {}}}, []),
        ({"components/parameters/x-p": {"name": "p", "value": 1}}, []),
        ({"components/parameters/p": {"name": "p"}}, ["error structure-missing-field /components/parameters/p"]),
        (
            {"components/parameters/p": {"reference": "$components.parameters.page"}},
            ["error structure-reference-form /components/parameters/p/reference"],
        ),
        ({"components/successActions/a": {"name": "a", "type": "retry"}}, [
            "error structure-unknown-value /components/successActions/a/type"
        ]),
        ({"components/failureActions/a": 5}, ["error structure-wrong-type /components/failureActions/a"]),
    ],
)  # fmt: skip
def test_faults_of_components(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


def test_what_is_broken_is_left_out(described: Described) -> None:
    found = described({"components/parameters/p": 5, "components/inputs": {"a": [], "b": {}}}).components
    assert set(found.parameters) == {"page", "bare"}
    assert found.inputs.get("b") == {}


def test_a_component_may_have_any_key(described: Described) -> None:
    found = described({"components/parameters/my.org.User": {"name": "p", "value": 1}}).components
    assert found.parameters["my.org.User"].name == "p"
