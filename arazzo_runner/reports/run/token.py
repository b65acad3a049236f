"""A token that was asked for, for a person: how, for what, where, and what came of it; never the token."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.engine.events import TokenFailed, TokenFetched
from arazzo_runner.reports.layout import shorten
from arazzo_runner.reports.page import Ink, Line
from arazzo_runner.reports.run.exchange import seconds_text

MAX_MESSAGE = 300
"""Characters of why no token came that the line shows."""


def token_lines(event: TokenFetched | TokenFailed, *, loud: bool) -> Iterator[Line]:
    """Yield the line about a token: of one that was fetched where the report is `loud`, of a failure always."""
    scopes = f", scopes {' '.join(event.scopes)}" if event.scopes else ""
    head = f"token for '{event.scheme}' ({event.flow}{scopes})"
    if isinstance(event, TokenFailed):
        message = event.failure.message.partition("\n")[0]
        yield (Ink.BAD.of("    > "), f"{head} failed: {shorten(message, MAX_MESSAGE, '...')}")
    elif loud:
        where = f" from {event.url}" if event.url else ""
        lasts = "" if event.lifetime is None else f"; it holds for {seconds_text(event.lifetime)}"
        yield (Ink.FAINT.of("    > "), f"{head} fetched{where} ({seconds_text(event.elapsed)}){lasts}")
