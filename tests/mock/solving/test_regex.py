import pytest

from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.solving.regex import solve_regex, text_matching
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints

BODY = Exchange("$response.body", "response", "body")


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [("^a+$", "aa", "b"), ("^tru", True, False), (r"^\d{2}$", 42, 7000), ("(?i)OK", "ok", "no")],
)
def test_values_in_whose_text_a_pattern_is_found(pattern: str, matching: JSON, other: JSON) -> None:
    found, missed = ({**_first(text_matching(pattern, wanted))} for wanted in (True, False))
    assert complaints(found, matching) == []
    assert complaints(found, other)
    assert complaints(missed, other) == []
    assert complaints(missed, matching)


def _first(schema: JSON) -> dict[str, JSON]:
    """Leave out the last way, which promises nothing."""
    assert isinstance(schema, dict)
    options = schema["anyOf"]
    assert isinstance(options, list)
    return {"anyOf": options[:-1]}


def test_what_is_no_pattern_is_found_nowhere() -> None:
    assert (text_matching(5), text_matching(5, False)) == (False, True)


@pytest.mark.parametrize("pattern", ['"state": *"ok"', "<state>ok</state>"])
def test_a_member_that_is_spelt_out_is_wished_for(pattern: str) -> None:
    plans = solve_regex(pattern, BODY, True, Scope())
    assert any("'state': {'const': 'ok'}" in str(plan.body) for plan in plans)
