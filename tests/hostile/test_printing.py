"""Parse, print, parse is the identity: over generated texts, in both versions and both modes."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.simple.write import write_condition
from arazzo_runner.expressions import compile_value, write
from arazzo_runner.expressions.embed import Place
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression
from arazzo_runner.expressions.parse import parse, parse_standard
from arazzo_runner.expressions.template import Template
from tests.hostile.texts import CONDITIONS, EXPRESSIONS, VALUES_WITH_EXPRESSIONS, texts_of

DECLARED = Declared(
    inputs=frozenset({"a", "a.b", "x y", "["}), steps={"s": frozenset({"o", "o.a"})}, outputs=frozenset({"o"})
)
DIALECTS = st.builds(Dialect, st.booleans(), st.booleans())
ROOTS = ["$inputs.", "$outputs.", "$steps.s.outputs.", "$workflows.w.inputs.", "$response.header.", "$request.query."]
NAMES = st.builds(
    str.__add__, st.sampled_from([*ROOTS, "$response.body#/", "$sourceDescriptions.api."]), st.text(max_size=12)
)
READABLE = texts_of(*EXPRESSIONS) | NAMES
MANY = settings(max_examples=200, suppress_health_check=list(HealthCheck))


def same_but_for_text(expression: Expression) -> Any:
    """Return the fields of an expression but its text, with its navigation where it is written: behind its pointer."""
    found = {one.name: getattr(expression, one.name) for one in fields(expression)}
    steps = tuple(map(str, found["navigation"]))
    if "pointer" in found and not (
        type(expression).__name__ == "Exchange" and found["part"] not in ("body", "payload")
    ):
        tokens = found["pointer"]
        found |= {"pointer": None if tokens is None and not steps else (*(tokens or ()), *steps), "navigation": ()}
    return type(expression), {name: value for name, value in found.items() if name != "text"}


@given(READABLE, DIALECTS)
@MANY
def test_a_standard_expression_is_read_again_as_the_same(text: str, dialect: Dialect) -> None:
    found = parse_standard(text, dialect).expression
    assume(found is not None)
    assert found is not None
    written = write(found)
    assert parse_standard(written, dialect).expression == replace(found, text=written)


@given(READABLE, DIALECTS)
@example("$response.body.a[0].b", Dialect(True))
@example("$steps.s.o", Dialect())
@example("$inputs.x y", Dialect())
@example("$inputs", Dialect())
@example("$outputs", Dialect(True))
@example("$steps.s.outputs", Dialect())
@example("$workflows.w.inputs", Dialect(True))
@example("$workflows.w.outputs", Dialect())
@MANY
def test_an_expression_that_strays_is_written_as_one_that_reads_the_same(text: str, dialect: Dialect) -> None:
    found = parse(text, dialect, DECLARED).expression
    assume(found is not None)
    assert found is not None
    written = write(found)
    again = parse(written, dialect, DECLARED).expression
    if again is None:  # a name that no grammar has, or navigation where no pointer can stand
        assert parse_standard(text, dialect).expression is None
        return
    assert same_but_for_text(again) == same_but_for_text(found)
    assert write(again) == written


@given(texts_of(*CONDITIONS, "($inputs.a || $statusCode) && !$inputs.a", "$inputs.x y == 1", "1e5 > -0.5"), DIALECTS)
@MANY
def test_a_condition_is_read_again_as_the_same(text: str, dialect: Dialect) -> None:
    found = parse_condition(text, dialect, DECLARED).tree
    assume(found is not None)
    assert found is not None
    written = write_condition(found)
    again = parse_condition(written, dialect, DECLARED)
    assert again.fault is None, written
    assert again.tree == found
    assert write_condition(found) == written


@given(texts_of(*VALUES_WITH_EXPRESSIONS), DIALECTS)
@MANY
def test_the_parts_of_a_template_make_up_its_text(text: str, dialect: Dialect) -> None:
    """An embedded expression is written between braces; the text around it stays, so the value is read again alike."""
    found = compile_value(text, dialect, DECLARED, Place.HEADER).value
    assume(isinstance(found, Template))
    assert isinstance(found, Template)
    # What follows the braces that are added begins anew: a text before them can be what kept it from being a value.
    assume(not any(isinstance(part, str) and part.startswith("$") for part in found.parts[1:]))
    written = "".join(part if isinstance(part, str) else "{" + part.text + "}" for part in found.parts)
    again = compile_value(written, dialect, DECLARED, Place.HEADER).value
    assert isinstance(again, Template)
    assert again.parts == found.parts


@pytest.mark.parametrize("dialect", [Dialect(a, b) for a in (False, True) for b in (False, True)], ids=str)
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_each_form_of_expression_is_read_in_some_way(text: str, dialect: Dialect) -> None:
    parsed = parse(text, dialect, DECLARED)
    if parsed.expression is not None:
        assert same_but_for_text(parsed.expression)[0] is type(parsed.expression)
        assert parse(write(parsed.expression), dialect, DECLARED).expression is not None
