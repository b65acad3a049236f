"""Whether a character is in a set."""

import pytest

from arazzo_runner.query.regex.escapes import read_class
from arazzo_runner.query.regex.membership import contains, is_line_end, is_word, same_letter
from arazzo_runner.query.regex.scanner import Scanner


@pytest.mark.parametrize(
    ("written", "character", "ignore_case", "found"),
    [
        ("a-c]", "b", False, True),
        ("a-c]", "B", False, False),
        ("a-c]", "B", True, True),
        ("^a-c]", "b", False, False),
        ("^a-c]", "B", True, False),
        (r"\d]", "٣", False, False),
        (r"\W]", "é", False, True),
        (r"\p{Lu}]", "É", False, True),
        (r"\p{Lu}]", "é", False, False),
        ("k]", "\u212a", True, True),
        ("]", "a", False, False),
        ("^]", "\n", False, True),
    ],
)
def test_a_set_contains(written: str, character: str, ignore_case: bool, found: bool) -> None:
    assert contains(read_class(Scanner(written), 0), character, ignore_case) is found


def test_words_and_lines_are_those_of_ecma_262() -> None:
    assert [mark for mark in "a_9Zé- " if is_word(mark)] == ["a", "_", "9", "Z"]
    assert not is_word("")
    assert [is_line_end(mark) for mark in "\n\r\u2028\u2029\u0085\x0b"] == [True] * 4 + [False] * 2


def test_letters_are_the_same_without_case() -> None:
    assert same_letter("a", "A")
    assert same_letter("é", "É")
    assert not same_letter("a", "b")
