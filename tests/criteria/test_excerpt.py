"""Values cut down for reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.excerpt import CUT, MAX_DEPTH, MAX_MEMBERS, MAX_TEXT, excerpt
from arazzo_runner.values import Nothing, Value


@pytest.mark.parametrize(
    "value", [None, True, 5, 1.5, "text", b"x", [1, [2]], {"a": {"b": [1]}}, Nothing("why"), "a" * MAX_TEXT]
)
def test_what_is_small_stays(value: Value | Nothing) -> None:
    assert excerpt(value) == value


def test_what_is_large_shows_its_beginning() -> None:
    assert excerpt(list(range(100))) == [*range(MAX_MEMBERS), CUT]
    members = excerpt({f"m{number}": number for number in range(100)})
    assert isinstance(members, dict)
    assert list(members) == [*(f"m{number}" for number in range(MAX_MEMBERS)), CUT]
    assert excerpt(b"x" * 5_000) == "5000 bytes"


def test_what_is_deep_ends() -> None:
    value: Value = "end"
    for _ in range(5_000):
        value = {"a": value}
    shown = excerpt(value)
    for _ in range(MAX_DEPTH):
        assert isinstance(shown, dict)
        shown = shown["a"]
    assert shown == CUT


def test_a_text_is_not_cut_inside_a_word() -> None:
    text = "a " * 400 + "secret-token-" * 50
    assert excerpt(text) == "a " * 400 + CUT
    assert excerpt("abcd" * 1_000) == CUT
    assert excerpt("abc " * 1_000) == "abc " * 250 + CUT
    assert excerpt('{"k":"' + "x" * 2_000 + '"}') == '{"k":"' + CUT
    assert excerpt("ab " * 333 + "z" + " rest") == "ab " * 333 + "z" + CUT


@given(st.text(alphabet="ab ,", min_size=MAX_TEXT, max_size=MAX_TEXT + 50))
def test_each_word_that_is_shown_is_whole(text: str) -> None:
    shown = excerpt(text)
    assert isinstance(shown, str)
    kept = shown.removesuffix(CUT)
    assert text.startswith(kept)
    assert kept == text or not kept or kept[-1] in " ," or text[len(kept)] in " ,"
