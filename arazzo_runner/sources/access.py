"""How a caller has documents read: within a folder, with or without the network, with copies kept between runs.

A fetched document that is kept is asked for again each time, on condition that it has changed; only without the network
is a copy used unasked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from arazzo_runner.sources.cache import Cache
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.fetch import fetch
from arazzo_runner.sources.location import scheme_of, shown
from arazzo_runner.sources.parses import MIN_PARSE_BYTES, Parses
from arazzo_runner.sources.retrieval import SCHEMES, Retrieval, RetrievalFailure, Retrieved, no_foreign, read_file


def _silent(line: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Access:
    """What may be read: a `Retrieve`.

    With `root`, no file outside of that folder, links resolved. `offline` opens no connection. `cache` is the folder
    of the copies that are kept (None: none are), `parses` that of what was read of big documents (`parses.Parses`).
    `tell` is told of each copy that is used, in one line. `egress` says which hosts and addresses may be asked; the
    hosts of the URIs that are `named` may be, for these documents.
    """

    root: Path | None = None
    offline: bool = False
    cache: Path | None = None
    tell: Callable[[str], None] = field(default=_silent, repr=False, compare=False)
    egress: Egress = OPEN
    named: frozenset[str] = frozenset()
    parses: Path | None = None

    def __call__(self, uri: str, /) -> Retrieval:
        """Return the document at an absolute `file:`, `http:` or `https:` URI, or why it can't be had."""
        match scheme_of(uri):
            case "file":
                return self._with_parses(no_foreign(read_file(uri, self.root), uri))
            case "http" | "https":
                return self._with_parses(self._fetched(uri))
            case other:
                return RetrievalFailure(shown(uri), f"'{other}' is not one of the schemes {', '.join(SCHEMES)}")

    def _with_parses(self, found: Retrieval) -> Retrieval:
        if self.parses is None or isinstance(found, RetrievalFailure) or len(found.content) < MIN_PARSE_BYTES:
            return found
        return replace(found, reading=Parses(self.parses).read)

    def naming(self, uri: str) -> Access:
        """Return the access of a caller who names this document, and so allows the host that it is on."""
        return replace(self, named=self.named | {uri})

    def _fetched(self, uri: str) -> Retrieval:
        egress = self.egress.and_host_of(uri) if uri in self.named else self.egress
        refused = egress.refusal(uri)
        if refused is not None:
            return RetrievalFailure(shown(uri), refused.reason, refused.help)
        cache = Cache(self.cache) if self.cache is not None else None
        kept = cache.get(uri) if cache is not None else None
        if self.offline:
            if kept is None:
                return RetrievalFailure(
                    shown(uri), "no connection is to be opened (--offline), and no copy of it is kept"
                )
            refused = egress.refusal(kept.document.uri)
            if refused is not None:
                return RetrievalFailure(shown(uri), f"its copy came from elsewhere, and {refused.reason}", refused.help)
            self.tell(f"{shown(uri)}: the copy of {_date(kept.stored)} is used, unasked (--offline)")
            return kept.document
        known = kept.document if kept is not None else None
        found = no_foreign(fetch(uri, known, egress=egress), uri)
        if kept is not None and found is known:
            self.tell(f"{shown(uri)}: the copy of {_date(kept.stored)} is used: it has not changed since")
        elif cache is not None and isinstance(found, Retrieved) and found.validators is not None:
            cache.put(uri, found)
        return found


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


retrieve = Access()
"""Reads any file and any URL, and keeps nothing."""
