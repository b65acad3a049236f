"""The vocabulary of the command line for many runs."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from arazzo_runner.api.pace import CONCURRENCY, MAX_CONCURRENCY, MAX_RATE
from arazzo_runner.cli.marks import option
from arazzo_runner.errors import UsageError

MANY: Final = "Many runs"
FORMATS: Final = ("csv", "json", "ndjson")

Each: TypeAlias = Annotated[
    str | None,
    option(
        "--each",
        metavar="ROWS",
        help="Run the workflow once for each row of a file (CSV, JSON or NDJSON; - for standard input). Results are "
        "written as NDJSON.",
        rich_help_panel=MANY,
    ),
]
EachFormat: TypeAlias = Annotated[
    str | None,
    option(
        "--each-format",
        metavar="FORMAT",
        help=f"How the rows are written: {', '.join(FORMATS)}. Told by the name of the file or by what it holds, if "
        "left out.",
        rich_help_panel=MANY,
    ),
]
Concurrency: TypeAlias = Annotated[
    int | None,
    option(
        "--concurrency",
        metavar="N",
        min=1,
        max=MAX_CONCURRENCY,
        show_default=str(CONCURRENCY),
        help="How many rows are run at the same time.",
        rich_help_panel=MANY,
    ),
]
Rate: TypeAlias = Annotated[
    float | None,
    option("--rate", metavar="R", min=0.0, help="Start at most so many runs a second.", rich_help_panel=MANY),
]
Results: TypeAlias = Annotated[
    str | None,
    option(
        "--results",
        metavar="FILE",
        help="Write the results to this file, in place of standard output.",
        rich_help_panel=MANY,
    ),
]
Resume: TypeAlias = Annotated[
    str | None,
    option(
        "--resume",
        metavar="RESULTS",
        help="Leave out the rows that are done by these results of an earlier run.",
        rich_help_panel=MANY,
    ),
]

_ALONE: Final = (
    ("json", "--json", "the results are NDJSON already"),
    ("output", "--output", "many runs have many outputs: the results hold them"),
    ("dry_run", "--dry-run", "it shows the requests of one run: give one row with -i"),
    ("step", "--step", "it holds one run: give one row with -i"),
    ("report", "--report", "it tells of one run: of each row the results tell (--results FILE)"),
    ("otel", "--otel", "it traces one run: give one row with -i"),
    ("journal", "--journal", "it keeps one run: the results are what many go on from"),
)
"""Flags of one run: the field, the flag, and why it makes no sense for many."""


def check(command: object, each: str | None) -> None:
    """Refuse flags that contradict `--each`, or that want it; `command` has them as its fields.

    Raises:
        UsageError: there is such a flag.
    """
    if each is None:
        for field, flag in _WANTING:
            if getattr(command, field, None) is not None:
                raise UsageError(f"{flag} is for --each", "add --each ROWS, or leave it out")
        return
    for field, flag, why in _ALONE:
        if getattr(command, field, None):
            raise UsageError(f"{flag} is for one run, and --each makes many", why)
    if any(wish.strip() == "all" for wish in getattr(command, "scenario", None) or ()):
        raise UsageError("--scenario all walks every edge in runs of its own, and --each makes others", "leave one out")
    chosen = getattr(command, "each_format", None)
    if chosen is not None and chosen not in FORMATS:
        raise UsageError(f"--each-format: '{chosen}' is none of {', '.join(FORMATS)}")
    rate = getattr(command, "rate", None)
    if rate is not None and not 0 < rate <= MAX_RATE:
        raise UsageError("--rate: not a number of runs a second", "write --rate 5")


_WANTING: Final = (
    ("each_format", "--each-format"),
    ("concurrency", "--concurrency"),
    ("rate", "--rate"),
    ("results", "--results"),
    ("resume", "--resume"),
)
