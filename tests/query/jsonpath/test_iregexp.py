"""I-Regexp, the patterns of `match` and `search`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.query.jsonpath.iregexp import compile_iregexp


@pytest.mark.parametrize(
    ("pattern", "text", "whole", "part"),
    [
        ("ab", "ab", True, True),
        ("ab", "xabx", False, True),
        ("a|b", "b", True, True),
        ("a.c", "a\u2028c", True, True),
        ("a.c", "a\nc", False, False),
        ("a.c", "a\rc", False, False),
        ("a?b+c*", "bb", True, True),
        ("a{2}", "aa", True, True),
        ("a{2,}", "aaa", True, True),
        ("a{1,2}", "aaa", False, True),
        ("(ab)+", "abab", True, True),
        ("[a-c]", "b", True, True),
        ("[^a-c]", "b", False, False),
        ("[-a]", "-", True, True),
        ("[a-]", "-", True, True),
        ("[^-]", "-", False, False),
        (r"[\]\-]", "-", True, True),
        (r"[\p{Lu}0-9]", "É", True, True),
        (r"\p{L}", "é", True, True),
        (r"\P{L}", "é", False, False),
        (r"\.\n", ".\n", True, True),
        (r"\(\{\|\}\)", "({|})", True, True),
        ("^a$", "a", True, True),
        ("^b", "ab", False, False),
        ("", "", True, True),
        ("OK", "ok", False, False),
    ],
)
def test_a_pattern_matches_the_whole_or_a_part(pattern: str, text: str, whole: bool, part: bool) -> None:
    for wanted, is_whole in ((whole, True), (part, False)):
        compiled = compile_iregexp(pattern, is_whole)
        assert compiled is not None
        assert compiled.search(text) is wanted


@pytest.mark.parametrize(
    "pattern",
    [r"\d", r"\w", r"\b", r"\1", "(?:a)", "(?=a)", "a++", "a*?", "[]", "[^]", "[", "[a", "(", ")", "a)", "*", "{2}", "a{2,1}",
     r"\p{Greek}", r"\p{Script=Greek}", r"\pL", "[b-a]", "[a--b]", "]", "}", "\\", r"\x41", "[\\", "a|*", "a" * 30_000, "(" * 60 + ")" * 60,
     "a{30000}"],
)  # fmt: skip
def test_what_is_no_iregexp_is_none(pattern: str) -> None:
    assert compile_iregexp(pattern, True) is None


@given(st.text(alphabet="ab()[]{}|*+?.^-\\pL0,12") | st.text())
def test_no_text_makes_it_raise(pattern: str) -> None:
    compiled = compile_iregexp(pattern, False)
    assert compiled is None or isinstance(compiled.search("ab"), bool)
