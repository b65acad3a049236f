import pytest

from arazzo_runner.document.spelling import behind_properties, characters


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a b", [(0, 1, "a"), (2, 3, "b")]),
        ("'a''b'", [(1, 2, "a"), (2, 4, "'"), (4, 5, "b")]),
        ('"a\\"\\u00e9\\n"', [(1, 2, "a"), (2, 4, '"'), (4, 10, "é")]),
        ('"\\ud83d\\ude00"', [(1, 13, "😀")]),
        ("|-\n  a\n  'b", [(5, 6, "a"), (9, 10, "'"), (10, 11, "b")]),
        ("&x !!str a", [(9, 10, "a")]),
    ],
)
def test_each_character_has_its_place(text: str, written: list[tuple[int, int, str]]) -> None:
    assert list(characters(text, 0, len(text))) == written


def test_properties_are_passed_over() -> None:
    assert behind_properties("&x !!str a", 0, 10) == 9
    assert behind_properties("a &x", 0, 4) == 0
