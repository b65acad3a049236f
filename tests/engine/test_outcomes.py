from __future__ import annotations

from arazzo_runner.engine.outcomes import Response
from arazzo_runner.redact import REDACTED, Redactor


def test_headers_are_found_whatever_their_case() -> None:
    response = Response(200, (("X-A", "1"), ("x-a", "2")))
    assert response.header("x-A") == "1"
    assert response.header("b") is None


def test_a_response_is_shown_without_its_secrets() -> None:
    response = Response(200, (("Set-Cookie", "s=1"), ("A", "b")), b'{"token": "t", "n": 1}')
    assert response.redacted(Redactor()) == Response(
        200, (("Set-Cookie", REDACTED), ("A", "b")), f'{{"token": "{REDACTED}", "n": 1}}'.encode()
    )
