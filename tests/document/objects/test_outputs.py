from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

AT = "workflows/0/steps/0/outputs"
SELECTOR = {"context": "$response.body", "selector": "/a", "type": "jsonpointer"}


@pytest.mark.parametrize(
    ("outputs", "old", "new"),
    [
        ({"a": "$url", "b.c-d_e": "$url", "x-id": "$url"}, [], []),
        ({"a b": "$url"}, ["strict structure-name-pattern /a b"], ["strict structure-name-pattern /a b"]),
        ({"": "$url"}, ["strict structure-name-pattern /"], ["strict structure-name-pattern /"]),
        ({"a": 5}, ["error structure-wrong-type /a"], ["error structure-wrong-type /a"]),
        ({"a": None}, ["error structure-wrong-type /a"], ["error structure-wrong-type /a"]),
        ({"a": ["$url"]}, ["error structure-wrong-type /a"], ["error structure-wrong-type /a"]),
        ({"a": SELECTOR}, ["error structure-wrong-type /a"], []),
        ({"a": {**SELECTOR, "x-note": 1}}, ["error structure-wrong-type /a"], []),
        (
            {"a": {"selector": "/a", "type": "jsonpath"}},
            ["error structure-wrong-type /a"],
            ["error structure-missing-field /a"],
        ),
        (
            {"a": {**SELECTOR, "type": "regex"}},
            ["error structure-wrong-type /a"],
            ["error structure-unknown-value /a/type"],
        ),
        (
            {"a": {**SELECTOR, "selector": 5}},
            ["error structure-wrong-type /a"],
            ["error structure-wrong-type /a/selector"],
        ),
        (
            {"a": {**SELECTOR, "version": "rfc6901"}},
            ["error structure-wrong-type /a"],
            ["strict structure-flat-version /a/version"],
        ),
        ({"a": {**SELECTOR, "more": 5}}, ["error structure-wrong-type /a"], ["strict structure-unknown-field /a/more"]),
    ],
)
def test_faults_of_outputs(faults: Faults, outputs: Any, old: list[str], new: list[str]) -> None:
    for version, found in (("1.0.1", old), ("1.1.0", new)):
        assert faults({AT: outputs}, version) == [fault.replace(" /", f" /{AT}/") for fault in found]


def test_what_is_no_output_is_declared_all_the_same(described: Described) -> None:
    outputs = {"a": "$url", "b": 5, "c": SELECTOR, "d": {"type": "jsonpath"}}
    assert described({AT: outputs}).workflows[0].steps[0].outputs == {**dict.fromkeys("abcd"), "a": "$url"}
    assert described({AT: outputs}, "1.1.0").workflows[0].steps[0].outputs == {
        **dict.fromkeys("abcd"),
        "a": "$url",
        "c": SELECTOR,
    }


def test_a_version_beside_the_type_is_that_of_the_type(described: Described) -> None:
    selector = {"context": "$response.body", "selector": "$.a", "type": "jsonpath"}
    version = "draft-goessner-dispatch-jsonpath-00"
    found = described({AT: {"a": {**selector, "version": version}}}, "1.1.0")
    assert found.workflows[0].steps[0].outputs == {"a": {**selector, "type": {"type": "jsonpath", "version": version}}}


def test_an_empty_output_is_told_of_comments(described: Described) -> None:
    (found,) = described({AT: {"a": None}}).diagnostics
    assert "comment" in found.help


def test_names_differ_in_case(described: Described) -> None:
    assert set(described({AT: {"a": "$url", "A": "$url"}}).workflows[0].steps[0].outputs) == {"a", "A"}
