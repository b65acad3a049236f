"""Tests of workflows, told: text for a person, JSON for a program, JUnit for a build server."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, TextIO, cast

from arazzo_runner.coverage.trials import Trials
from arazzo_runner.reports.page import Look


class TrialsWriter(Protocol):
    """Writes tests to a text stream in one format; `look` matters to formats for a person alone."""

    def __call__(self, stream: TextIO, trials: Trials, look: Look, /) -> None:
        """Write it all."""


FORMATS: Final[Mapping[str, str]] = {
    "text": "text:write_trials",
    "json": "json:write_trials_json",
    "junit": "junit:write_trials_junit",
}
"""Each format and where it is written, in the order of `--help`; imported when it is wanted."""


def writer(name: str) -> TrialsWriter:
    """Return what writes a format of the table."""
    module, _, function = FORMATS[name].partition(":")
    return cast(TrialsWriter, getattr(import_module(f"{__name__}.{module}"), function))
