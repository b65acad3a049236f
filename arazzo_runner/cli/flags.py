"""The vocabulary of the command line: each flag once, whichever commands take it.

The text here is what `--help` shows. A flag that may be repeated is None where it was not given.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from arazzo_runner.cli.marks import argument, option
from arazzo_runner.engine.limits import (
    DEEPEST,
    MAX_BODY_BYTES,
    MAX_DEPTH,
    MAX_REDIRECTS,
    MAX_STEPS,
    MAX_WAIT,
    REQUEST_TIMEOUT,
)

INPUTS: Final = "Inputs"
WHERE: Final = "Servers and credentials"
SHOWN: Final = "What is shown"
LIMITS: Final = "Limits"

NamedFiles: TypeAlias = Annotated[
    list[str],
    argument(
        metavar="FILE...",
        help="Arazzo documents: paths, URLs, - for standard input, patterns such as 'flows/**/*.yml', or folders, in "
        "which the Arazzo documents are found by what they hold.",
    ),
]
File: TypeAlias = Annotated[
    str, argument(metavar="FILE", help="The Arazzo document: a path, a URL, or - for standard input.")
]
Files: TypeAlias = Annotated[
    list[str], argument(metavar="FILE...", help="Arazzo documents: paths, URLs, or - for standard input.")
]
Workflow: TypeAlias = Annotated[
    str | None,
    option(
        "--workflow",
        "-w",
        metavar="ID",
        help="The workflow to run. May be left out where the file has one.",
        autocompletion="arazzo_runner.cli.completion:complete_workflow",
    ),
]
ShownWorkflow: TypeAlias = Annotated[
    str | None,
    option(
        "--workflow",
        "-w",
        metavar="ID",
        help="Show this workflow alone.",
        autocompletion="arazzo_runner.cli.completion:complete_workflow",
    ),
]
ExaminedWorkflow: TypeAlias = Annotated[
    str | None,
    option(
        "--workflow",
        "-w",
        metavar="ID",
        help="Look at this workflow alone.",
        autocompletion="arazzo_runner.cli.completion:complete_workflow",
    ),
]

Inputs: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--input",
        "-i",
        metavar="NAME=VALUE",
        help="An input; also NAME:=JSON, NAME@=FILE (what a file holds), and WORKFLOW:NAME=VALUE for a workflow that "
        "runs before. May be repeated.",
        rich_help_panel=INPUTS,
    ),
]
InputsFile: TypeAlias = Annotated[
    str | None,
    option(
        "--inputs",
        metavar="FILE",
        help="Inputs by name, in JSON or YAML; - for standard input.",
        rich_help_panel=INPUTS,
    ),
]
EnvFile: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--env-file",
        metavar="FILE",
        help="Variables (NAME=VALUE lines) that the environment does not have. May be repeated.",
        rich_help_panel=INPUTS,
    ),
]
NoInput: TypeAlias = Annotated[
    bool, option("--no-input", help="Never ask for a missing input.", rich_help_panel=INPUTS)
]

Mock: TypeAlias = Annotated[
    bool,
    option("--mock", help="Invent the answers from the API descriptions; nothing is sent.", rich_help_panel=WHERE),
]
DryRun: TypeAlias = Annotated[
    bool,
    option(
        "--dry-run",
        help="Send nothing: show each request of the run, with placeholders for what only an answer can give.",
    ),
]
Step: TypeAlias = Annotated[
    bool,
    option(
        "--step",
        help="Pause before each step, and after one that failed: look at its request, evaluate, change, skip, try "
        "again. Type help there.",
    ),
]
RequestFormat: TypeAlias = Annotated[
    str | None,
    option("--format", metavar="FORMAT", help="With --dry-run: text (the default), curl or json."),
]
Scenario: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--scenario",
        metavar="WISH",
        help="With --mock: how steps shall end, parted by commas: STEP=failure, STEP=503, STEP.ACTION, STEP*2=429, "
        "STEP=timeout (refused, reset, slow, broken-json, wrong-content-type). Or all: walk every edge of the "
        "workflow. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Servers: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--server",
        metavar="[SOURCE=]URL",
        help="Call this server, for one source or for all, in place of the whole server URL of the API description, "
        "its path included. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
ServerVariables: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--server-variable",
        metavar="NAME=VALUE",
        help="A variable of a server's URL. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Sources: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--source",
        metavar="NAME=FILE",
        help="Read a source description from this path or URL instead. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
BaseDir: TypeAlias = Annotated[
    str | None,
    option(
        "--base-dir",
        metavar="DIR",
        help="Look for relative urls of source descriptions in this folder first.",
        rich_help_panel=WHERE,
    ),
]
BaseUri: TypeAlias = Annotated[
    str | None,
    option(
        "--base-uri",
        metavar="URI",
        help="Take the document to stand at this URI or path, whatever relative references it has.",
        rich_help_panel=WHERE,
    ),
]
Documents: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--document",
        metavar="FILE",
        help="A further document, known by what it calls itself ($self): no other place is asked for it. "
        "May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Root: TypeAlias = Annotated[
    str | None,
    option(
        "--root",
        metavar="DIR",
        help="Read no document outside of this folder, links resolved: neither the one named nor what it refers to.",
        rich_help_panel=WHERE,
    ),
]
Offline: TypeAlias = Annotated[
    bool,
    option(
        "--offline",
        help="Fetch no document over the network: copies of earlier fetches are used. Requests of the workflow are "
        "sent all the same.",
        rich_help_panel=WHERE,
    ),
]
Online: TypeAlias = Annotated[
    bool,
    option(
        "--online",
        help="Ask the system whether the host of each server has an address. Nothing is sent to it.",
        rich_help_panel=WHERE,
    ),
]
NoCache: TypeAlias = Annotated[
    bool,
    option(
        "--no-cache",
        help="Neither use nor keep copies of fetched documents, nor what was read of big ones.",
        rich_help_panel=WHERE,
    ),
]
AuthHosts: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--auth-host",
        metavar="HOST",
        help="Credentials may go to this host (HOST or HOST:PORT) though the document or API description that names it "
        "came from the network, or was only found by its file's name. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
Auth: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--auth",
        metavar="SCHEME=VALUE",
        help="A token, an API key, or USER:PASSWORD; also SOURCE.SCHEME=VALUE, SCHEME.client_id=ID, and "
        "@env:NAME, @file:PATH or @keyring as the VALUE. May be repeated. Other users of the "
        "machine can see a command line: ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD> keeps it private.",
        rich_help_panel=WHERE,
    ),
]
Insecure: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--insecure",
        metavar="HOST",
        help="Accept any certificate of this host. May be repeated.",
        rich_help_panel=WHERE,
    ),
]
ClientCert: TypeAlias = Annotated[
    str | None,
    option(
        "--client-cert",
        metavar="FILE[:KEY]",
        help="The certificate for mutual TLS, in PEM form. Servers see it whose API description wants it, and those "
        "of --auth-host. ARAZZO_CLIENT_CERT_PASSWORD opens its key.",
        rich_help_panel=WHERE,
    ),
]
CaCert: TypeAlias = Annotated[
    str | None,
    option(
        "--cacert",
        metavar="FILE",
        help="Trust the authorities of this PEM file too.",
        rich_help_panel=WHERE,
    ),
]

Proxy: TypeAlias = Annotated[
    str | None,
    option(
        "--proxy",
        metavar="URL",
        help="Send all requests through this proxy (http, https or socks5), whatever the environment says; empty for "
        "none.",
        rich_help_panel=WHERE,
    ),
]
NoProxy: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--no-proxy",
        metavar="HOSTS",
        help="Hosts that are reached without a proxy, separated by commas, in place of NO_PROXY; * for all. May be "
        "repeated.",
        rich_help_panel=WHERE,
    ),
]
Check: TypeAlias = Annotated[
    str | None,
    option(
        "--check",
        metavar="WHAT",
        help="Judge requests and answers against the API description: requests, responses, all (default) or none.",
        rich_help_panel=WHERE,
    ),
]
CheckLevel: TypeAlias = Annotated[
    str | None,
    option(
        "--check-level",
        metavar="LEVEL",
        help="What a breach does: warn (default), fail its step too, or flow (default with --mock): fail for values "
        "from inputs and answers alone.",
        rich_help_panel=WHERE,
    ),
]
FollowRedirects: TypeAlias = Annotated[
    bool,
    option(
        "--follow-redirects",
        help="Follow redirects of the API. To another origin no secret goes along.",
        rich_help_panel=WHERE,
    ),
]
Cookies: TypeAlias = Annotated[
    bool,
    option("--cookies", help="Keep the cookies that answers set, until the run ends.", rich_help_panel=WHERE),
]

Config: TypeAlias = Annotated[
    str | None,
    option(
        "--config",
        metavar="FILE",
        help="The file of profiles; without it arazzo.toml is looked for beside the document and above it.",
        rich_help_panel=WHERE,
    ),
]
NoConfig: TypeAlias = Annotated[bool, option("--no-config", help="Use no file of profiles.", rich_help_panel=WHERE)]
ProfileName: TypeAlias = Annotated[
    str | None,
    option(
        "--profile",
        metavar="NAME",
        help="The profile to use; ARAZZO_PROFILE names one too. Flags and the environment go before it.",
        rich_help_panel=WHERE,
    ),
]

Strict: TypeAlias = Annotated[
    bool, option("--strict", help="Read the document literally, with none of the practical readings.")
]
Json: TypeAlias = Annotated[
    bool, option("--json", help="Write one JSON object on standard output.", rich_help_panel=SHOWN)
]
Output: TypeAlias = Annotated[
    str | None,
    option(
        "--output",
        metavar="NAME",
        help="Write the value of this output alone on standard output, in the clear: for scripts.",
        rich_help_panel=SHOWN,
        autocompletion="arazzo_runner.cli.completion:complete_output",
    ),
]
Report: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--report",
        metavar="FORMAT[=FILE]",
        help="Write a report of the run: text, json, ndjson, junit, har, html, markdown or github. To FILE, or to "
        "standard output in the place of the outputs; may be repeated.",
        rich_help_panel=SHOWN,
        autocompletion="arazzo_runner.cli.completion:complete_report",
    ),
]
ShowSecrets: TypeAlias = Annotated[
    bool, option("--show-secrets", help="Show secret values instead of hiding them.", rich_help_panel=SHOWN)
]
Quiet: TypeAlias = Annotated[
    bool, option("--quiet", "-q", help="Tell only what went wrong, and the outputs.", rich_help_panel=SHOWN)
]
Verbose: TypeAlias = Annotated[
    bool, option("--verbose", "-v", help="Tell requests and responses too.", rich_help_panel=SHOWN)
]

Timeout: TypeAlias = Annotated[
    float | None,
    option(
        "--timeout",
        metavar="SECONDS",
        min=0.001,
        show_default=f"{REQUEST_TIMEOUT:g}",
        help="The longest wait for one answer.",
        rich_help_panel=LIMITS,
    ),
]
MaxSteps: TypeAlias = Annotated[
    int | None,
    option(
        "--max-steps",
        metavar="N",
        show_default=str(MAX_STEPS),
        min=1,
        help="The budget of one run: each try of a step, start of a workflow and redirect takes one; more end it "
        "with exit code 3.",
        rich_help_panel=LIMITS,
    ),
]
RunTimeout: TypeAlias = Annotated[
    float | None,
    option(
        "--run-timeout",
        metavar="SECONDS",
        min=0.001,
        help="The longest time for the whole run; then it ends with exit code 3.",
        rich_help_panel=LIMITS,
    ),
]
MaxWait: TypeAlias = Annotated[
    float | None,
    option(
        "--max-wait",
        metavar="SECONDS",
        show_default=f"{MAX_WAIT:g}",
        min=0,
        help="The longest wait that a Retry-After of an answer can ask for.",
        rich_help_panel=LIMITS,
    ),
]
MaxDepth: TypeAlias = Annotated[
    int | None,
    option(
        "--max-depth",
        metavar="N",
        show_default=str(MAX_DEPTH),
        min=1,
        max=DEEPEST,
        help="How deep workflows may call each other.",
        rich_help_panel=LIMITS,
    ),
]
MaxRedirects: TypeAlias = Annotated[
    int | None,
    option(
        "--max-redirects",
        metavar="N",
        show_default=str(MAX_REDIRECTS),
        min=1,
        help="How many redirects of a request are followed, with --follow-redirects.",
        rich_help_panel=LIMITS,
    ),
]
MaxBody: TypeAlias = Annotated[
    int | None,
    option(
        "--max-body",
        metavar="BYTES",
        show_default=str(MAX_BODY_BYTES),
        min=1,
        help="The largest body of an answer, decompressed, that is read; a larger one fails its step.",
        rich_help_panel=LIMITS,
    ),
]
Seed: TypeAlias = Annotated[
    int,
    option("--seed", metavar="N", help="The same number gives the same invented values.", rich_help_panel=LIMITS),
]
Stateless: TypeAlias = Annotated[
    bool,
    option(
        "--stateless",
        help="Have the mock remember nothing: what was created is not there when it is read.",
        rich_help_panel=LIMITS,
    ),
]
