"""Which strings can stand without quotes, and how they are quoted else."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.fixes.styles import LONGEST_KEY, is_plain, quoted, written
from tests.fixes.documents import source


@pytest.mark.parametrize(
    "value", ["a", "a b", "Bearer {$inputs.t}", "$a#/b", "a:b", "-a", "?a", ":a", "it's", "a#b", "=", "é"]
)
def test_plain_in_a_block(value: str) -> None:
    assert is_plain(value, flow=False)
    assert source(f"v: {value}\n").data == {"v": value}


@pytest.mark.parametrize(
    "value",
    ["", " a", "a ", "1", "1e3", "true", "null", "~", "a: b", "a #b", "a:", "- a", "-", "? a", "{a", "[a", "'a", '"a',
     "*a", "&a", "!a", "|a", ">a", "%a", "@a", "`a", "#a", "a\nb", "a\tb", "---", "... a", "\u2028", "\x07", "0x1f", ".5"],
)  # fmt: skip
def test_not_plain(value: str) -> None:
    assert not is_plain(value, flow=False)


@pytest.mark.parametrize("value", ["a,b", "a]", "{$a}", "a}b", "-a", "a[0]"])
def test_not_plain_between_brackets(value: str) -> None:
    assert not is_plain(value, flow=True)


def test_a_key_is_not_too_long_and_no_merge_key() -> None:
    assert is_plain("a" * LONGEST_KEY, flow=False, key=True)
    assert not is_plain("a" * (LONGEST_KEY + 1), flow=False, key=True)
    assert not is_plain("<<", flow=False, key=True)


@pytest.mark.parametrize(
    ("value", "prefer", "wanted"),
    [
        ("a", "", "'a'"), ("it's", "", '"it\'s"'), ("it's", "'", "'it''s'"), ("a", '"', '"a"'), ('"\'', "", "'\"'''"),
        ("a\n", "'", '"a\\n"'), ('\\"', '"', '"\\\\\\""'),
    ],
)  # fmt: skip
def test_quotes(value: str, prefer: str, wanted: str) -> None:
    assert quoted(value, prefer=prefer) == wanted


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "'", '"']), st.booleans())
def test_what_is_written_is_read_as_itself(value: str, style: str, flow: bool) -> None:
    text = written(value, style, flow=flow)
    around = ("[", "]\n") if flow else ("- ", "\n")
    assert source(around[0] + text + around[1]).data == [value]
    if value.isprintable() and "\t" not in value:  # other readers agree, where YAML 1.1 does not mean something else
        assert isinstance(yaml.compose(around[0] + text + around[1]), yaml.SequenceNode)
