"""Requests and answers for a person: as they travelled, bodies cut, what is no text only measured."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.reports.layout import chop
from arazzo_runner.reports.page import Ink, Line, Look

SHOWN_CHARACTERS = 500
"""Characters of a body that are shown."""


def status_text(status: int) -> str:
    """Return ``503 Service Unavailable``; the number alone where it has no name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def seconds_text(seconds: float) -> str:
    """Return a time for a person: ``3 ms``, ``0.31 s``, ``12.4 s``, ``60 s``, ``2 min 5 s``."""
    if seconds < 0.0995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.{2 if seconds < 9.995 else 1}f}".rstrip("0").rstrip(".") + " s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def request_lines(request: Request, look: Look) -> Iterator[Line]:
    """Yield a request with its headers and the beginning of its body, each line after ``>``."""
    yield (Ink.FAINT.of("    > "), f"{request.method} {request.url}")
    yield from _headers(request.headers, ">")
    if request.body is not None:
        yield from _body("request body", request.body, request.header("content-type") or "", look)


def response_lines(response: Response, look: Look) -> Iterator[Line]:
    """Yield an answer with its headers and the beginning of its body, each line after ``<``."""
    yield (Ink.FAINT.of("    < "), status_text(response.status))
    yield from _headers(response.headers, "<")
    yield from response_body(response, look)


def response_body(response: Response, look: Look) -> Iterator[Line]:
    """Yield what the body of an answer is, and its beginning."""
    yield from _body("response body", response.body, response.header("content-type") or "", look)


def _headers(headers: tuple[tuple[str, str], ...], sign: str) -> Iterator[Line]:
    for name, value in headers:
        yield (Ink.FAINT.of(f"    {sign} "), f"{name}: {value}")


def _body(title: str, body: bytes, content_type: str, look: Look) -> Iterator[Line]:
    what = f"{title}, {content_type}" if content_type else title
    if not body:
        yield (f"    no {title}",)
        return
    text = text_of(body, content_type)
    if text is None:
        yield (f"    {what}: {len(body):,} bytes that are no text",)
        return
    size = f"{len(text):,} characters" if len(text) != 1 else "1 character"
    first = f", the first {SHOWN_CHARACTERS}" if len(text) > SHOWN_CHARACTERS else ""
    yield (f"    {what} ({size}{first}):",)
    for line in text[:SHOWN_CHARACTERS].splitlines() or [""]:
        for piece in chop(line, look.width - 8):
            yield (Ink.FAINT.of("      | "), piece)


def text_of(body: bytes, content_type: str) -> str | None:
    """Return a body as text, by its charset or else as UTF-8; None where it is no text."""
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or "utf-8"
    try:
        text = body.decode(charset)
    except (LookupError, ValueError):
        return None
    return None if "\0" in text else text
