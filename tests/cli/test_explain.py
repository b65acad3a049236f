import json

import pytest

from arazzo_runner.reports.findings.explanations import explanations
from tests.cli.invocation import Command


def test_a_code_in_full(arazzo: Command) -> None:
    ended = arazzo("explain", "condition-constant")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "condition-constant: A literal in a condition is compared with nothing, so it is always the same.",
        "  Example: `$statusCode == 200 || 201`",
        "  Instead: Compare it: `$statusCode == 200 || $statusCode == 201`.",
    ]


def test_a_rule_explains_itself(arazzo: Command) -> None:
    ended = arazzo("explain", "body-missing")
    for part in ("What:", "Why:", "Example:", "Instead:"):
        assert f"\n  {part}" in ended.out


@pytest.mark.parametrize("name", ["[body-missing]", " body-missing ", "body-missing"])
def test_a_code_as_it_is_copied(arazzo: Command, name: str) -> None:
    assert arazzo("explain", name).out.startswith("body-missing: ")


@pytest.mark.parametrize("name", ["pattern", "pattern-*", "pattern-"])
def test_a_family_lists_its_codes(arazzo: Command, name: str) -> None:
    ended = arazzo("explain", name)
    assert ended.code == 0
    assert ended.out.startswith("pattern: regular expressions of criteria\n  pattern-line-break  ")
    assert "criterion-" not in ended.out


def test_without_a_code_all_are_listed(arazzo: Command) -> None:
    ended = arazzo("explain")
    assert ended.code == 0
    for code in explanations():
        assert f"\n  {code} " in ended.out


def test_several_at_once_and_as_json(arazzo: Command) -> None:
    assert arazzo("explain", "body-missing", "syntax-empty").out.count("\n\n") == 1
    found = json.loads(arazzo("explain", "syntax-empty", "--json").out)
    assert found == [
        {
            "code": "syntax-empty",
            "family": "syntax",
            "headline": "The document is empty.",
            "what": None,
            "why": "There is nothing to judge or to run.",
            "example": None,
            "instead": "Write the document, or name the right file.",
            "fix": None,
        }
    ]


def test_a_code_that_does_not_exist_is_2(arazzo: Command) -> None:
    ended = arazzo("explain", "syntax-empti")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: there is no code 'syntax-empti'\n  did you mean 'syntax-empty'?\n"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("P1", "'reading-P1'"),
        ("p19", "'reading-P19'"),
        ("unknown-field", "'structure-unknown-field'"),
        ("[EXP-13]", "'reading-EXP-13'"),
        ("lookalike", "'selector-lookalike'"),
        ("unsupported", ""),
        ("unused", "'input-unused' or 'suppression-unused'"),
    ],
)
def test_a_code_without_its_family_is_known(arazzo: Command, name: str, meant: str) -> None:
    ended = arazzo("explain", name)
    if meant:
        assert ended.code == 2
        assert ended.err.endswith(f"\n  did you mean {meant}?\n")
    else:
        assert ended.code == 0, "the name of a family lists it"
