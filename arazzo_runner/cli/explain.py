"""`arazzo explain`: what a code means, why it matters and what to write instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from arazzo_runner.cli import flags
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.marks import argument
from arazzo_runner.cli.output import look, page
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.findings.explanations import Explanation, explanation, explanations, families, near_code
from arazzo_runner.reports.layout import columns, pad, wrap
from arazzo_runner.reports.page import Ink, Line
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Explain the codes of findings: what is found, why it matters, an example, and what to write instead.

    A family, such as `structure`, lists its codes; without a code all of them are listed.
    """

    codes: Annotated[
        list[str] | None,
        argument(metavar="CODE...", help="Codes as findings show them, or families.", show_default=False),
    ] = None
    json: flags.Json = False

    def perform(self) -> int:
        """Write the explanations to standard output."""
        chosen = {code: told for name in self.codes or () for code, told in _chosen(name).items()}
        chosen = chosen if self.codes else explanations()
        if self.json:
            write_json(sys.stdout, plain([_data(told) for told in chosen.values()]))
            return ExitCode.SUCCEEDED
        width = look(sys.stdout, os.environ).width
        for number, name in enumerate(self.codes or ()):
            told = explanation(_plain(name))
            lines = _told(told, width) if told else _listed(_chosen(name), width)
            page(sys.stdout).write([*([()] if number else []), *lines])
        if not self.codes:
            page(sys.stdout).write(_listed(chosen, width))
        return ExitCode.SUCCEEDED


def _plain(name: str) -> str:
    return name.strip().strip("[]").rstrip("*").rstrip("-")


def _chosen(name: str) -> dict[str, Explanation]:
    """Return the codes that a name means: itself, or those that begin with it."""
    name = _plain(name)
    known = explanations()
    if name in known:
        return {name: known[name]}
    found = {code: told for code, told in known.items() if code.startswith(f"{name}-")}
    if not found:
        raise UsageError(f"there is no code '{name}'", near_code(name))
    return found


def _told(told: Explanation, width: int) -> Iterator[Line]:
    first, *rest = wrap(f"{told.code}: {told.headline}", width)
    yield (Ink.STRONG.of(first),)
    yield from ((Ink.STRONG.of(line),) for line in rest)
    for name, text in told.sections():
        if text:
            first, *rest = wrap(text, width - 11)
            yield ("  ", Ink.NOTE.of(pad(f"{name}:", 9)), first)
            yield from ((" " * 11, line) for line in rest)


def _listed(chosen: dict[str, Explanation], width: int) -> Iterator[Line]:
    """Yield codes by family, each with its headline; families without any are left out."""
    about = families()
    longest = max(map(columns, chosen), default=0)
    family = None
    for code, told in chosen.items():
        if told.family != family:
            if family is not None:
                yield ()
            family = told.family
            yield from (
                (Ink.STRONG.of(line),) for line in wrap(f"{family}: {about.get(family, '')}".rstrip(": "), width)
            )
        first, *rest = wrap(told.headline, max(width - longest - 4, 20))
        yield ("  ", Ink.PLACE.of(pad(code, longest)), "  ", first)
        yield from ((" " * (longest + 4), line) for line in rest)


def _data(told: Explanation) -> Value:
    return {
        "code": told.code,
        "family": told.family,
        "headline": told.headline,
        **{name.lower(): text or None for name, text in told.sections()},
        "fix": told.fix or None,
    }
