from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.api.evaluating import Reading
from arazzo_runner.cli.stepping.changes import Place, read_change, read_outputs
from arazzo_runner.engine.outcomes import Change, Where
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.scope import Scope, Sent
from tests.cli.stepping.sessions import FLOW
from tests.engine.programs import program_of


def place(step: str) -> Place:
    workflow = program_of(FLOW, version="1.1.0").workflow
    bound = workflow.steps[workflow.positions[step]]
    scope = Scope(
        inputs={"i": {"a": [1, 2]}},
        steps={"a": {"n": "one"}},
        request=Sent("POST", "https://api.example/z", query={"need": {"k": 1}}, body={"who": {"name": "x"}}),
    )
    return Place(bound, scope, Reading(), tuple(workflow.positions))


@pytest.mark.parametrize(
    ("step", "text", "change"),
    [
        ("a", "$inputs.i = 5", Change(Where.INPUT, "i", 5)),
        ("a", "$inputs.with.dots=null", Change(Where.INPUT, "with.dots", None)),
        ("a", "$inputs.i#/a/1 = true", Change(Where.INPUT, "i", {"a": [1, True]})),
        ("a", "$steps.a.outputs.n = [1]", Change(Where.OUTPUT, "n", [1], "a")),
        ("a", "$inputs.i = $steps.a.outputs.n", Change(Where.INPUT, "i", "one")),
        ("c", "need = \"a = b\"", Change(Where.QUERY, "need", "a = b")),
        ("c", "id = 1", Change(Where.PATH, "id", 1)),
        ("c", "q = 1", Change(Where.QUERY, "q", 1)),
        ("c", "need#/k = 2", Change(Where.QUERY, "need", {"k": 2})),
        ("c", "$request.header.X-A = \"b\"", Change(Where.HEADER, "X-A", "b")),
        ("c", "$request.cookie.sid = \"b\"", Change(Where.COOKIE, "sid", "b")),
        ("d", "$request.body = {\"a\": 1}", Change(Where.BODY, "", {"a": 1})),
        ("d", "$request.body#/who/name = \"y\"", Change(Where.BODY, "", {"who": {"name": "y"}})),
        ("d", "$request.body#/new = 1", Change(Where.BODY, "", {"who": {"name": "x"}, "new": 1})),
        ("b", "p = {}", Change(Where.ARGUMENT, "p", {})),
        ("b", "$inputs.i = 1", Change(Where.INPUT, "i", 1)),
    ],
)  # fmt: skip
def test_targets_and_values(step: str, text: str, change: Change) -> None:
    assert read_change(text, place(step)) == change


@pytest.mark.parametrize(
    ("step", "text", "offset", "message", "help"),
    [
        ("a", "$inputs.i", 9, "there is no '='", "set TARGET = JSON"),
        ("a", "$inputs.i = hello", 12, "this is no JSON", "double quotes"),
        ("a", "$inputs.i = NaN", 12, "no JSON that can be read", ""),
        ("a", "$inputs.i = $inputs.none", 12, "it has no value: no input 'none'", "known: 'i'"),
        ("a", "$inputs.i = $nonsense.x", 12, "is not a root", ""),
        ("a", "$steps.b2.outputs.n = 1", 7, "there is no step 'b2'", "did you mean 'b'?"),
        ("a", "$statusCode = 200", 0, "'$statusCode' can't be changed", "what can:"),
        ("a", "$response.body = 1", 0, "can't be changed", "what can:"),
        ("b", "$request.body = 1", 0, "can't be changed here: this step calls a workflow", "NAME = JSON"),
        ("c", "ned = 1", 0, "'ned' is no parameter of this step", "did you mean 'need'?"),
        ("a", "ned = 1", 0, "'ned' is no parameter of this step", "it has none; what can be set: $inputs.NAME"),
        ("a", "$inputs.j#/x = 1", 0, "'$inputs.j' has no value yet", "as a whole"),
        ("a", "$inputs.i#/a/x = 1", 9, "there is no such place", ""),
    ],
)  # fmt: skip
def test_faults_have_their_place(step: str, text: str, offset: int, message: str, help: str) -> None:
    fault = read_change(text, place(step))
    assert isinstance(fault, Fault)
    assert fault.offset == offset
    assert message in fault.message
    assert help in fault.help


def test_a_change_of_a_part_leaves_what_was_there_alone() -> None:
    here = place("d")
    read_change('$request.body#/who/name = "y"', here)
    assert here.scope.request is not None
    assert here.scope.request.body == {"who": {"name": "x"}}


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    here = place("c")
    for read in (read_change(text, here), read_outputs(text, here.bound, here)):
        assert isinstance(read, Change | Fault | dict)
        if isinstance(read, Fault):
            assert 0 <= read.offset <= len(text)


@pytest.mark.parametrize(("text", "outputs"), [("", {}), ('{"n": 1}', {"n": 1}), ("{}", {})])
def test_outputs_of_a_skipped_step(text: str, outputs: object) -> None:
    assert read_outputs(text, place("a").bound, place("a")) == outputs
