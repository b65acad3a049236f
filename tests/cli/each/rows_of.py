"""Rows from bytes, for tests of what reads them."""

from __future__ import annotations

from io import BytesIO

from arazzo_runner.cli.each.records import Lines


def lines(content: bytes) -> Lines:
    """Return the lines of a file that holds this."""
    return Lines(BytesIO(content), "rows")
