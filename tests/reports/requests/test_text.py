from __future__ import annotations

import io

from arazzo_runner.diagnostics import Span
from arazzo_runner.engine.effects import Request
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.requests.text import MAX_SHOWN, write_preview

SPAN = Span("file:///a.yml", 3, 5, 3, 9, name="a.yml")


def written(*steps: StepPreview, missing: tuple[str, ...] = (), cut: str = "") -> str:
    page = io.StringIO()
    write_preview(page, Preview("w", steps, missing, cut=cut), Look())
    return page.getvalue()


def shown(request: Request, *, remarks: tuple[str, ...] = (), login: str = "", wanted: str = "") -> StepPreview:
    return StepPreview(("s",), "w", request, request, remarks=remarks, login=login, wanted=wanted)


def test_a_request_is_shown_whole() -> None:
    request = Request("POST", "http://x/{$inputs.a}", (("A", "b"), ("Content-Type", "application/json")), b'{"a":[1]}')
    assert written(shown(request), missing=("a", "other:b"), cut="more than 1 step") == (
        "w: 1 step, nothing was sent\n"
        "\n"
        "  ▸ s\n"
        "    POST http://x/{$inputs.a}\n"
        "    A: b\n"
        "    Content-Type: application/json\n"
        "\n"
        "    {\n"
        '      "a": [\n'
        "        1\n"
        "      ]\n"
        "    }\n"
        "\n"
        "Missing inputs: a, other:b\n"
        "Left out: more than 1 step\n"
    )


def test_what_has_no_request_says_why() -> None:
    failed = StepPreview(("a",), "w", reason="it has no value", span=SPAN)
    call = StepPreview(("b",), "w", calls="other")
    inner = StepPreview(("b", "c"), "other", Request("GET", "u"), Request("GET", "u"))
    stuck = StepPreview(("d",), "w", calls="w", reason="it is shown already")
    assert written(failed, call, inner, stuck) == (
        "w: 4 steps, nothing was sent\n"
        "\n"
        "  ✗ a  no request can be built: it has no value\n"
        "      a.yml:3:5\n"
        "\n"
        "  ▸ b  calls workflow other\n"
        "\n"
        "  ▸ b > c\n"
        "    GET u\n"
        "\n"
        "  ✗ d  workflow w can't be shown: it is shown already\n"
    )


def test_doubts_and_credentials_are_told() -> None:
    page = written(shown(Request("GET", "u"), remarks=("doubtful",), login="ann", wanted="give a key\nby --auth"))
    assert page.splitlines()[4:] == [
        "      (answers a challenge of the server as ann)",
        "      note: doubtful",
        "      note: give a key",
        "      note: by --auth",
    ]


def test_bytes_are_counted_and_long_texts_cut() -> None:
    assert "    (2 bytes that are no text)\n" in written(shown(Request("POST", "u", body=b"\xff\0")))
    page = written(shown(Request("POST", "u", body=b"x" * (MAX_SHOWN + 1500))))
    assert "x" * MAX_SHOWN + "\n" in page
    assert page.endswith("    (and 1,500 more characters)\n")
    assert "\x1b" not in written(shown(Request("POST", "u", body=b"\x1b[31m")))
