import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.document.yaml.traps import traps


def trapped(text: str) -> list[str]:
    root = compose(text)
    assert root is not None
    found = list(traps(root, Page(text, "file:///w/doc.yaml", "doc.yaml")))
    assert all(one.severity is Severity.ERROR and one.help for one in found)
    return [f"{one.code} {one.span.line}:{one.span.column}-{one.span.end_column}" for one in found if one.span]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("200: x", ["syntax-key 1:1-4"]),
        ("a:\n  true: x\n  1.0: y", ["syntax-key 2:3-7", "syntax-key 3:3-6"]),
        ("~: x", ["syntax-key 1:1-2"]),
        ("? \n: x", ["syntax-key 1:2-2"]),
        ("value: {$inputs.x}", ["syntax-unquoted-expression 1:8-19"]),
        ("- {$inputs.x}", ["syntax-unquoted-expression 1:3-14"]),
        ("a: [{$steps.s.outputs.t}]", ["syntax-unquoted-expression 1:5-25"]),
        ("token: $response.body #/token", ["syntax-unquoted-expression 1:8-30"]),
        ("token: #/token\nb: 1", ["syntax-unquoted-expression 1:7-15"]),
    ],
)
def test_what_yaml_reads_as_something_else_is_told(text: str, found: list[str]) -> None:
    assert trapped(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "'200': x",
        "on: x\nyes: y\n2024-01-01: z",
        'value: "{$inputs.x}"',
        "value: {a: $inputs.x}",
        "value: {'$inputs.x': }",
        "value: {$inputs.x: 1}",
        "value: {$inputs.x: , b: 1}",
        "token: $response.body#/token",
        "token: $response.body # the token",
        "steps: # the steps\n  - a",
        "steps: #/ not a pointer\n  - a",
        "value: '$x' #/y",
        "!!str 200: x",
    ],
)
def test_what_means_what_it_says_is_not(text: str) -> None:
    assert trapped(text) == []


def test_the_help_shows_the_expression_in_quotes() -> None:
    text = "value: {$inputs.x}"
    root = compose(text)
    assert root is not None
    (found,) = traps(root, Page(text, "u", "n"))
    assert found.help == 'quote this expression: "{$inputs.x}"'
