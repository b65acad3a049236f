"""Any schema and any criterion: the answer satisfies both, or a note says what contradicts what; never a bad body."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.values import JSON
from tests.mock.instances.schemas import SATISFIABLE, complaints
from tests.mock.one_step import answered, json_of

_NAMES: Final = st.sampled_from(["id", "name", "kind", "items", "a", "b"])
_CONSTANTS: Final = st.sampled_from(["1", "0", "7.5", "'x'", "'Done'", "true", "false", "null", "''"])
_OPERATORS: Final = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


@st.composite
def simple(draw: st.DrawFn) -> dict[str, JSON]:
    place = f"$response.body#/{draw(_NAMES)}"
    condition = f"{place} {draw(_OPERATORS)} {draw(_CONSTANTS)}"
    if draw(st.booleans()):
        condition += f" {draw(st.sampled_from(['&&', '||']))} !($response.body#/{draw(_NAMES)} == {draw(_CONSTANTS)})"
    return {"condition": condition}


@st.composite
def jsonpath(draw: st.DrawFn) -> dict[str, JSON]:
    name, inner, operator, constant = draw(_NAMES), draw(_NAMES), draw(_OPERATORS), draw(_CONSTANTS)
    condition = draw(
        st.sampled_from(
            [
                f"$.{name}",
                f"$.{name}[0]",
                f"$.{name}[?@ {operator} {constant}]",
                f"$.{name}[?@.{inner} {operator} {constant}]",
                f"$..{inner}",
                f"$.{name}.{inner} {operator} {constant}",
                f"$.{name}.length > 1",
                f"$[?@ {operator} {constant}]",
            ]
        )
    )
    return {"context": "$response.body", "type": "jsonpath", "condition": condition}


@st.composite
def regex(draw: st.DrawFn) -> dict[str, JSON]:
    pattern = draw(st.sampled_from(["^[a-z]{3}$", "^[0-9]+$", "x.y", "^$", "true", "^(a|b)c?$", '"id":']))
    place = draw(st.sampled_from(["$response.body", f"$response.body#/{draw(_NAMES)}"]))
    return {"context": place, "type": "regex", "condition": pattern}


CRITERIA: Final = st.one_of(simple(), jsonpath(), regex())


@settings(max_examples=60, deadline=None)
@given(SATISFIABLE, st.lists(CRITERIA, min_size=1, max_size=2))
def test_an_answer_satisfies_both_or_a_note_says_why(schema: JSON, criteria: list[dict[str, JSON]]) -> None:
    answer = answered({"200": json_of(schema)}, *criteria)
    assert complaints(schema, answer.body, formats=False) == []
    if not answer.result.succeeded:
        assert any("criterion" in note for note in answer.notes), answer.result


@settings(max_examples=40, deadline=None)
@given(st.lists(CRITERIA, min_size=1, max_size=2))
def test_without_a_schema_a_failure_is_the_fault_of_the_criteria(criteria: list[dict[str, JSON]]) -> None:
    """Nothing stands against one criterion where anything may be answered."""
    for one in criteria:
        answer = answered({"200": json_of(True)}, one)
        assert answer.result.succeeded or answer.codes == ("document-contradicts-itself",), (one, answer.body)


@pytest.mark.parametrize("constant", ["x", "b", "a", "Done", "0x"])
@pytest.mark.parametrize("operator", [">=", "<="])
def test_a_text_in_order_that_is_not_the_constant(operator: str, constant: str) -> None:
    place = "$response.body#/kind"
    condition = f"{place} {operator} '{constant}' && !({place} == '{constant}')"
    for seed in range(3):
        assert answered({"200": json_of(True)}, condition, seed=seed).result.succeeded


def test_what_our_choice_alone_forbids_is_no_contradiction() -> None:
    """A pattern leaves room that the texts on offer do not have."""
    schema: JSON = {"type": "object", "required": ["kind"], "properties": {"kind": {"pattern": "^[^z0-9]{9}$"}}}
    answer = answered({"200": json_of(schema)}, "$response.body#/kind >= 'xyyyyyyyy'")
    assert answer.result.succeeded or answer.codes == (), answer.notes


def test_what_the_schema_forbids_is_a_contradiction() -> None:
    schema: JSON = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["a", "b"]}}}
    answer = answered({"200": json_of(schema)}, "$response.body#/kind == 'c'")
    assert answer.codes == ("criterion-contradicts-schema",)
