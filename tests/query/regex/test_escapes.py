"""Escapes and character classes."""

import pytest

from arazzo_runner.query.regex.escapes import read_class, read_escape
from arazzo_runner.query.regex.scanner import Malformed, Scanner
from arazzo_runner.query.regex.syntax import Char, Item, Property, Range, Set, Shorthand


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("d", Shorthand("d")),
        ("W", Shorthand("W")),
        ("t", Char(9)),
        ("v", Char(11)),
        ("0", Char(0)),
        ("cM", Char(13)),
        ("cm", Char(13)),
        ("x41", Char(0x41)),
        ("u0041", Char(0x41)),
        ("u{41}", Char(0x41)),
        ("u{1F600}", Char(0x1F600)),
        ("u{0000000041}", Char(0x41)),
        (r"ud83d\ude00", Char(0x1F600)),
        (r"ud83d\u0041", Char(0xD83D)),
        ("p{L}", Property("L", False, 0)),
        ("P{Script=Greek}", Property("Script=Greek", True, 0)),
        ("-", Char(0x2D)),
        ("/", Char(0x2F)),
        ('"', Char(0x22)),
        ("é", Char(0xE9)),
        ("_", Char(0x5F)),
    ],
)
def test_rgx_02_an_escape_is_read(text: str, read: Char | Shorthand | Property) -> None:
    assert read_escape(Scanner(text), 0) == read


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("", r"\\"),
        ("A", "'^'"),
        ("Z", "'$'"),
        ("z", "'$'"),
        ("h", r"[ \t]"),
        ("Q", "escape each"),
        ("e", "no letters"),
        ("c1", r"\cM"),
        ("x4", r"\x41"),
        ("u12", r"\u0041"),
        ("u{110000}", r"\u{1F600}"),
        ("u{}", r"\u{1F600}"),
        ("01", r"\0"),
        ("pL", r"\p{L}"),
        ("p{}", r"\p{L}"),
        ("p{L", r"\p{L}"),
    ],
)
def test_rgx_01_what_means_something_else_elsewhere_is_a_fault(text: str, help: str) -> None:
    with pytest.raises(Malformed) as raised:
        read_escape(Scanner(text), 0)
    assert raised.value.fault.code == "pattern-malformed"
    assert help in raised.value.fault.help


DASH = Range(0x2D, 0x2D)
A, B = Range(0x61, 0x61), Range(0x62, 0x62)


@pytest.mark.parametrize(
    ("text", "items", "negated"),
    [
        ("]", (), False),
        ("^]", (), True),
        ("ab]", (A, B), False),
        ("a-b]", (Range(0x61, 0x62),), False),
        ("^a-b]", (Range(0x61, 0x62),), True),
        ("-a]", (DASH, A), False),
        ("a-]", (A, DASH), False),
        (r"\w-a]", (Shorthand("w"), DASH, A), False),
        (r"a-\d]", (A, DASH, Shorthand("d")), False),
        (r"\]]", (Range(0x5D, 0x5D),), False),
        (r"\b]", (Range(8, 8),), False),
        ("[a]", (Range(0x5B, 0x5B), A), False),
        (r"\p{L}]", (Property("L", False, 0),), False),
    ],
)
def test_a_class_is_read(text: str, items: tuple[Item, ...], negated: bool) -> None:
    assert read_class(Scanner(text), -1) == Set(items, negated)


@pytest.mark.parametrize(("text", "offset"), [("a", 7), ("", 7), ("b-a]", 0), (r"ab\A]", 2)])
def test_a_class_that_is_none(text: str, offset: int) -> None:
    with pytest.raises(Malformed) as raised:
        read_class(Scanner(text), 7)
    assert raised.value.fault.offset == offset
