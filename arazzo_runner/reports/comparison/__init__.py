"""Two runs side by side in each form: one file a format, and the one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, TextIO, cast

from arazzo_runner.journal.comparison import Comparison
from arazzo_runner.reports.page import Look


class ComparisonWriter(Protocol):
    """Writes a comparison to a text stream in one format; `look` matters to formats for a person alone."""

    def __call__(self, stream: TextIO, comparison: Comparison, look: Look, /) -> None:
        """Write it all."""


FORMATS: Final[Mapping[str, str]] = {
    "text": "text:write_text",
    "html": "html:write_html",
    "json": "json:write_comparison",
}
"""Each format and where it is written, in the order of `--help`; the first is the default."""

ENDINGS: Final[Mapping[str, str]] = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}
"""The format that the ending of a file's name asks for."""


def writer(name: str) -> ComparisonWriter:
    """Return what writes a format of the table."""
    module, _, function = FORMATS[name].partition(":")
    return cast(ComparisonWriter, getattr(import_module(f"{__name__}.{module}"), function))
