import pytest

from arazzo_runner.mock.instances.pattern import (
    Back,
    Chars,
    Choice,
    Edge,
    Group,
    Look,
    Repeat,
    Row,
    Tree,
    Unread,
    read,
)

A, B = Chars(((97, 97),)), Chars(((98, 98),))


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("", Row(())),
        ("a", A),
        ("ab", Row((A, B))),
        ("a|b", Choice((A, B))),
        ("a*", Repeat(A, 0, None)),
        ("a+?", Repeat(A, 1, None)),
        ("a{2}", Repeat(A, 2, 2)),
        ("a{2,}", Repeat(A, 2, None)),
        ("a{2,3}", Repeat(A, 2, 3)),
        ("a{,3}", Row((A, *(Chars(((ord(c), ord(c)),)) for c in "{,3}")))),
        ("(a)", Group(A, 1)),
        ("(?:a)", A),
        ("(?<x>a)", Group(A, 1, "x")),
        ("(?P<x>a)", Group(A, 1, "x")),
        ("(?i)a", Row((Row(()), A))),
        ("(a)\\1", Row((Group(A, 1), Back("1")))),
        ("(?=a)", Look(A, True, False)),
        ("(?<!a)", Look(A, False, True)),
        ("^a$", Row((Edge("^"), A, Edge("$")))),
        ("\\Aa\\z", Row((Edge("^"), A, Edge("$")))),
        ("\\b", Edge("\\b")),
        ("[a-c]", Chars(((97, 99),))),
        ("[^a]", Chars(((97, 97),), negated=True)),
        ("[a-]", Chars(((97, 97), (45, 45)))),
        ("[\\]a]", Chars(((93, 93), (97, 97)))),
        ("\\d", Chars(((48, 57),))),
        ("\\x61", A),
        ("\\u0061", A),
        ("\\u{61}", A),
        ("\\.", Chars(((46, 46),))),
        ("\\p{Lu}", Chars(((65, 90),))),
    ],
)
def test_patterns_are_read(pattern: str, tree: Tree) -> None:
    assert read(pattern) == tree


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "not closed"),
        (")", "unmatched"),
        ("[a", "not closed"),
        ("[a-", "not closed"),
        ("*", "nothing to repeat"),
        ("a{3,1}", "wrong way round"),
        ("[z-a]", "wrong way round"),
        ("a\\", "ends the pattern"),
        ("\\p{Klingon}", "unknown Unicode property"),
        ("(" * 60 + ")" * 60, "nest deeper"),
        ("a" * 20_000, "longer than"),
    ],
)
def test_what_cannot_be_read_is_said(pattern: str, reason: str) -> None:
    found = read(pattern)
    assert isinstance(found, Unread)
    assert reason in found.reason
