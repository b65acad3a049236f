"""Texts read whole: doubts, hostile texts, and what looks like an expression."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.parse import looks_like_expression, parse, parse_embedded, parse_standard, parse_value

DIALECTS = [Dialect(v1_1, strict) for v1_1 in (False, True) for strict in (False, True)]
DECLARED = Declared(
    inputs=frozenset({"a", "a.b", "x y", "[", "#", ""}),
    open_inputs=True,
    steps={"s": frozenset({"o"}), "": frozenset({""})},
)
PIECES = [
    "$", "inputs", "outputs", "steps", "workflows", "response", "request", "message", "body", "headers", "header",
    "query", "path", "payload", ".", "..", "#", "#/", "/", "~", "~0", "[0]", "[", "]", "{", "}", "'", '"', "\\", "s", "o",
    "a", "b", " ", "\n", "\x00", "é", "\ud800", "sourceDescriptions", "components", "parameters", "url", "self", "0",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()


@given(TEXTS, st.sampled_from(DIALECTS))
def test_no_text_makes_a_parse_raise(text: str, dialect: Dialect) -> None:
    for read in (parse, parse_value, parse_embedded):
        parsed = read(text, dialect, DECLARED)
        assert (parsed.expression is None) != (parsed.fault is None)
        assert parsed.fault is None or 0 <= parsed.fault.offset <= len(text)
        assert parsed.expression is None or parsed.expression.text == text


@given(TEXTS, st.booleans())
def test_practical_reads_all_that_strict_reads(text: str, v1_1: bool) -> None:
    strict = parse(text, Dialect(v1_1, strict=True))
    if strict.expression is not None:
        assert parse(text, Dialect(v1_1)) == strict


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
@pytest.mark.parametrize(
    "text",
    [
        "$response.body" + ".a" * 50_000,
        "$response.body" + "[0]" * 50_000,
        "$response.body#" + "/~0" * 50_000,
        "$response.body#" + "~" * 100_000,
        "$inputs." + "a." * 50_000,
        "$inputs." + "[" * 100_000,
        "$steps." + "s.outputs." * 10_000,
        "$request.query." + "\\" * 100_001,
        "$" * 100_000,
        "{$" * 50_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_hostile_text_is_read_or_refused(text: str, dialect: Dialect) -> None:
    parsed = parse(text, dialect, DECLARED)
    assert (parsed.expression is None) != (parsed.fault is None)


@pytest.mark.parametrize(
    "text", ["$message.body", "$message.query.x", "$request.payload", "$response.query.x", "$response.path.x"]
)
def test_exp_17_what_never_has_a_value_is_doubted(text: str) -> None:
    parsed = parse(text, Dialect(v1_1=True, strict=True))
    assert parsed.expression is not None
    assert [remark.code for remark in parsed.remarks] == ["expression-no-value"]


@pytest.mark.parametrize("text", ["$message.payload", "$request.query.x", "$response.header.X", "$url"])
def test_exp_17_other_expressions_are_not_doubted(text: str) -> None:
    assert parse(text, Dialect(v1_1=True)).remarks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$response.bdy", True),
        ("$response", True),
        ("$inputs", True),
        ("$inputs.a b", True),
        ("$URL", True),
        ("$Inputs.x", True),
        ("$url-x", True),
        ("$urls", False),
        ("$statusCodes", False),
        ("$.items[*]", False),
        ("$env.X", False),
        ("$100", False),
        ("a $inputs.x", False),
        ("", False),
    ],
)
def test_exp_19_what_looks_like_an_expression(text: str, expected: bool) -> None:
    assert looks_like_expression(text) is expected


def test_a_fault_says_what_was_left_over_and_what_was_meant() -> None:
    fault = parse_standard("$response.body.id", Dialect()).fault
    assert fault is not None
    assert fault.message == "'$response.body' is followed by '.id', which is no part of an expression"
    assert (fault.offset, fault.help) == (14, "did you mean '$response.body#/id'?")


def test_a_long_rest_is_shown_in_part() -> None:
    fault = parse_standard("$url" + "x y" * 100, Dialect()).fault
    assert fault is not None
    assert len(fault.message) < 120
