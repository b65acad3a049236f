"""Diagnostics in, text out: one function a format, and the one table of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TextIO

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.reports.findings.json import write_findings
from arazzo_runner.reports.findings.text import write_concise, write_text
from arazzo_runner.reports.page import Look


class FindingsWriter(Protocol):
    """Writes findings to a text stream in one format."""

    def __call__(
        self, stream: TextIO, diagnostics: Iterable[Diagnostic], look: Look, /, judged: int | None = None
    ) -> None:
        """Write them all; `look` matters to formats for a person alone, `judged` counts the documents looked at."""


FORMATS: Mapping[str, FindingsWriter] = {
    "full": write_text,
    "concise": write_concise,
    "json": lambda stream, diagnostics, look, judged=None: write_findings(stream, diagnostics, judged),
}
