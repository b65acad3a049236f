"""The machine for patterns that go back. The expected answers are those of a browser's engine."""

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.machine import Exhausted, Machine
from arazzo_runner.query.regex.program import compile_program
from arazzo_runner.query.regex.read import read_pattern


def search(pattern: str, text: str, steps: int = 100_000) -> bool:
    tree = read_pattern(pattern)
    assert not isinstance(tree, Fault)
    return Machine(compile_program(tree), text, steps).search()


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("a(?=b)", "ab", True),
        ("a(?=b)", "ac", False),
        ("a(?!b)", "ac", True),
        ("(?<=a)b", "ab", True),
        ("(?<=a)b", "cb", False),
        ("(?<!a)b", "cb", True),
        ("(?<=a{2,3}x*)b", "aaxb", True),
        (r"(a)\1", "aa", True),
        (r"(a)\1", "ab", False),
        (r"\1(a)", "a", True),
        (r"(?:(a)|b)\1c", "bc", True),
        (r"(?:(a)|b)*\1c", "abc", True),
        (r"(z)((a+)?(b+)?(c))*\4x", "zaacbbbcacx", True),
        (r"(?i:(a))\1", "aA", False),
        (r"(?i:(a)\1)", "aA", True),
        (r"(?<=(\w)\1)b", "aab", True),
        (r"(?<=\1(a))b", "aab", True),
        (r"(?=(a*))\1$", "aab", True),
        (r"(?!(a))\1b", "b", True),
        ("(?=a)*?b", "b", None),
        ("(?:(?=a))*b", "b", True),
        ("(?:a?)*?(?=b)", "aab", True),
        ("(?m:^b$)", "a\nb\nc", True),
        ("^b$", "a\nb\nc", False),
        ("(?m:a$)", "a\u2028b", True),
        ("(?s:a.b)(?=)", "a\nb", True),
        ("a.b(?=)", "a\nb", False),
        (r"\b\w+\b(?=)", "é x", True),
        (r"(?=\bé)", "é", False),
        (r"\Bé(?=)", "é", True),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "ab12", True),
        (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "abcd", False),
        (r"(?=\p{Lu})É", "É", True),
        (r"([ab])(?:\1c|d)", "bbc", True),
        ("(?:a{2,3}?(?=a)){2}", "aaaaa", True),
    ],
)
def test_rgx_02_lookarounds_and_references(pattern: str, text: str, found: bool | None) -> None:
    if found is None:
        assert isinstance(read_pattern(pattern), Fault)
    else:
        assert search(pattern, text) is found


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(?:(a+)+)+\1$", "a" * 40 + "b"),
        ("(?=a)(a+)+$", "a" * 40 + "b"),
        ("(?=a)(?:a|a)*b", "a" * 40),
        (r"(a*)*\1b", "a" * 60),
        ("(?=.*b)a", "a" * 5_000),
        (r"(.*)\1\1x", "ab" * 500),
    ],
)
def test_sec_09_the_steps_are_counted(pattern: str, text: str) -> None:
    with pytest.raises(Exhausted):
        search(pattern, text, 10_000)


def test_a_loop_over_nothing_ends() -> None:
    assert search(r"(?:(?=a)|()\1)*$", "b", 1_000)
