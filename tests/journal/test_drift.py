"""The first difference between two effects is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.journal.drift import MAX_SHOWN, difference
from arazzo_runner.journal.records import Intent

URL = "https://a.example.com/things/1?page=1&q=a%20b"
BODY = b'{"name": "x", "items": [{"n": 1}, {"n": 2}], "a/b": {"~": null}}'
REQUEST = Request("POST", URL, (("Accept", "application/json"), ("X-A", "1")), BODY)
RECORDED = Intent(3, "request", ("s",), REQUEST)


def _named(**changes: Any) -> str:
    found = difference(RECORDED, replace(RECORDED, request=replace(REQUEST, **changes)))
    assert found is not None
    return found.message


def test_the_same_is_no_difference() -> None:
    assert difference(RECORDED, replace(RECORDED, ticket=9)) is None


DIFFERENCES = [
    ({"method": "PUT"}, 'step \'s\': method was "POST" and is "PUT" now'),
    (
        {"url": URL.replace("/1?", "/2?")},
        'url was "https://a.example.com/things/1" and is "https://a.example.com/things/2"',
    ),
    ({"url": URL.replace("page=1", "page=2")}, 'query parameter \'page\' was "1" and is "2"'),
    ({"url": URL.replace("a%20b", "a%20c")}, 'query parameter \'q\' was "a b" and is "a c"'),
    ({"url": URL + "&more=1"}, "query parameter 'more' was not there and is \"1\""),
    ({"url": URL.partition("&")[0]}, "query parameter 'q' was \"a b\" and is not there"),
    ({"url": URL.replace("page=", "pages=")}, 'query parameter was "page" and is "pages"'),
    ({"headers": (("Accept", "text/plain"), ("X-A", "1"))}, 'header Accept was "application/json" and is "text/plain"'),
    ({"headers": (("Accept", "application/json"),)}, 'header X-A was "1" and is not there'),
    ({"headers": (*REQUEST.headers, ("X-B", "2"))}, 'header X-B was not there and is "2"'),
    ({"headers": (("X-0", "0"), *REQUEST.headers)}, 'header X-0 was not there and is "0"'),
    ({"body": None}, "body was"),
    ({"body": BODY.replace(b'"x"', b'"y"')}, 'body #/name was "x" and is "y"'),
    ({"body": BODY.replace(b'"n": 2', b'"n": 3')}, 'body #/items/1/n was "2" and is "3"'),
    ({"body": BODY.replace(b'"n": 1', b'"n": "1"')}, 'body #/items/0/n was "1" and is "1"'),
    ({"body": BODY.replace(b', {"n": 2}', b"")}, "body #/items/1 was"),
    ({"body": BODY.replace(b"null", b"0")}, 'body #/a~1b/~0 was "null" and is "0"'),
    ({"body": BODY.replace(b'"name": "x", ', b"")}, 'body #/name was "x" and is not there'),
    ({"body": BODY.replace(b": ", b":")}, "body was"),
    ({"body": b"plain"}, "body was"),
]


@pytest.mark.parametrize(("changes", "words"), DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_the_first_difference_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in _named(**changes)


def test_names_of_headers_have_no_case() -> None:
    other = replace(REQUEST, headers=(("accept", "application/json"), ("x-a", "1")))
    assert difference(RECORDED, replace(RECORDED, request=other)) is None


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Intent(3, "request", ("t",), REQUEST), "the step was"),
        (Intent(3, "sleep", ("s",), None, "1 s"), 'what is wanted was "request" and is "sleep"'),
    ],
)
def test_another_effect_is_named(other: Intent, words: str) -> None:
    found = difference(RECORDED, other)
    assert found is not None
    assert words in found.message


def test_another_wait_is_named() -> None:
    found = difference(Intent(1, "sleep", ("s",), None, "1 s"), Intent(1, "sleep", ("s",), None, "2 s"))
    assert found is not None
    assert '"1 s" and is "2 s"' in found.message


def test_forms_of_one_secret_are_the_same() -> None:
    one, other = (f"arazzoStandIn0123456789abcdefn{number}z" for number in (0, 3))
    recorded = replace(RECORDED, request=replace(REQUEST, headers=(("A", f"Bearer {one}"),)))
    wanted = replace(RECORDED, request=replace(REQUEST, headers=(("A", f"Bearer {other}"),)))
    assert difference(recorded, wanted) is None


def test_a_secret_is_not_shown() -> None:
    recorded = replace(RECORDED, request=replace(REQUEST, headers=(("A", "arazzoStandIn0123456789abcdefn0z"),)))
    found = difference(recorded, RECORDED)
    assert found is not None
    assert "arazzoStandIn" not in found.message
    assert "[redacted]" in found.message


def test_long_values_are_cut_to_where_they_differ() -> None:
    found = _named(body=b"a" * 5000 + b"b" + b"a" * 5000)
    assert len(found) < 4 * MAX_SHOWN


A, B, C = (f"arazzoStandIn{digit * 16}n0z" for digit in "abc")


@pytest.mark.parametrize(
    ("recorded", "wanted", "same"),
    [
        (f"x {A} y", f"x {A} y", True),
        (f"x {A} y", f"x {B} y", False),
        (f"x {C} y", f"x {A}{B} y", True),
        (f"x {C} y", f"x 1 {A} 2 y", True),
        (f"x {C} y", f"z 1 {A} 2 y", False),
        (f"x {C} y", "x plain y", False),
        (f"{C}", f"{A}", True),
    ],
)
def test_without_a_vault_what_was_made_of_several_secrets_can_be_anything(
    recorded: str, wanted: str, same: bool
) -> None:
    def intent(text: str) -> Intent:
        return replace(RECORDED, request=replace(REQUEST, headers=(("A", text),)))

    assert (difference(intent(recorded), intent(wanted), frozenset({A, B})) is None) is same
    assert (difference(intent(recorded), intent(wanted)) is None) is (recorded == wanted)
