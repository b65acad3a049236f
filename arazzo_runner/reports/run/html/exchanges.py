"""A request and its answer: the address, header fields and bodies folded, and the request as a command of curl."""

from __future__ import annotations

from arazzo_runner.engine.events import TokenFailed, TokenFetched
from arazzo_runner.reports.run.exchange import seconds_text, status_text
from arazzo_runner.reports.run.html.excerpt import Excerpt
from arazzo_runner.reports.run.html.history import Exchange, Headers
from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_FIELD, MAX_HEADERS, MAX_NAME, MAX_URL
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, lines, row
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.value_list import block, more


def exchange_part(exchange: Exchange, room: Room) -> Markup:
    """Return a request and its answer; `room` says how much of each body is shown."""
    return element("div", _request(exchange, room), _answer(exchange, room), class_="exchange")


def _request(exchange: Exchange, room: Room) -> Markup:
    after = f", after {exchange.redirects} redirect{'' if exchange.redirects == 1 else 's'}"
    return element(
        "div",
        element("p", element("b", "Request"), after if exchange.redirects else None, class_="label"),
        element(
            "p",
            element("span", clipped(exchange.method), class_="method"),
            " ",
            element("code", clipped(exchange.url, MAX_URL)),
            class_="line",
        ),
        _headers(exchange.headers),
        _body(exchange.sent, room),
        _fold("As a command of curl", block(exchange.curl), copies=True) if exchange.curl else None,
    )


def _answer(exchange: Exchange, room: Room) -> Markup:
    if exchange.failure is not None:
        kind, message = exchange.failure.kind.value, clipped(exchange.failure.message, MAX_CONTENT)
        return element("div", element("p", element("b", "No answer"), f" ({kind}): {message}", class_="label bad"))
    if exchange.status is None:
        return element("div", element("p", "No answer is recorded.", class_="label quiet"))
    return element(
        "div",
        element("p", element("b", "Answer"), f" after {seconds_text(exchange.elapsed)}", class_="label"),
        element("p", element("b", status_text(exchange.status)), class_="line"),
        _headers(exchange.answer_headers),
        _body(exchange.received, room) or element("p", "No body", class_="quiet"),
    )


def _headers(headers: Headers) -> Markup | None:
    if not headers:
        return None
    told = [
        row(element("b", clipped(name, MAX_NAME)), ": ", _one_line(clipped(value, MAX_FIELD)), Markup("\n"))
        for name, value in headers[:MAX_HEADERS]
    ]
    count = f"{len(headers)} header{'' if len(headers) == 1 else 's'}"
    shown = element("pre", told, tabindex=0, class_="headers")
    return _fold(count, shown, more(len(headers) - MAX_HEADERS, "header"))


def _one_line(value: str) -> Markup:
    return lines(value.replace("\r", "\\r").replace("\n", "\\n"))


def _body(body: Excerpt | None, room: Room) -> Markup | None:
    if body is None:
        return None
    size = f"{body.size:,} byte{'' if body.size == 1 else 's'}"
    what = f"Body, {clipped(body.media_type)}, {size}" if body.media_type else f"Body, {size}"
    if body.text is None:
        return element("p", f"{what}, no text", class_="quiet")
    shown, is_whole = body.shown(room.body)
    note = element("p", f"Cut: the first {len(shown):,} characters are shown.", class_="note cut")
    return _fold(what, None if is_whole else note, block(shown), copies=True)


def _fold(title: str, *content: Markup | None, copies: bool = False) -> Markup:
    button = element("button", "Copy", type="button", class_="copy", hidden=True) if copies else None
    return element("details", element("summary", title), button, *content, class_="fold")


def token_part(event: TokenFetched | TokenFailed) -> Markup:
    """Return what was asked for to authorize the requests, and what came of it; the token is never told."""
    scopes = f", scopes {' '.join(event.scopes)}" if event.scopes else ""
    head = f" for '{event.scheme}' of '{event.source}' ({event.flow}{scopes})"
    where = f" from {event.url}" if event.url else ""
    if isinstance(event, TokenFailed):
        told = f"{head} could not be fetched{where}: {event.failure.message}"
        return element("p", element("b", "Token"), clipped(told, MAX_CONTENT), class_="bad token")
    lasts = "" if event.lifetime is None else f"; it holds for {seconds_text(event.lifetime)}"
    told = f"{head} fetched{where} in {seconds_text(event.elapsed)}{lasts}"
    return element("p", element("b", "Token"), clipped(told, MAX_CONTENT), class_="token")
