from __future__ import annotations

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.reports.requests.bodies import MAX_PRETTY, laid_out, sent_text, shown_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"a":[1,"ä"]}', '{\n  "a": [\n    1,\n    "ä"\n  ]\n}'),
        ('{"a": 1}', '{"a": 1}'),
        ('{"a":1.10}', '{"a":1.10}'),
        ('{"a":1,"a":2}', '{"a":1,"a":2}'),
        ("{$steps.a.outputs.b}", "{$steps.a.outputs.b}"),
        ("plain", "plain"),
        ("", ""),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_json_is_laid_out_where_nothing_but_blanks_changes(text: str, shown: str) -> None:
    assert laid_out(text) == shown


def test_a_long_body_is_left_as_it_is() -> None:
    text = '["' + "x" * MAX_PRETTY + '"]'
    assert laid_out(text) == text


def _request(body: bytes | None, content_type: str = "application/octet-stream") -> Request:
    return Request("POST", "http://x/", (("Content-Type", content_type),), body)


@pytest.mark.parametrize(
    ("request_", "sent", "shown"),
    [
        (_request(None), None, None),
        (_request(b"a\0b"), None, None),
        (_request(b"\xff"), None, None),
        (_request(b"\xe4", "text/plain; charset=latin-1"), "ä", "ä"),
        (_request(b"[1]", "application/json"), "[1]", "[\n  1\n]"),
        (_request(b"--b\r\n\r\n\xff\r\n--b--", "multipart/form-data; boundary=b"), None, "--b\r\n\r\n\\xff\r\n--b--"),
    ],
)
def test_what_is_no_text_is_not_shown_as_text(request_: Request, sent: str | None, shown: str | None) -> None:
    assert sent_text(request_) == sent
    assert shown_text(request_) == shown
