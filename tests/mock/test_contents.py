import pytest

from arazzo_runner.mock.contents import contents
from arazzo_runner.sources.operations import MediaType


def found(declared: list[str], accept: str | None = None) -> list[str]:
    return [content.type for content in contents({name: MediaType(name) for name in declared}, accept)]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (["text/plain", "application/json"], ["application/json", "text/plain"]),
        (
            ["application/xml", "text/csv", "application/hal+json"],
            ["application/hal+json", "text/csv", "application/xml"],
        ),
        (["application/json; charset=utf-8"], ["application/json; charset=utf-8"]),
        (["*/*"], ["application/json"]),
        (["application/*"], ["application/json"]),
        (["application/*+json"], ["application/json"]),
        (["text/*"], ["text/plain"]),
        (["image/*"], ["image/png"]),
        (["font/*"], ["font/x-any"]),
        (["json"], ["application/json"]),
        (["state", "application/hal+json"], ["application/hal+json"]),
        (["*/*", "application/json"], ["application/json"]),
    ],
)
def test_json_comes_first_and_no_range_is_sent(declared: list[str], expected: list[str]) -> None:
    assert found(declared) == expected


@pytest.mark.parametrize(
    ("accept", "first", "accepted"),
    [
        ("text/plain", "text/plain", True),
        ("TEXT/PLAIN;q=0.3", "text/plain", True),
        ("text/*", "text/plain", True),
        ("*/*;q=0.1", "application/json", True),
        ("application/json;q=0, */*", "text/plain", True),
        ("image/png", "application/json", False),
        ("nonsense", "application/json", True),
        ("application/json;q=x", "application/json", True),
        ("", "application/json", True),
    ],
)
def test_what_the_request_accepts_comes_before_what_it_does_not(accept: str, first: str, accepted: bool) -> None:
    [best, *_] = contents({name: MediaType(name) for name in ("application/json", "text/plain")}, accept)
    assert (best.type, best.accepted) == (first, accepted)


def test_a_range_becomes_what_the_request_asks_for() -> None:
    assert found(["image/*"], "image/webp") == ["image/webp"]
    assert found(["*/*"], "text/turtle, text/plain") == ["text/turtle"]
