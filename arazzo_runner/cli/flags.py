"""The vocabulary of the command line: each flag once, whichever commands take it.

The text here is what `--help` shows. A flag that may be repeated is None where it was not given.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import typer

from arazzo_runner.cli.completion import complete_output, complete_workflow

INPUTS: Final = "Inputs"
WHERE: Final = "Servers and credentials"
SHOWN: Final = "What is shown"
LIMITS: Final = "Limits"

File: TypeAlias = Annotated[
    str, typer.Argument(metavar="FILE", help="The Arazzo document: a path, a URL, or - for standard input.")
]
Files: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Arazzo documents: paths, URLs, or - for standard input.")
]
Workflow: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--workflow",
        "-w",
        metavar="ID",
        help="The workflow to run. May be left out where the file has one.",
        autocompletion=complete_workflow,
    ),
]
ShownWorkflow: TypeAlias = Annotated[
    str | None,
    typer.Option("--workflow", "-w", metavar="ID", help="Show this workflow alone.", autocompletion=complete_workflow),
]

Inputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--input",
        "-i",
        metavar="NAME=VALUE",
        help="An input; also NAME:=JSON, NAME@=FILE (the text of a file), and WORKFLOW:NAME=VALUE for a workflow that "
        "runs before. May be repeated.",
        rich_help_panel=INPUTS,
    ),
]
InputsFile: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--inputs",
        metavar="FILE",
        help="Inputs by name, in JSON or YAML; - for standard input.",
        rich_help_panel=INPUTS,
    ),
]
EnvFile: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--env-file",
        metavar="FILE",
        help="Variables (NAME=VALUE lines) that the environment does not have. May be repeated.",
        rich_help_panel=INPUTS,
    ),
]
NoInput: TypeAlias = Annotated[
    bool, typer.Option("--no-input", help="Never ask for a missing input.", rich_help_panel=INPUTS)
]

Mock: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--mock", help="Invent the answers from the API descriptions; nothing is sent.", rich_help_panel=WHERE
    ),
]
Servers: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--server",
        metavar="[SOURCE=]URL",
        help="Call this server, for one source or for all, in place of the whole server URL of the API description, "
        "its path included. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
ServerVariables: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--server-variable",
        metavar="NAME=VALUE",
        help="A variable of a server's URL. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Sources: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="NAME=FILE",
        help="Read a source description from this path or URL instead. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Auth: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--auth",
        metavar="SCHEME=VALUE",
        help="A token, an API key, or USER:PASSWORD; also SOURCE.SCHEME=VALUE. May be repeated. Other users of the "
        "machine can see a command line: ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD> keeps it private.",
        rich_help_panel=WHERE,
    ),
]
Insecure: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--insecure",
        metavar="HOST",
        help="Accept any certificate of this host. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
CaCert: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--cacert",
        metavar="FILE",
        help="Trust the authorities of this PEM file too.",
        rich_help_panel=WHERE,
    ),
]

Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help="Read the document literally, with none of the practical readings.")
]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Write one JSON object on standard output.", rich_help_panel=SHOWN)
]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--output",
        metavar="NAME",
        help="Write the value of this output alone on standard output, in the clear: for scripts.",
        rich_help_panel=SHOWN,
        autocompletion=complete_output,
    ),
]
ShowSecrets: TypeAlias = Annotated[
    bool, typer.Option("--show-secrets", help="Show secret values instead of hiding them.", rich_help_panel=SHOWN)
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Tell only what went wrong, and the outputs.", rich_help_panel=SHOWN)
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell requests and responses too.", rich_help_panel=SHOWN)
]

Timeout: TypeAlias = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.001, help="The longest wait for one answer.", rich_help_panel=LIMITS
    ),
]
MaxSteps: TypeAlias = Annotated[
    int,
    typer.Option(
        "--max-steps",
        metavar="N",
        min=1,
        help="The budget of one run: each try of a step and each start of a workflow takes one; more end it with "
        "exit code 3.",
        rich_help_panel=LIMITS,
    ),
]
Seed: TypeAlias = Annotated[
    int,
    typer.Option("--seed", metavar="N", help="The same number gives the same invented values.", rich_help_panel=LIMITS),
]
