import pytest

from arazzo_runner.mock.scenarios.letters import follows, letters, parts, skip_spaces, word_from


@pytest.mark.parametrize(
    ("written", "text", "plain"),
    [
        ("a.b", "a.b", [True, True, True]),
        (r"a\.b", "a.b", [True, False, True]),
        (r"a\\b", "a\\b", [True, False, True]),
        ("a\\", "a\\", [True, False]),
        ("", "", []),
    ],
)
def test_a_backslash_takes_the_meaning_of_the_next_letter(written: str, text: str, plain: list[bool]) -> None:
    read = letters(written)
    assert "".join(letter.text for letter in read) == text
    assert [letter.plain for letter in read] == plain


@pytest.mark.parametrize(
    ("written", "word", "found"),
    [
        ("step=failure", "step", True),
        ("steps=failure", "step", False),
        ("step", "step", True),
        ("st", "step", False),
        ("a.b=x", "a.b", True),
        (r"a\.b=x", "a.b", True),
        (r"a\.b=x", "a", False),
        ("a,b", "a", True),
    ],
)
def test_a_word_follows_where_it_stands_whole(written: str, word: str, found: bool) -> None:
    assert follows(letters(written), 0, word) is found


def test_an_escaped_delimiter_parts_nothing() -> None:
    read = letters(r"a\,b,c")
    assert word_from(read, 0, ",") == "a,b"
    assert not parts(read, 1, ",")
    assert parts(read, 3, ",")


def test_spaces_before_a_word_are_passed_over() -> None:
    assert skip_spaces(letters("  a"), 0) == 2
    assert skip_spaces(letters(r"\ a"), 0) == 0
