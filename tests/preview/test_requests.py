from __future__ import annotations

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.preview.requests import Builder
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.redact import Redactor

STAND_INS = StandIns.of("document")
MADE = STAND_INS.make("$steps.a.outputs.t")
SHOWN = "{$steps.a.outputs.t}"


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (("Authorization", f"Bearer {MADE}"), f"Bearer {SHOWN}"),
        (("Authorization", MADE), SHOWN),
        (("Authorization", f"Bearer {MADE}sesame"), "[redacted]"),
        (("Authorization", f"sesame1 {MADE}"), "[redacted]"),
        (("Authorization", "Bearer sesame"), "[redacted]"),
        (("Cookie", f"session={MADE}; other={MADE}"), f"session={SHOWN}; other={SHOWN}"),
        (("Cookie", f"session={MADE}; other=sesame"), "[redacted]"),
    ],
)
@pytest.mark.parametrize("credentials", [frozenset[str](), frozenset({"authorization"})])
def test_a_placeholder_is_no_secret_and_what_stands_beside_it_is(
    header: tuple[str, str], shown: str, credentials: frozenset[str]
) -> None:
    builder = Builder(Settings(), STAND_INS, Redactor())
    request = Request("GET", "http://x/", (header,), credentials=credentials)
    assert builder.shown(request).headers[0][1] == shown
    assert builder.in_the_clear(request).headers[0][1] == STAND_INS.readable(header[1])


def test_queries_and_members_too() -> None:
    builder = Builder(Settings(), STAND_INS, Redactor())
    body = f'{{"token":"{MADE}","password":"sesame","api_key":"x{MADE}"}}'.encode()
    request = Request(
        "POST", f"http://x/?token={MADE}&key={MADE}&sig=sesame", body=body, credentials=frozenset({"key"})
    )
    shown = builder.shown(request)
    assert shown.url == f"http://x/?token={SHOWN}&key={SHOWN}&sig=[redacted]"
    assert shown.body == f'{{"token":"{SHOWN}","password":"[redacted]","api_key":"[redacted]"}}'.encode()
