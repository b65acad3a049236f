"""Diagnostics in, text out: one file a format, and the one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, TextIO, cast

from arazzo_runner.reports.findings.judgement import Judgement
from arazzo_runner.reports.page import Look


class FindingsWriter(Protocol):
    """Writes a judgement to a text stream in one format; `look` matters to formats for a person alone."""

    def __call__(self, stream: TextIO, judgement: Judgement, look: Look, /) -> None:
        """Write it all."""


FORMATS: Final[Mapping[str, str]] = {
    "full": "text:write_full",
    "concise": "text:write_concise",
    "json": "json:write_findings",
    "sarif": "sarif:write_sarif",
    "github": "github:write_github",
    "junit": "junit:write_junit",
}
"""Each format and where it is written, in the order of `--help`; imported when it is wanted."""


def writer(name: str) -> FindingsWriter:
    """Return what writes a format of the table."""
    module, _, function = FORMATS[name].partition(":")
    return cast(FindingsWriter, getattr(import_module(f"{__name__}.{module}"), function))
