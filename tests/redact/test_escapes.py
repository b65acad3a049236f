from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.redact.escapes import MAX_UNESCAPED, views

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a%2Fb", ["a/b"]),
        ("a%2fb%20%C3%BC%e2%82%ac", ["a/b \u00fc\u20ac"]),
        ("%FF%4", ["\ufffd%4"]),
        ('a\\"b\\/\\n\\u00fc', ['a"b/\n\u00fc']),
        ("\\ud83c\\udf0d\\x", ["\U0001f30d\\x"]),
        ("a&amp;b&#34;&#x27;&quot;", ['a&b"\'"']),
        ("&unknown;&", []),
        ("&#9999999;", ["\ufffd"]),
        ("%41\\n&lt;", ["A\n<"]),
        ("%2541%5Cn&amp;lt;", ["%41\\n&lt;", "A\n<"]),
        ("%252541", ["%2541", "%41"]),
        ("100% \\ & plain", []),
        ("", []),
    ],
)
def test_a_text_is_read_without_its_escapes_and_once_again(text: str, read: list[str]) -> None:
    assert [view.text for view in views(text)] == read


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("x%2Fyz", "/", "%2F"),
        ("x%2Fyz", "x/", "x%2F"),
        ("x%2Fyz", "/y", "%2Fy"),
        ("x%2Fyz", "yz", "yz"),
        ("x%2Fyz", "x", "x"),
        ("x%2F%2Fyz%2F", "z/", "z%2F"),
        # Inside a run of escapes, the run is the least that can be told apart.
        ("x%41%42%43y", "B", "%41%42%43"),
        ("x%41%42%43y", "Cy", "%41%42%43y"),
    ],
)
def test_the_way_back_leads_to_the_original(text: str, part: str, original: str) -> None:
    (view,) = views(text)
    start = view.text.index(part)
    found, end = view.original(start, start + len(part))
    assert text[found:end] == original


@given(ANY, ANY.filter(bool), ANY, st.sampled_from([quote, lambda text: json.dumps(text)[1:-1], html.escape]))
def test_what_was_escaped_lies_in_the_span_that_it_is_traced_to(
    before: str, part: str, after: str, escape: object
) -> None:
    assert callable(escape)
    text = before + "|" + escape(part) + "|" + after
    start, end = len(before) + 1, len(before) + 1 + len(escape(part))
    for view in views(text):
        at = view.text.find("|" + part + "|")
        if at >= 0:
            found = view.original(at + 1, at + 1 + len(part))
            assert found[0] <= start
            assert found[1] >= end


def test_a_very_long_text_is_not_read() -> None:
    assert [len(view.text) for view in views("%41" + "a" * (MAX_UNESCAPED - 3))] == [MAX_UNESCAPED - 2]
    assert list(views("%41" + "a" * (MAX_UNESCAPED - 2))) == []
