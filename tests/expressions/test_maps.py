"""Maps of names: all inputs or outputs at once (practical reading EXP-13)."""

from __future__ import annotations

import pytest

from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Inputs,
    Outputs,
    StepOutputs,
    WorkflowFields,
    WorkflowNames,
)
from arazzo_runner.expressions.maps import NameMap, contents_of, name_map

KNOWN = Declared(steps={"s": frozenset(), "t.u": frozenset()}, workflows={"w": WorkflowNames(frozenset(), frozenset())})
V1_0, V1_1 = Dialect(), Dialect(v1_1=True)


@pytest.mark.parametrize(
    ("text", "found", "contents"),
    [
        ("$inputs", Inputs("$inputs"), "inputs"),
        ("$outputs", Outputs("$outputs"), "outputs"),
        ("$steps.s.outputs", StepOutputs("$steps.s.outputs", "s"), "outputs of step 's'"),
        ("$steps.t.u.outputs", StepOutputs("$steps.t.u.outputs", "t.u"), "outputs of step 't.u'"),
        ("$workflows.w.inputs", WorkflowFields("$workflows.w.inputs", "w", "inputs"), "inputs of workflow 'w'"),
        ("$workflows.w.outputs", WorkflowFields("$workflows.w.outputs", "w", "outputs"), "outputs of workflow 'w'"),
    ],
)
def test_a_root_without_a_name_is_the_map_of_them(text: str, found: NameMap, contents: str) -> None:
    for dialect in (V1_0, V1_1):
        assert name_map(text, dialect, KNOWN) == found
    assert contents_of(found) == contents


@pytest.mark.parametrize(
    "text",
    [
        "$inputs ", "$inputs.", "inputs", "$Inputs", "$steps", "$steps.s", "$steps.none.outputs", "$steps.s.inputs",
        "$steps..outputs", "$steps.outputs", "$workflows.none.inputs", "$workflows.w", "$response",
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert name_map(text, V1_1, KNOWN) is None


@pytest.mark.parametrize(("step", "known"), [("any", True), ("a b", False), ("", False)])
def test_where_nobody_knows_the_steps_any_id_counts(step: str, known: bool) -> None:
    assert (name_map(f"$steps.{step}.outputs", V1_1, Declared()) is not None) == known
