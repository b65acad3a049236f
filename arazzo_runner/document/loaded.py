"""What a reader of one format gives back."""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.page import NowhereIn, Page
from arazzo_runner.document.source import Places
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class Loaded:
    """A text as data: `ok` is false where its syntax is broken and `data` is what could be recovered."""

    data: JSON
    places: Places
    diagnostics: tuple[Diagnostic, ...] = ()
    ok: bool = True


def nothing(page: Page, wrong: Diagnostic) -> Loaded:
    """Return the result for a text of which nothing can be read."""
    return Loaded(None, NowhereIn(page), (wrong,), ok=False)
