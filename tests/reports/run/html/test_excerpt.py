import pytest

from arazzo_runner.reports.run.html.excerpt import Excerpt, excerpt
from arazzo_runner.reports.run.html.limits import MAX_BODY


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        (None, None, None),
        (b"", "text/plain", None),
        (b"x", None, Excerpt("x", 1)),
        (b'{"a":1}', "application/json", Excerpt('{"a":1}', 7, "application/json", is_json=True)),
        ("ä".encode("latin-1"), "text/plain; charset=latin-1", Excerpt("ä", 1, "text/plain; charset=latin-1")),
        (b"\xff\0", "image/png", Excerpt(None, 2, "image/png")),
        (b"\xff", "multipart/form-data", Excerpt("\\xff", 1, "multipart/form-data")),
        (b"x" * 1_000_000, "", Excerpt("x" * MAX_BODY, 1_000_000, is_whole=False)),
    ],
)
def test_the_beginning_of_a_body_is_kept(body: bytes | None, media_type: str | None, expected: Excerpt | None) -> None:
    assert excerpt(body, media_type) == expected


@pytest.mark.parametrize(
    ("body", "most", "expected"),
    [
        (b"abcdef", 6, ("abcdef", True)),
        (b"abcdef", 2, ("ab", False)),
        (b"[1,2]", 99, ("[\n  1,\n  2\n]", True)),
        (b"[1,2]", 11, ("[\n  1,\n  2\n", False)),
        (b"[1,2]", 4, ("[\n  ", False)),
        (b"\0", 9, ("", True)),
        (b"x" * (MAX_BODY + 1), MAX_BODY, ("x" * MAX_BODY, False)),
    ],
)
def test_as_much_is_shown_as_there_is_room_for(body: bytes, most: int, expected: tuple[str, bool]) -> None:
    found = excerpt(body, "")
    assert found is not None
    assert found.shown(most) == expected


def test_a_body_weighs_what_is_shown_of_it() -> None:
    assert [each.weight for each in (Excerpt("abc", 3), Excerpt("[1]", 3, is_json=True), Excerpt(None, 9))] == [3, 6, 0]
    assert Excerpt("x" * MAX_BODY, 1, is_json=True).weight == MAX_BODY
