"""Bodies of requests as text, as far as they are text."""

from __future__ import annotations

import json

from arazzo_runner.engine.effects import Request
from arazzo_runner.reports.run.exchange import text_of

MAX_PRETTY = 1_000_000
"""Characters of a JSON body that is laid out; a longer one is shown as it is sent."""


def sent_text(request: Request) -> str | None:
    """Return the body of a request as text; None where there is none, or where it is no text."""
    return None if request.body is None else text_of(request.body, request.header("content-type") or "")


def shown_text(request: Request) -> str | None:
    """Return the body as a person reads it: JSON laid out, what is no text inside a multipart body written ``\\xff``.

    JSON is laid out only where nothing but blanks changes: a number keeps the digits that it is sent with.
    """
    text = sent_text(request)
    if text is None:
        is_multipart = (request.header("content-type") or "").lower().startswith("multipart/")
        return (request.body or b"").decode("utf-8", "backslashreplace") if is_multipart and request.body else None
    return laid_out(text)


def laid_out(text: str) -> str:
    """Return JSON text with line breaks and indents; any other text as it is."""
    if text[:1] not in ("{", "[") or len(text) > MAX_PRETTY:
        return text
    try:
        data = json.loads(text)
        same = json.dumps(data, ensure_ascii=False, separators=(",", ":")) == text
        return json.dumps(data, ensure_ascii=False, indent=2) if same else text
    except (ValueError, RecursionError):
        return text
