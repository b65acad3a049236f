"""What a document needs to run here and now, as facts: found by `api.readiness`, written by the reports beside this.

Nothing secret stands in these values: of a credential they say where it comes from, and of a secret input's default
only that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Diagnostic, has_errors
from arazzo_runner.sources.security import Want
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A source description: what it is and where it was read from, or the `problem` with it and how to give it.

    `size` counts operations, of an Arazzo description its workflows. `holder` is the document that declares it, where
    that is another one. `found_by` says by what it was found where its url leads nowhere (P13).
    """

    name: str
    url: str
    type: str = ""
    version: str = ""
    read_from: str = ""
    found_by: str = ""
    size: int = 0
    holder: str = ""
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class VariableFact:
    """A variable of a server's URL with its value (None: it has none), and who chose that."""

    name: str
    value: str | None
    chosen_by: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerFact:
    """A server that steps call: its URL as written and as called, or the `problem` with it and what to do.

    `chosen_by` says who named it, `proxy` what stands before it. `resolves` tells whether its name is known; None
    where nobody asked.
    """

    source: str
    url: str
    calls: str
    chosen_by: str
    variables: tuple[VariableFact, ...] = ()
    proxy: str = ""
    resolves: bool | None = None
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class StepFact:
    """A step and its operation, or the workflow that it calls, or the `problem` with finding either and what to do.

    `holder` is the workflow that the step is part of.
    """

    holder: str
    step_id: str
    source: str = ""
    method: str = ""
    path: str = ""
    calls: str = ""
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class WantFact:
    """One scheme that is wanted, how to give its credential, and who gives it already (empty: nobody).

    `flag` is the flag with a placeholder, where a flag is fit.
    """

    want: Want
    flag: str = ""
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class CredentialFact:
    """Credentials that steps want: one of the `alternatives`, each whole; one that is empty asks for nothing.

    Where the document sets the credential itself, `placed` has location and name of what it sets, and nothing is
    wanted.
    """

    steps: tuple[str, ...]
    alternatives: tuple[tuple[WantFact, ...], ...]
    placed: tuple[tuple[str, str], ...] = ()

    @property
    def satisfied(self) -> bool:
        """Whether one of the alternatives is given as a whole, or nothing has to be."""
        return bool(self.placed) or any(all(each.given_by for each in one) for one in self.alternatives)


@dataclass(frozen=True, slots=True)
class InputFact:
    """An input; `default` counts with `has_default` alone and is left out for a secret, `example` with `has_example`.

    `workflow` is empty for an input of the workflow itself, else the one that runs before it. `given_by` says who gives
    it already.
    """

    name: str
    types: tuple[str, ...]
    required: bool
    secret: bool
    workflow: str = ""
    has_default: bool = False
    default: JSON = None
    choices: tuple[JSON, ...] = ()
    description: str = ""
    has_example: bool = False
    example: JSON = None
    given_by: str = ""

    @property
    def missing(self) -> bool:
        """Whether a run asks for it: it is required, and neither given nor filled in."""
        return self.required and not self.has_default and not self.given_by


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a workflow from running though its document is sound: a secret that can't be had, a wrong flag."""

    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class WorkflowFact:
    """A workflow: what it is made of, what it wants, what is in its way, and the words of the commands that run it.

    `hosts` have to be named (`--auth-host`) before a credential may go there, each with who named it so far. `findings`
    are those of `run`, errors first. `command` runs it, `mock_command` runs it against invented answers.
    """

    workflow_id: str
    summary: str = ""
    steps: tuple[StepFact, ...] = ()
    credentials: tuple[CredentialFact, ...] = ()
    hosts: tuple[tuple[str, str], ...] = ()
    inputs: tuple[InputFact, ...] = ()
    opens: bool = False
    sources: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = field(default=(), repr=False)
    obstacles: tuple[Obstacle, ...] = ()
    command: tuple[str, ...] = ()
    mock_command: tuple[str, ...] = ()
    runs: bool = True

    @property
    def mocks(self) -> bool:
        """Whether its document lets it run against invented answers: no error is found, and nothing else forbids it."""
        return not (has_errors(self.findings) or self.obstacles)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a document needs. Sources and servers are those of all its workflows that were looked at."""

    file: str
    title: str
    version: str
    arazzo: str
    profile: str
    sources: tuple[SourceFact, ...]
    servers: tuple[ServerFact, ...]
    workflows: tuple[WorkflowFact, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is in the way of any workflow; what is to be filled in at the command line is not."""
        return all(each.runs for each in self.workflows)
