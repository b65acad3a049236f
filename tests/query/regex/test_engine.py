"""Patterns with the meaning of ECMA-262, bounded (checklist RGX, SEC-09)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex import Pattern, compile_pattern, engine
from arazzo_runner.query.regex.limits import MAX_SUBJECT_LENGTH
from arazzo_runner.query.undecided import Undecided


def search(pattern: str, text: str) -> bool | Undecided:
    compiled = compile_pattern(pattern)
    assert isinstance(compiled, Pattern), compiled
    return compiled.search(text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("20", "200", True),
        ("ok", "OK", False),
        ("(?i:ok)", "OK", True),
        (r"^\d+$", "٣", False),
        (r"^\w+$", "é", False),
        (r"^\W$", "é", True),
        (r"^\D$", "٣", True),
        ("^a$", "a\n", False),
        ("^b$", "a\nb", False),
        (r"\p{L}+", "é", True),
        (r"\p{Script=Greek}", "\u03b1", True),
        (r"\p{Lu}", "a", False),
        (r"[\p{L}\d]", "-", False),
        (r"\P{L}", "a", False),
        ("(?<=a)b", "ab", True),
        (r"(?<y>a)\k<y>", "aa", True),
        (r"(a)\1", "ab", False),
        (r"^\cM$", "\r", True),
        (r"\s", "\ufeff", True),
        (r"\s", "\u0085", False),
        (".", "\u2028", False),
        ("^.$", "😀", True),
        (r"\u{1F600}", "😀", True),
        (r"\ud83d\ude00", "😀", True),
        ("[^]", "\n", True),
        ("[]", "x", False),
        (r"\x41", "A", True),
        (r"\0", "\0", True),
        (r"[\b]", "\b", True),
        (r"[\w-]+$", "a-b", True),
        (r"^[\d-x]+$", "1-x", True),
        (r"^2\d{2}$", "204", True),
        ("a{1,3}b", "aab", True),
        ('{"a":1}', '{"a":1}', True),
        (r"\-\/\"", '-/"', True),
        ("[a&&b]", "&", True),
        (r"(?s:a.c)", "a\nc", True),
        ("", "", True),
        ("a||b", "", True),
        (r"\bfoo\b", "a foo b", True),
        (r"\bfoo\b", "é foo é", True),
        (r"\bé", "é", False),
        (r"é\b", "éa", True),
        (r"\bx", "éx", True),
        (r"\bx", "\u2003x", True),
        (r"x\B.", "x☃", False),
        (r"\b\p{L}", "éa", True),
        (r"^(?:\b|a)é", "aé", True),
        ("a", "\ud800a", True),
        ("^.$", "\ud800", True),
        (r"\ud800", "\ud800", False),
    ],
)
def test_rgx_02_to_05_the_meaning_is_that_of_ecma_262(pattern: str, text: str, found: bool) -> None:
    assert search(pattern, text) is found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("(a+)+$", "a" * 50 + "b", False),
        ("^(a+)+$", "a" * 1_000_000 + "b", False),
        ("(a|a)*b", "a" * 1_000, False),
        ("(x+x+)+y", "x" * 1_000, False),
        ("^(?:a?){50}a{50}$", "a" * 49, False),
    ],
)
def test_sec_09_what_backtracks_elsewhere_is_decided(pattern: str, text: str, found: bool) -> None:
    assert search(pattern, text) is found


@pytest.mark.parametrize(
    ("pattern", "text", "limit"),
    [
        (r"^(?:(a+)+)+\1$", "a" * 40 + "b", "max_pattern_steps"),
        ("(?=a)(?:a|a)*b", "a" * 60, "max_pattern_steps"),
        ("[^x]{5000}y", "a" * 200_000, "max_pattern_work"),
        ("a", "a" * (MAX_SUBJECT_LENGTH + 1), "max_subject_length"),
    ],
)
def test_sec_09_a_limit_is_named(pattern: str, text: str, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_PATTERN_STEPS", 20_000)
    found = search(pattern, text)
    assert isinstance(found, Undecided)
    assert found.limit == limit
    assert found == search(pattern, text)


@pytest.mark.parametrize(
    "pattern",
    [
        "a{1,100000}",
        "(a{1,1000}){1,1000}",
        "((((a{1,50}){1,50}){1,50}){1,50}){1,50}",
        r"\p{L}{1000}",
        "(?:a{999999999}){9}",
        "a{1000000000}",
        "a{1,1000000000000000000000}",
        "a{" + "9" * 5_000 + "}",
    ],
)
def test_sec_09_huge_repetitions_are_refused(pattern: str) -> None:
    fault = compile_pattern(pattern)
    assert isinstance(fault, Fault)
    assert fault.code == "pattern-too-large"


def test_rgx_01_an_unknown_property_is_a_fault_at_its_place() -> None:
    fault = compile_pattern(r"[a-z\p{Nonsense}]")
    assert isinstance(fault, Fault)
    assert (fault.offset, fault.code) == (4, "pattern-malformed")
    assert "'Nonsense'" in fault.message


PATTERNS = st.lists(
    st.sampled_from(
        [
            *"abé.^$|*+?",
            "(",
            ")",
            "(?:",
            "(?=",
            "(?<!",
            r"\b",
            r"\w",
            r"\s",
            "[ab]",
            "[^é]",
            r"\1",
            "{1,2}",
            r"\p{L}",
            "(?i:",
        ]
    ),
    max_size=12,
).map("".join)


@given(PATTERNS | st.text(max_size=20), st.text(alphabet="abAé \n\u212a\ud800", max_size=12))
def test_no_pattern_and_no_text_make_it_raise(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern)
    if isinstance(compiled, Pattern):
        assert isinstance(compiled.search(text), bool | Undecided)


@given(PATTERNS, st.text(alphabet="abAé \n", max_size=8))
def test_both_engines_agree(pattern: str, text: str) -> None:
    plain = compile_pattern(pattern)
    # A lookahead that always holds sends the same pattern to the other engine.
    other = compile_pattern(f"(?:{pattern})(?=)")
    if isinstance(plain, Pattern) and isinstance(other, Pattern):
        assert plain.search(text) == other.search(text)
