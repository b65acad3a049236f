import pytest

from arazzo_runner.mock.solving.goessner import read_goessner
from arazzo_runner.mock.solving.queries import (
    Compare,
    Count,
    Everything,
    Exists,
    Filter,
    Free,
    Index,
    Length,
    Literal,
    Matches,
    Name,
    Not,
    Segment,
    Selector,
    Slice,
    Some,
    Test,
    read_rfc9535,
)

ID = (Segment((Name("id"),)),)


@pytest.mark.parametrize(
    ("text", "selectors"),
    [
        ("$.a", (Name("a"),)),
        ("$[0]", (Index(0),)),
        ("$[-1]", (Index(-1),)),
        ("$[1:3]", (Slice(1, 3),)),
        ("$[*]", (Filter(Everything()),)),
        ("$['a','b']", (Name("a"), Name("b"))),
    ],
)
def test_selectors(text: str, selectors: tuple[Selector, ...]) -> None:
    assert read_rfc9535(text) == (Segment(selectors),)
    assert read_goessner(text) == (Segment(selectors),)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("@.id", Exists(ID)),
        ("!@.id", Not(Exists(ID))),
        ("@.id == 5", Compare("==", Exists(ID), Literal(5))),
        ("@.id < 5e2", Compare("<", Exists(ID), Literal(500.0))),
        ("'x' != @.id", Compare("!=", Literal("x"), Exists(ID))),
        ("length(@.id) > 2", Compare(">", Length(ID), Literal(2))),
        ("count(@.id) > 2", Compare(">", Count(ID), Literal(2))),
        ("match(@.id, 'a+')", Matches(ID, "a+", True)),
        ("search(@.id, 'a+')", Matches(ID, "a+", False)),
        ("@.id || @.id", Some((Exists(ID), Exists(ID)))),
        ("$.id", Free()),
    ],
)
def test_filters(text: str, test: Test) -> None:
    [segment] = read_rfc9535(f"$[?{text}]")
    assert segment.selectors == (Filter(test),)


def test_descendants() -> None:
    assert [segment.descend for segment in read_rfc9535("$..a.b")] == [True, False]
