from __future__ import annotations

import pytest

from arazzo_runner.expressions.embed import Place, compile_value
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.preview.leading import Leading, extended, reads_answer
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.values import JSON, Nothing


def filled(value: JSON) -> object:
    stand_ins = StandIns.of("document")
    made = stand_ins.make("$steps.a.outputs.list")
    scope = Scope(inputs={"known": {"x": [1, made]}, "unknown": made, "part": f"<{made}>"}, steps={"a": {"list": made}})
    found = Leading(scope, stand_ins).filled(compile_value(value, Dialect(v1_1=True), Declared(), Place.PAYLOAD).value)
    return found if isinstance(found, Nothing) else _readable(found, stand_ins)


def _readable(found: object, stand_ins: StandIns) -> object:
    match found:
        case str():
            return stand_ins.readable(found)
        case list():
            return [_readable(one, stand_ins) for one in found]
        case dict():
            return {name: _readable(one, stand_ins) for name, one in found.items()}
        case _:
            return found


LIST = "$steps.a.outputs.list"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (LIST, f"{{{LIST}}}"),
        (f"{LIST}#/0/id", f"{{{LIST}#/0/id}}"),
        (f"{LIST}#/a~1b/c d", f"{{{LIST}#/a~1b/c d}}"),
        ("$inputs.unknown#/0", f"{{{LIST}#/0}}"),
        ("$inputs.known#/x/0", 1),
        ("$inputs.known#/x/1/deeper/2", f"{{{LIST}#/deeper/2}}"),
        ("$inputs.part#/0", "{$inputs.part#/0}"),
        (f"a {{{LIST}#/0}} b {{{LIST}}}", f"a {{{LIST}#/0}} b {{{LIST}}}"),
        ([f"{LIST}#/0", {"k": f"{LIST}#/1"}, 3], [f"{{{LIST}#/0}}", {"k": f"{{{LIST}#/1}}"}, 3]),
    ],
)
def test_an_expression_that_leads_into_the_unknown_is_shown_whole(value: JSON, shown: JSON) -> None:
    assert filled(value) == shown


@pytest.mark.parametrize("value", ["$inputs.known#/y", "$steps.b.outputs.x", "$inputs.absent", "$response.body#/a"])
def test_what_a_run_would_not_find_is_not_found(value: str) -> None:
    assert isinstance(filled(value), Nothing)


def test_all_inputs_are_those_of_the_document() -> None:
    found = filled([f"{LIST}#/0", "$inputs"])
    assert isinstance(found, list)
    assert sorted(found[1]) == ["known", "part", "unknown"]


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("$response.body#/a", True),
        ("$statusCode", True),
        ("x {$response.header.A}", True),
        ("$request.body#/a", False),
        ("$url", False),
        ("$inputs.a", False),
        ("text", False),
    ],
)
def test_what_is_made_of_an_answer(value: str, reads: bool) -> None:
    compiled = compile_value(value, Dialect(v1_1=True), Declared(), Place.PAYLOAD).value
    assert reads_answer(compiled) is reads


def test_a_label_is_extended_by_a_pointer() -> None:
    assert extended("$steps.a.outputs.x", (0, "a/b")) == "$steps.a.outputs.x#/0/a~1b"
    assert extended("$steps.a.outputs.x#/0", ("id",)) == "$steps.a.outputs.x#/0/id"
