import re

import pytest

from arazzo_runner.mock.instances import names
from arazzo_runner.mock.instances.draw import Draw
from tests.mock.instances.schemas import made


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("createdAt", ("created", "at")),
        ("created_at", ("created", "at")),
        ("X-Request-ID", ("x", "request", "id")),
        ("HTMLUrl", ("html", "url")),
        ("line2", ("line", "2")),
        ("", ()),
        ("___", ()),
    ],
)
def test_names_are_cut_into_words(name: str, words: tuple[str, ...]) -> None:
    assert names.split(name) == words


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("email", r"[a-z]+\.[a-z]+@example\.com"),
        ("billing_email", r"[a-z]+\.[a-z]+@example\.com"),
        ("createdAt", r"2025-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
        ("updated_time", r"2025-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
        ("birthDate", r"2025-\d\d-\d\d"),
        ("avatarUrl", r"https://example\.com/.+"),
        ("userId", r"[0-9a-f]{12}"),
        ("uuid", r"[0-9a-f-]{36}"),
        ("firstName", r"[A-Z][a-z]+"),
        ("countryCode", r"[A-Z]{2}"),
        ("currency", r"[A-Z]{3}"),
        ("accessToken", r"\w{32}"),
        ("ETag", r'"[0-9a-f]{16}"'),
        ("zipCode", r"\d{5}"),
    ],
)
def test_a_text_is_what_its_name_says(name: str, pattern: str) -> None:
    value = made({"type": "object", "properties": {name: {"type": "string"}}})
    assert re.fullmatch(pattern, value[name]), value


def test_a_name_that_says_nothing_gives_nothing() -> None:
    assert names.text_for("zorblax", Draw(0)) is None
    assert names.number_for("zorblax", Draw(0)) is None


def test_a_name_never_wins_over_the_schema() -> None:
    value = made(
        {"type": "object", "properties": {"email": {"type": "string", "maxLength": 4}, "year": {"maximum": 5}}}
    )
    assert len(value["email"]) <= 4


@pytest.mark.parametrize(("name", "low", "high"), [("year", 2020, 2025), ("latitude", -60, 60), ("totalCount", 1, 9)])
def test_a_number_is_what_its_name_says(name: str, low: int, high: int) -> None:
    assert low <= made({"type": "object", "properties": {name: {"type": "integer"}}})[name] <= high


@pytest.mark.parametrize("name", ["hasMore", "has_next", "isDeleted", "truncated", "error"])
def test_trouble_and_more_to_come_are_false(name: str) -> None:
    assert names.truth_for(name) is False


@pytest.mark.parametrize("name", ["active", "success", "ok", ""])
def test_all_else_is_true(name: str) -> None:
    assert names.truth_for(name) is True


def test_a_name_without_end_is_cut() -> None:
    assert len(names.split("a_" * 10_000)) <= 200
