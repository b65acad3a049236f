"""The vocabulary of the command line for tests of workflows: which are tested, how, and in which form that is told."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from arazzo_runner.api.workers import MAX_JOBS, WORKFLOW_SECONDS
from arazzo_runner.cli.flags import INPUTS, LIMITS, SHOWN, WHERE
from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.cli.marks import option
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.tests import FORMATS

TESTS: Final = "Tests"
MAIN: Final = "main"
ALL: Final = "all"

Workflows: TypeAlias = Annotated[
    list[str] | None,
    option("--workflow", "-w", metavar="ID", help="Test only this workflow. May be repeated.", rich_help_panel=TESTS),
]
Scenario: TypeAlias = Annotated[
    str | None,
    option(
        "--scenario",
        metavar="main|all",
        help="Take the main path of each workflow (main, the default), or walk every edge (all).",
        rich_help_panel=TESTS,
    ),
]
Live: TypeAlias = Annotated[
    bool,
    option(
        "--live",
        help="Send the requests to the servers, in place of inventing answers. Inputs are not invented then either.",
        rich_help_panel=TESTS,
    ),
]
Jobs: TypeAlias = Annotated[
    int | None,
    option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        max=MAX_JOBS,
        show_default="the number of cores",
        help="How many processes test documents at the same time.",
        rich_help_panel=TESTS,
    ),
]
TimeLimit: TypeAlias = Annotated[
    float | None,
    option(
        "--time-limit",
        metavar="SECONDS",
        min=0.001,
        show_default=f"{WORKFLOW_SECONDS:g}",
        help="The longest time that the test of one workflow may take; it has failed then.",
        rich_help_panel=LIMITS,
    ),
]
SharedInputs: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--input",
        "-i",
        metavar="NAME=VALUE",
        help="An input, for every workflow that declares it; also NAME:=JSON and NAME@=FILE. May be repeated.",
        rich_help_panel=INPUTS,
    ),
]
SharedInputsFile: TypeAlias = Annotated[
    str | None,
    option(
        "--inputs",
        metavar="FILE",
        help="Inputs by name, in JSON or YAML, for every workflow that declares them.",
        rich_help_panel=INPUTS,
    ),
]
SharedSources: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--source",
        metavar="NAME=FILE",
        help="Read a source description from this path or URL instead, in every document that has a source of that "
        "name. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Format: TypeAlias = Annotated[
    str | None,
    option(
        "--format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}; text is the default.",
        rich_help_panel=SHOWN,
    ),
]
OutputFile: TypeAlias = Annotated[
    str | None,
    option(
        "--output",
        metavar="FILE",
        help="Write the report to this file, in place of standard output.",
        rich_help_panel=SHOWN,
    ),
]
Quiet: TypeAlias = Annotated[
    bool, option("--quiet", "-q", help="Tell only what failed, and the counts.", rich_help_panel=SHOWN)
]


def format_named(name: str | None, as_json: bool) -> str:
    """Return the format that is wanted.

    Raises:
        UsageError: there is no such format, or `--json` contradicts it.
    """
    return chosen_format(name, as_json, FORMATS, "text")


def walks(scenario: str | None, *, live: bool) -> bool:
    """Tell whether every edge is to be walked.

    Raises:
        UsageError: there is no such scenario, or nothing can be led because no answer is invented.
    """
    chosen = scenario or MAIN
    if chosen not in (MAIN, ALL):
        hint = "arazzo run --mock --scenario takes wishes for single steps"
        raise UsageError(f"--scenario: '{chosen}' is neither '{MAIN}' nor '{ALL}'", hint)
    if live and chosen == ALL:
        raise UsageError("--scenario all leads answers, and --live invents none", "leave one of the two out")
    return chosen == ALL
