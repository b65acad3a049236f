from __future__ import annotations

import pytest

from arazzo_runner.expressions.lookalikes import named_type, selector_lookalike
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"context": "abc", "selector": "/a", "type": "jsonpointer"}, "'abc' is no expression"),
        ({"context": "{$response.body}", "selector": "/a", "type": "jsonpointer"}, "is no expression"),
        ({"context": {}, "selector": "/a", "type": "xpath"}, "'context' is no expression"),
        ({"context": "$response.body", "selector": 5, "type": "xpath"}, "'selector' is no string"),
        ({"context": "$response.body", "selector": "/a"}, "'type' is missing"),
        ({"context": "$response.body", "selector": "/a", "type": "regex"}, "a type of criteria"),
        ({"context": "$response.body", "selector": "/a", "type": "json-path"}, "did you mean 'jsonpath'?"),
        ({"context": "$response.body", "selector": "/a", "type": {"type": "simple"}}, "a type of criteria"),
        ({"context": "$response.body", "selector": "/a", "type": "xpath", "more": 1}, "the field 'more'"),
        ({"expression": "$response.body", "selector": "/a", "type": "xpath"}, "rename 'expression' to 'context'"),
    ],
)
def test_par_29_what_is_nearly_a_selector_is_told(value: dict[str, JSON], told: str) -> None:
    assert told in selector_lookalike(value)


@pytest.mark.parametrize(
    "value",
    [
        {"context": "abc", "selector": "x", "type": "y"},
        {"context": "abc", "selector": "x"},
        {"context": "$response.body", "selector": "#save", "page": 1},
        {"context": "abc", "selector": "//a", "type": "xpath", "action": "click"},
        {"selector": "//a", "type": "xpath", "action": "click"},
        {"selector": "//a", "type": "xpath", "url": "https://api.example"},
        {"selector": {"app": "x"}, "type": "ClusterIP"},
        {"selector": 5, "context": "x", "type": "xpath"},
    ],
)
def test_plain_objects_are_left_in_peace(value: dict[str, JSON]) -> None:
    assert selector_lookalike(value) == ""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"type": "xpath"}, "xpath"),
        ({"type": {"type": "xpath", "version": "xpath-10"}}, "xpath"),
        ({"type": ["xpath"]}, ""),
        ({"type": {"type": 5}}, ""),
        ({}, ""),
    ],
)
def test_the_language_that_a_type_names(value: dict[str, JSON], name: str) -> None:
    assert named_type(value) == name
