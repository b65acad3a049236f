import pytest

from arazzo_runner.mock.solving.goessner import read_goessner
from arazzo_runner.mock.solving.queries import (
    Compare,
    Every,
    Exists,
    Filter,
    Length,
    Literal,
    Matches,
    Name,
    Segment,
    Test,
)

ID = (Segment((Name("id"),)),)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("@.id", Exists(ID)),
        ("@.id == 'x'", Compare("==", Exists(ID), Literal("x"))),
        ("@.id.length > 2", Compare(">", Length(ID, of_objects=False), Literal(2))),
        ("@.id =~ '^a'", Matches(ID, "^a", False)),
    ],
)
def test_filters(text: str, test: Test) -> None:
    [segment] = read_goessner(f"$[?({text})]")
    assert segment.selectors == (Filter(Every((test,))),)


def test_the_script_is_an_index_from_the_end() -> None:
    assert read_goessner("$.a[(@.length-1)]") == read_goessner("$.a[-1]")


def test_descendants() -> None:
    assert [segment.descend for segment in read_goessner("$..a.b")] == [True, False]
