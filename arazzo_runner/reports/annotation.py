"""Annotations of GitHub Actions: workflow commands, one a line, which the log shows beside the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzo_runner.diagnostics import Severity
from arazzo_runner.reports.escape import visible

KINDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""The command for each severity."""

_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def annotation(kind: str, properties: Mapping[str, str], text: str) -> str:
    """Return one workflow command (``::error file=a.yml,line=3::text``); no text can end it or begin another."""
    written = ",".join(f"{name}={visible(value.translate(_PROPERTY))}" for name, value in properties.items())
    return f"::{kind}{' ' if written else ''}{written}::{visible(text.translate(_DATA))}"
