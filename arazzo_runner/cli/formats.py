"""Which form of a report the command line asks for, by `--format` and `--json`."""

from __future__ import annotations

from collections.abc import Collection

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError


def chosen_format(name: str | None, as_json: bool, formats: Collection[str], otherwise: str) -> str:
    """Return the one of the `formats` that is wanted: the one named, json with `--json`, else `otherwise`.

    Raises:
        UsageError: there is no such format, or `--json` contradicts it.
    """
    if as_json and name not in (None, "json"):
        raise UsageError(f"--json and --format {name} contradict each other", "leave one of the two out")
    chosen = name or ("json" if as_json else otherwise)
    if chosen not in formats:
        raise UsageError(f"--format: there is no format '{chosen}'", did_you_mean(chosen, formats))
    return chosen
