import string
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi import percent

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
UNRESERVED = set(string.ascii_letters + string.digits + "-._~")


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        # RFC 6570, section 3.2.2: simple string expansion
        ("value", "value"),
        ("Hello World!", "Hello%20World%21"),
        ("/foo/bar", "%2Ffoo%2Fbar"),
        ("50%", "50%25"),
        ("a/b c", "a%2Fb%20c"),
        # OpenAPI 3.2, Parameter Object Examples
        ("diṅnāga", "di%E1%B9%85n%C4%81ga"),
        ("~-._", "~-._"),
        ("", ""),
    ],
)
def test_only_unreserved_characters_stay_bare(text: str, encoded: str) -> None:
    assert percent.unreserved(text) == encoded


@given(TEXT)
def test_unreserved_comes_back_as_it_was(text: str) -> None:
    encoded = percent.unreserved(text)
    assert unquote(encoded) == text
    assert set(encoded) <= UNRESERVED | {"%"}


@given(TEXT)
def test_a_form_comes_back_as_it_was(text: str) -> None:
    assert parse_qsl(f"x={percent.form(text)}", keep_blank_values=True) == [("x", text)]
    assert "~" not in percent.form(text)


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        # RFC 6570, section 3.2.3: reserved expansion, but for what would end a query value
        ("Hello World!", "Hello%20World!"),
        ("/foo/bar", "/foo/bar"),
        ("50%", "50%25"),
        ("50%20", "50%20"),
        ("%zz%4G%", "%25zz%254G%25"),
        ("http://example.com/home/", "http://example.com/home/"),
        ("a&b+c#d[e]", "a%26b%2Bc%23d%5Be%5D"),
    ],
)
def test_reserved_characters_pass_where_a_query_allows_them(text: str, encoded: str) -> None:
    assert percent.reserved(percent.QUERY_RESERVED)(text) == encoded


def test_a_path_value_never_gets_a_slash_a_query_or_a_fragment() -> None:
    assert percent.reserved(percent.PATH_RESERVED)("a/b?c#d:e@f") == "a%2Fb%3Fc%23d:e@f"


@pytest.mark.parametrize("encode", [percent.unreserved, percent.form, percent.literal_path, percent.whole_query])
def test_half_a_surrogate_pair_in_a_description_is_no_crash(encode: percent.Encoder) -> None:
    assert encode("a\ud800b") in ("a%3Fb", "a?b")


@given(TEXT)
def test_a_whole_query_is_legal_and_a_legal_one_untouched(text: str) -> None:
    once = percent.whole_query(text)
    assert once.isascii()
    assert not set(once) & set(' "<>\\^`{|}#[]\n')
    assert percent.whole_query(once) == once
