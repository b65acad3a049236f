from __future__ import annotations

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.redact import REDACTED, Redactor


def test_headers_are_found_whatever_their_case() -> None:
    request = Request("GET", "https://h/", (("X-A", "1"), ("x-a", "2")))
    assert request.header("x-A") == "1"
    assert request.header("b") is None


def test_a_request_is_shown_without_its_secrets() -> None:
    redactor = Redactor()
    redactor.learn("known-secret-value")
    request = Request(
        "POST",
        "https://h/p?api_key=1&q=known-secret-value",
        (("Authorization", "Bearer x"), ("A", "b")),
        b'{"password": "p", "n": 1}',
    )
    assert request.redacted(redactor) == Request(
        "POST",
        f"https://h/p?api_key={REDACTED}&q={REDACTED}",
        (("Authorization", REDACTED), ("A", "b")),
        f'{{"password": "{REDACTED}", "n": 1}}'.encode(),
    )
    assert Request("GET", "https://h/").redacted(redactor).body is None


def test_what_a_credential_put_in_is_hidden_whatever_its_name_and_length() -> None:
    request = Request(
        "GET", "https://h/p?k=abc&q=abc", (("X-Team", "abc"), ("A", "abc")), None, frozenset({"k", "x-team"})
    )
    shown = Request("GET", f"https://h/p?k={REDACTED}&q=abc", (("X-Team", REDACTED), ("A", "abc")))
    assert request.redacted(Redactor()) == shown
    assert request.redacted(Redactor(reveal=True)).url == request.url


@pytest.mark.parametrize(
    ("url", "headers", "credentials", "found"),
    [
        ("https://h/p", (("Authorization", "Bearer x"),), {"authorization"}, False),
        (
            "https://h/p?q=1",
            (("Authorization", "Bearer x"), ("Cookie", "sid=1; other=2")),
            {"authorization", "sid"},
            False,
        ),
        ("https://h/p?api_key=1", (("Authorization", "Bearer x"),), {"authorization", "api_key"}, True),
        ("https://h/secret", (), {"id"}, True),
        ("https://h/p", (), set(), False),
    ],
)
def test_a_url_holds_a_secret_if_its_path_or_query_does(
    url: str, headers: tuple[tuple[str, str], ...], credentials: set[str], found: bool
) -> None:
    assert Request("GET", url, headers, credentials=frozenset(credentials)).has_secret_in_url is found
