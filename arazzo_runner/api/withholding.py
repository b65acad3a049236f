"""Judging without some of the sources: with none at all, or with none from the network.

What a document names and nobody may fetch is no fault of it. The finding that it can't be read becomes a note that
says what was not checked; what only follows from that is left out. Everything else is judged as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieve

CODE: Final = "source-not-checked"
NO_SOURCES: Final = "no sources are read (--no-sources)"
OFFLINE: Final = "(--offline)"
"""What is said of a document that stays away because nothing may be fetched from the network."""

_ABOUT_READING: Final = frozenset({"source-unreadable", "openapi-reference", "inputs-reference"})
_FOLLOWS: Final = ("reference-wrong-source", "that could be read")
_HELP: Final = "judge with it before you run, or name a local copy: --source NAME=FILE"


def _nobody(uri: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Which documents a judgement leaves alone: with `sources` False, all; otherwise those that `fetch` refuses.

    `tell` is told the URI of each document that is asked for.
    """

    sources: bool = True
    tell: Callable[[str], None] = field(default=_nobody, repr=False, compare=False)
    fetch: Retrieve = field(default_factory=Access)

    def __call__(self, uri: str, /) -> Retrieval:
        """Return the document, or that it is withheld."""
        if not self.sources:
            return RetrievalFailure(uri, NO_SOURCES)
        self.tell(uri)
        return self.fetch(uri)

    def told(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the findings with notes in the place of those that are about withheld documents."""
        found = list(found)
        withheld = {id(one) for one in found if _is_about_withheld(one)}
        for one in found:
            if id(one) in withheld:
                message = f"{one.message}; what depends on it was not checked"
                yield replace(one, code=CODE, severity=Severity.NOTE, message=message, help=_HELP, strict_error=False)
            elif not (withheld and _follows(one)):
                yield one


def _is_about_withheld(found: Diagnostic) -> bool:
    return found.code in _ABOUT_READING and (NO_SOURCES in found.message or OFFLINE in found.message)


def _follows(found: Diagnostic) -> bool:
    code, ending = _FOLLOWS
    return found.code == code and found.message.endswith(ending)
