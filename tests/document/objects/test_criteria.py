from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

AT = "workflows/0/steps/0/successCriteria/0"
BODY = "$response.body"


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ({"condition": "x"}, []),
        ({"condition": "x", "type": "simple"}, []),
        ({"condition": "x", "type": "simple", "context": BODY}, []),
        ({"condition": "x", "context": BODY}, []),
        ({"condition": "x", "type": "regex", "context": BODY}, []),
        ("x", ["error structure-wrong-type /"]),
        ({}, ["error structure-missing-field /"]),
        ({"condition": True}, ["error structure-wrong-type /condition"]),
        ({"condition": None}, ["error structure-missing-field /condition"]),
        ({"condition": "x", "type": "regex"}, ["error structure-missing-field /"]),
        ({"condition": "x", "type": "jsonpath"}, ["error structure-missing-field /"]),
        ({"condition": "x", "type": "xpath"}, ["error structure-missing-field /"]),
        ({"condition": "x", "context": 5}, ["error structure-wrong-type /context"]),
        ({"condition": "x", "context": ""}, ["strict structure-empty-field /context"]),
        ({"condition": "x", "type": "jsonPath", "context": BODY}, ["error structure-unknown-value /type"]),
        ({"condition": "x", "type": "jsonpointer", "context": BODY}, ["error structure-unknown-value /type"]),
        ({"condition": "x", "type": 5}, ["error structure-wrong-type /type"]),
        ({"condition": "x", "x-note": 1}, []),
        ({"condition": "x", "note": 1}, ["strict structure-unknown-field /note"]),
        ({"condition": "x", "version": "rfc9535"}, ["strict structure-unknown-field /version"]),
    ],
)
def test_faults_of_a_criterion(faults: Faults, criterion: Any, found: list[str]) -> None:
    assert faults({AT: criterion}) == [fault.replace(" /", f" /{AT}/").rstrip("/") for fault in found]


def test_without_a_type_a_criterion_is_simple(described: Described) -> None:
    given = described({AT: {"condition": "x", "type": "simple"}}).workflows[0].steps[0].success_criteria[0]
    left_out = described({AT: {"condition": "x"}}).workflows[0].steps[0].success_criteria[0]
    assert (given.type, given.type_given) == (left_out.type, True)
    assert (left_out.type.type, left_out.type_given) == ("simple", False)


def test_criteria_of_actions_are_read_too(faults: Faults) -> None:
    place = "workflows/0/failureActions"
    changes = {place: [{"name": "a", "type": "end", "criteria": [{"condition": 1}]}]}
    assert faults(changes) == [f"error structure-wrong-type /{place}/0/criteria/0/condition"]
