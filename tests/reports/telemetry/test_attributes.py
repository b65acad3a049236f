"""Requests and answers by the names of the semantic conventions for HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from opentelemetry.semconv.attributes import error_attributes, http_attributes, server_attributes, url_attributes

from arazzo_runner.engine.effects import Request
from arazzo_runner.reports.telemetry.attributes import (
    OTHER,
    is_error,
    method_of,
    of_request,
    of_server,
    of_status,
    plain,
)

STANDARD = {
    value
    for module in (http_attributes, server_attributes, url_attributes, error_attributes)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
} | {"url.template"}  # in development


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://api.test/a?b=c", {"url.scheme": "https", "server.address": "api.test", "server.port": 443}),
        ("http://api.test/", {"url.scheme": "http", "server.address": "api.test", "server.port": 80}),
        ("http://API.test:8080", {"url.scheme": "http", "server.address": "api.test", "server.port": 8080}),
        ("http://[::1]:9/", {"url.scheme": "http", "server.address": "::1", "server.port": 9}),
        ("https://u:p@api.test/", {"url.scheme": "https", "server.address": "api.test", "server.port": 443}),
        ("http://[::1", {}),
        ("http://a:b/", {}),
        ("", {}),
    ],
)
def test_the_server(url: str, said: dict[str, Any]) -> None:
    assert of_server(Request("GET", url)) == {"http.request.method": "GET", **said}


def test_a_request() -> None:
    found = of_request(Request("POST", "https://api.test/a/1?key=[redacted]"), "/a/{id}", 2)
    assert found == {
        "http.request.method": "POST",
        "url.scheme": "https",
        "url.full": "https://api.test/a/1?key=[redacted]",
        "url.template": "/a/{id}",
        "server.address": "api.test",
        "server.port": 443,
        "http.request.resend_count": 2,
    }
    assert set(found) <= STANDARD


def test_what_is_not_known_is_not_said() -> None:
    found = of_request(Request("GET", "https://api.test/"), "", 0)
    assert not {"url.template", "http.request.resend_count", "http.request.method_original"} & set(found)


@pytest.mark.parametrize("method", ["LOCK", "get"])
def test_a_method_of_another_kind(method: str) -> None:
    request = Request(method, "https://api.test/")
    assert method_of(request) == OTHER
    found = of_request(request, "", 0)
    assert (found["http.request.method"], found["http.request.method_original"]) == ("_OTHER", method)
    assert set(found) <= STANDARD


@pytest.mark.parametrize(("status", "error"), [(200, False), (307, False), (399, False), (400, True), (503, True)])
def test_an_answer(status: int, error: bool) -> None:
    assert is_error(status) is error
    found = of_status(status)
    assert found == {"http.response.status_code": status} | ({"error.type": str(status)} if error else {})
    assert set(found) <= STANDARD


def test_a_text_that_is_no_unicode_can_be_written() -> None:
    assert plain("a\udc80b") == "a?b"
