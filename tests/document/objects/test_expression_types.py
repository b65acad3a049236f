from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

AT = "workflows/0/steps/0/successCriteria/0"


def criterion(**type: Any) -> dict[str, Any]:
    return {AT: {"condition": "x", "context": "$response.body", "type": type}}


@pytest.mark.parametrize(
    ("type", "version", "old", "new"),
    [
        ("jsonpath", "draft-goessner-dispatch-jsonpath-00", [], []),
        ("jsonpath", "rfc9535", ["strict document-newer-feature /version"], []),
        ("xpath", "xpath-10", [], []),
        ("xpath", "xpath-20", [], []),
        ("xpath", "xpath-30", [], []),
        ("xpath", "xpath-31", ["strict document-newer-feature /version"], []),
        ("xpath", "rfc9535", ["error structure-unknown-value /version"], ["error structure-unknown-value /version"]),
        ("xpath", "xpath-40", ["error structure-unknown-value /version"], ["error structure-unknown-value /version"]),
        ("xpath", 10, ["error structure-wrong-type /version"], ["error structure-wrong-type /version"]),
        ("xpath", ..., ["strict structure-missing-field /"], ["strict structure-missing-field /"]),
        ("jsonpointer", "rfc6901", ["error structure-unknown-value /type"], ["error structure-unknown-value /type"]),
        ("regex", "x", ["error structure-unknown-value /type"], ["error structure-unknown-value /type"]),
    ],
)
def test_versions_of_the_languages(faults: Faults, type: str, version: Any, old: list[str], new: list[str]) -> None:
    changes = criterion(type=type) if version is ... else criterion(type=type, version=version)
    for document, found in (("1.0.1", old), ("1.1.0", new)):
        assert faults(changes, document) == [fault.replace(" /", f" /{AT}/type/").rstrip("/") for fault in found]


def test_the_model_has_language_and_version(described: Described) -> None:
    found = described(criterion(type="xpath", version="xpath-10")).workflows[0].steps[0].success_criteria[0].type
    assert (found.type, found.version) == ("xpath", "xpath-10")


def test_a_version_beside_the_type_is_read_with_a_warning(described: Described, faults: Faults) -> None:
    flat = {"condition": "x", "context": "$response.body", "type": "xpath", "version": "xpath-10"}
    assert faults({AT: flat}) == [f"strict structure-flat-version /{AT}/version"]
    found = described({AT: flat}).workflows[0].steps[0].success_criteria[0]
    assert (found.type.type, found.type.version) == ("xpath", "xpath-10")


def test_the_target_of_a_replacement_has_a_language_too(faults: Faults) -> None:
    place = "workflows/0/steps/0/requestBody/replacements/0/targetSelectorType"
    for type, found in [
        ("jsonpointer", []),
        ({"type": "jsonpointer", "version": "rfc6901"}, []),
        ("jmespath", [f"error structure-unknown-value /{place}"]),
        ("simple", [f"error structure-unknown-value /{place}"]),
    ]:
        body = {"replacements": [{"target": "/a", "value": 1, "targetSelectorType": type}]}
        assert faults({"workflows/0/steps/0/requestBody": body}, "1.1.0") == found
