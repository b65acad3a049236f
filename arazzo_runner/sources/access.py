"""How a caller has documents read: within a folder, with or without the network, with copies kept between runs.

A fetched document that is kept is asked for again each time, on condition that it has changed; only without the network
is a copy used unasked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from arazzo_runner.sources.cache import Cache
from arazzo_runner.sources.fetch import fetch
from arazzo_runner.sources.location import scheme_of, shown
from arazzo_runner.sources.retrieval import SCHEMES, Retrieval, RetrievalFailure, Retrieved, no_foreign, read_file


def _silent(line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Access:
    """What may be read: a `Retrieve`.

    With `root`, no file outside of that folder, links resolved. `offline` opens no connection. `cache` is the folder
    of the copies that are kept (None: none are). `tell` is told of each copy that is used, in one line.
    """

    root: Path | None = None
    offline: bool = False
    cache: Path | None = None
    tell: Callable[[str], None] = field(default=_silent, repr=False, compare=False)

    def __call__(self, uri: str, /) -> Retrieval:
        """Return the document at an absolute `file:`, `http:` or `https:` URI, or why it can't be had."""
        match scheme_of(uri):
            case "file":
                return no_foreign(read_file(uri, self.root), uri)
            case "http" | "https":
                return self._fetched(uri)
            case other:
                return RetrievalFailure(shown(uri), f"'{other}' is not one of the schemes {', '.join(SCHEMES)}")

    def _fetched(self, uri: str) -> Retrieval:
        cache = Cache(self.cache) if self.cache is not None else None
        kept = cache.get(uri) if cache is not None else None
        if self.offline:
            if kept is None:
                return RetrievalFailure(
                    shown(uri), "no connection is to be opened (--offline), and no copy of it is kept"
                )
            self.tell(f"{shown(uri)}: the copy of {_date(kept.stored)} is used, unasked (--offline)")
            return kept.document
        known = kept.document if kept is not None else None
        found = no_foreign(fetch(uri, known), uri)
        if kept is not None and found is known:
            self.tell(f"{shown(uri)}: the copy of {_date(kept.stored)} is used: it has not changed since")
        elif cache is not None and isinstance(found, Retrieved) and found.validators is not None:
            cache.put(uri, found)
        return found


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


retrieve = Access()
"""Reads any file and any URL, and keeps nothing."""
