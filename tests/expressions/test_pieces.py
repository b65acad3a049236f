"""Strings cut at their embedded expressions (requirements EMB-*)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Dialect
from arazzo_runner.expressions.parse import Parsed, parse_standard
from arazzo_runner.expressions.pieces import embedded


def read(text: str) -> Parsed:
    return parse_standard(text, Dialect(v1_1=True, strict=True))


def shown(text: str) -> list[str]:
    """The pieces of a text: expressions in brackets, fixed text in slashes."""
    shown = []
    for piece in embedded(text, read):
        source = text[piece.start : piece.end]
        shown.append(f"[{piece.expression.text}]" if piece.expression else f"/{source}/" if piece.fixed else source)
    return shown


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("a{$inputs.x}b", ["a", "[$inputs.x]", "b"], id="EMB-01"),
        pytest.param("https://{$inputs.h}/{$steps.c.outputs.id}", ["https://", "[$inputs.h]", "/", "[$steps.c.outputs.id]"], id="EMB-02"),
        pytest.param("{$inputs.n}", ["[$inputs.n]"], id="EMB-07"),
        pytest.param("{$response.body#/a}}", ["[$response.body#/a]", "}"], id="EMB-08"),
        pytest.param("{a}{b} a{2}", ["{a}{b} a{2}"], id="EMB-09 other braces"),
        pytest.param("{$bad}", ["/{$bad}/"], id="EMB-09 no expression"),
        pytest.param("{$inputs.a b}", ["/{$inputs.a b}/"], id="EMB-09 malformed"),
        pytest.param("{$bad {$inputs.x}", ["/{$bad /", "[$inputs.x]"], id="EMB-09 inside another"),
        pytest.param("x {$inputs.x", ["x ", "/{$inputs.x/"], id="EMB-09 without end"),
        pytest.param("{{$inputs.x}}", ["{", "[$inputs.x]", "}"], id="EMB-09 double braces"),
        pytest.param("{ $inputs.x }", ["{ $inputs.x }"], id="EMB-09 spaces"),
        pytest.param("{$ref}", ["/{$ref}/"], id="EMB-09 another language"),
        pytest.param("{$inputs.a}{$inputs.b}", ["[$inputs.a]", "[$inputs.b]"], id="EMB-12"),
        pytest.param('{"a": "{$inputs.x}"}', ['{"a": "', "[$inputs.x]", '"}'], id="BOD-07"),
        pytest.param("{$request.query.a b}", ["[$request.query.a b]"], id="EXP-07"),
        pytest.param("", [], id="empty"),
    ],
)  # fmt: skip
def test_a_string_is_cut(text: str, pieces: list[str]) -> None:
    assert shown(text) == pieces


@pytest.mark.parametrize(
    ("text", "offset"), [("a {$bad}", 2), ("{$inputs.a b}", 0), ("xx{$inputs.a", 2), ("{$inputs.x}{$statuscode}", 11)]
)
def test_emb_09_what_is_left_as_it_is_leaves_a_remark(text: str, offset: int) -> None:
    (remark,) = [remark for piece in embedded(text, read) for remark in piece.remarks]
    assert (remark.code, remark.offset) == ("embedded-malformed", offset)


@pytest.mark.parametrize("text", ["{a}", "{$}", "{$ }", "{$1}", "a{2,3}", "{$$x}"])
def test_braces_of_other_languages_leave_none(text: str) -> None:
    assert not [remark for piece in embedded(text, read) for remark in piece.remarks]


BRACED = st.lists(st.sampled_from(["{", "}", "{$", "$", "inputs.a", "a", "{$inputs.a}", " "])).map("".join)


@given(BRACED | st.text())
def test_the_pieces_cover_the_string(text: str) -> None:
    pieces = embedded(text, read)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text


@pytest.mark.parametrize(
    "text", ["{$" * 50_000, "{$" * 50_000 + "}", "{$inputs.a}" * 10_000, "{$" + "a" * 100_000, "}" * 100_000]
)
def test_a_hostile_string_is_cut_in_time(text: str) -> None:
    pieces = embedded(text, read)
    assert sum(piece.end - piece.start for piece in pieces) == len(text)


def test_a_long_fault_is_shown_in_part() -> None:
    (piece,) = embedded("{$inputs." + "a b" * 100 + "}", read)
    assert len(piece.remarks[0].message) < 300
