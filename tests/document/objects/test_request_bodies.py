from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

AT = "workflows/0/steps/0/requestBody"


def replacing(*replacements: Any) -> dict[str, Any]:
    return {"replacements": list(replacements)}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, []),
        ({"payload": None}, []),
        ({"contentType": "application/json", "payload": {"a": 1}}, []),
        ({"contentType": "application/json; charset=utf-8"}, []),
        ({"contentType": "application/vnd.x+json"}, []),
        ({"contentType": "$inputs.type"}, []),
        ({"contentType": "text/{$inputs.type}"}, []),
        ("x", ["error structure-wrong-type /"]),
        ({"contentType": 5}, ["error structure-wrong-type /contentType"]),
        ({"contentType": ""}, ["strict structure-empty-field /contentType"]),
        ({"contentType": "*/*"}, ["strict structure-media-type /contentType"]),
        ({"contentType": "application/*+json"}, ["strict structure-media-type /contentType"]),
        ({"contentType": "json"}, ["strict structure-media-type /contentType"]),
        ({"content": {}}, ["strict structure-unknown-field /content"]),
        (replacing({"target": "/a", "value": 10}), []),
        (replacing({"target": "", "value": None}), []),
        (replacing({"value": 1}), ["error structure-missing-field /replacements/0"]),
        (replacing({"target": "/a"}), ["error structure-missing-field /replacements/0"]),
        (replacing({"target": 5, "value": 1}), ["error structure-wrong-type /replacements/0/target"]),
        (replacing(5), ["error structure-wrong-type /replacements/0"]),
        ({"replacements": {}}, ["error structure-wrong-type /replacements"]),
        (replacing({"target": "/a", "value": 1}, {"target": "/a", "value": 2}), [
            "warning structure-duplicate-target /replacements/1/target"
        ]),
        (replacing({"target": "/a", "value": 1, "targetSelectorType": "jsonpointer"}), [
            "strict document-newer-feature /replacements/0/targetSelectorType"
        ]),
    ],
)  # fmt: skip
def test_faults_of_a_request_body(faults: Faults, body: Any, found: list[str]) -> None:
    assert faults({AT: body}) == [fault.replace(" /", f" /{AT}/").rstrip("/") for fault in found]


def test_null_is_a_payload_and_none_is_none(described: Described) -> None:
    null = described({AT: {"payload": None}}).workflows[0].steps[0].request_body
    none = described({AT: {}}).workflows[0].steps[0].request_body
    assert null is not None
    assert none is not None
    assert (null.has_payload, null.payload, none.has_payload) == (True, None, False)
    assert described({}).workflows[0].steps[0].request_body is None


def test_the_model_has_replacements_in_their_order(described: Described) -> None:
    body = replacing(
        {"target": "/a", "value": {"b": 1}, "targetSelectorType": "jsonpath"}, {"target": "/c", "value": 2}
    )
    new = described({AT: body}, "1.1.0").workflows[0].steps[0].request_body
    old = described({AT: body}).workflows[0].steps[0].request_body
    assert new is not None
    assert old is not None
    assert [(one.target, one.value) for one in new.replacements] == [("/a", {"b": 1}), ("/c", 2)]
    assert new.replacements[0].target_selector_type is not None
    assert old.replacements[0].target_selector_type is None
