from __future__ import annotations

import pytest

from arazzo_runner.reports.run.har_fields import cookies_sent, cookies_set, encoded, headers, pairs_of


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("", []),
        ("a=1&a=2", [("a", "1"), ("a", "2")]),
        ("a&b=&=c&&d=e=f", [("a", ""), ("b", ""), ("", "c"), ("d", "e=f")]),
        ("q=a+b%20c%26&k=%C3%A4%FF", [("q", "a b c&"), ("k", "ä\ufffd")]),
    ],
)
def test_fields_of_a_query(query: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs_of(query) == [{"name": name, "value": value} for name, value in pairs]


def test_headers_keep_their_order() -> None:
    assert headers((("B", "1"), ("a", "2"), ("B", "3"))) == [
        {"name": "B", "value": "1"},
        {"name": "a", "value": "2"},
        {"name": "B", "value": "3"},
    ]


def test_cookies_of_a_request() -> None:
    fields = (("cookie", "a=1; b = x=y ;; c"), ("Accept", "d=4"), ("Cookie", "e=5"))
    found = cookies_sent(fields)
    assert isinstance(found, list)
    assert found == [{"name": n, "value": v} for n, v in (("a", "1"), ("b", "x=y"), ("c", ""), ("e", "5"))]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("n=v", {"httpOnly": False, "secure": False}),
        ("n=v; Path=/; Domain=x.test; HttpOnly; secure", {"path": "/", "domain": "x.test", "httpOnly": True, "secure": True}),
        ("n=v; Expires=Wed, 21 Oct 2026 07:28:00 GMT", {"expires": "2026-10-21T07:28:00.000Z", "httpOnly": False, "secure": False}),
        ("n=v; Expires=never; Path=", {"httpOnly": False, "secure": False}),
    ],
)  # fmt: skip
def test_cookies_of_an_answer(text: str, more: dict[str, object]) -> None:
    assert cookies_set((("Set-Cookie", text), ("X", "y=z"))) == [{"name": "n", "value": "v", **more}]


def test_bytes() -> None:
    assert encoded(b"\0\xff") == "AP8="
