"""The vocabulary of the command line for findings: which are told, in which form, and where; as `flags` otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, TypeAlias

from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.cli.marks import option
from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.findings import FORMATS

FINDINGS: Final = "Findings"

Select: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--select",
        metavar="CODES",
        help="Tell only these findings: codes or families, separated by commas. May be repeated.",
        rich_help_panel=FINDINGS,
    ),
]
Ignore: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--ignore",
        metavar="CODES",
        help="Do not tell these findings; goes before --select. May be repeated.",
        rich_help_panel=FINDINGS,
    ),
]
Most: TypeAlias = Annotated[
    int | None,
    option(
        "--max",
        metavar="N",
        min=0,
        help="Tell at most N findings, errors first; all are counted.",
        rich_help_panel=FINDINGS,
    ),
]
FailOn: TypeAlias = Annotated[
    str | None,
    option(
        "--fail-on",
        metavar="SEVERITY",
        help="End with exit code 1 from this severity on: error (the default), warning or note.",
        rich_help_panel=FINDINGS,
    ),
]
Format: TypeAlias = Annotated[
    str | None,
    option(
        "--format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}; full is the default.",
        rich_help_panel=FINDINGS,
    ),
]
OutputFile: TypeAlias = Annotated[
    str | None,
    option(
        "--output",
        metavar="FILE",
        help="Write the findings to this file, in place of standard output.",
        rich_help_panel=FINDINGS,
    ),
]
NoSources: TypeAlias = Annotated[
    bool,
    option(
        "--no-sources",
        help="Read no API description: judge the documents alone. What was not checked is told.",
        rich_help_panel=FINDINGS,
    ),
]
Watch: TypeAlias = Annotated[
    bool,
    option("--watch", help="Judge again whenever a file changes, until Ctrl-C.", rich_help_panel=FINDINGS),
]

Fix: TypeAlias = Annotated[
    bool,
    option(
        "--fix",
        help="Mend in place what can be mended without changing what the document is read as; comments, order and "
        "layout stay. Standard input is written to standard output.",
        rich_help_panel=FINDINGS,
    ),
]
Diff: TypeAlias = Annotated[
    bool,
    option(
        "--diff",
        help="Write nothing, but show what --fix would change; exit code 1 where that is something.",
        rich_help_panel=FINDINGS,
    ),
]
Unsafe: TypeAlias = Annotated[
    bool,
    option(
        "--unsafe",
        help="With --fix or --diff: apply fixes too that are a likely guess, and may change what is meant.",
        rich_help_panel=FINDINGS,
    ),
]


def format_named(name: str | None, as_json: bool) -> str:
    """Return the format that is wanted.

    Raises:
        UsageError: there is no such format, or `--json` contradicts it.
    """
    return chosen_format(name, as_json, FORMATS, "full")


def severity_named(name: str | None) -> Severity:
    """Return the severity from which on findings are failures.

    Raises:
        UsageError: there is no such severity.
    """
    known = {severity.value: severity for severity in Severity}
    if name is None:
        return Severity.ERROR
    if name not in known:
        raise UsageError(f"--fail-on: there is no severity '{name}'", did_you_mean(name, known))
    return known[name]


def codes_named(flag: str, given: Iterable[str] | None) -> tuple[str, ...]:
    """Return codes and families that a flag names.

    Raises:
        UsageError: no code begins so.
    """
    names = [name.strip() for each in given or () for name in each.split(",")]
    names = [name for name in names if name]
    if names:
        from arazzo_runner.reports.findings.explanations import explanations, near_code  # seldom needed
        from arazzo_runner.validate.selection import is_meant

        known = explanations()
        for name in names:
            if not any(is_meant(code, [name]) for code in known):
                raise UsageError(f"{flag}: there is no code '{name}'", near_code(name))
    return tuple(names)
