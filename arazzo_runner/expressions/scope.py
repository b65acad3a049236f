"""What an expression can see: the state of one workflow activation at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.values import JSON, Nothing, Value


@dataclass(frozen=True, slots=True)
class Sent:
    """The request of the current step: the values before serialisation, by their names.

    Header names are lower case. `body` is the payload after evaluation and replacements.
    """

    method: str
    url: str
    header: Mapping[str, Value] = field(default_factory=dict)
    query: Mapping[str, Value] = field(default_factory=dict)
    path: Mapping[str, Value] = field(default_factory=dict)
    body: Value | Nothing = Nothing("the request has no body")


@dataclass(frozen=True, slots=True)
class Received:
    """The answer to the current step's latest request.

    `headers` are (name, value) in the order received; `body` is parsed for JSON, text for other text, bytes for
    binary content, `Nothing` where there was none.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: Value | Nothing = Nothing("the response has no body")
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class WorkflowRecord:
    """A workflow that has run: what it was given and what it gave."""

    inputs: Mapping[str, Value]
    outputs: Mapping[str, Value | Nothing]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in reach, and their values (Arazzo 1.1, Runtime Expressions).

    `outputs` is what ``$outputs`` reads: the callee's after a step that called a workflow, the current workflow's
    once they are computed, None before. `sources` maps each Source Description to its fields as written.
    """

    inputs: Mapping[str, Value] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, Value | Nothing]] = field(default_factory=dict)
    workflows: Mapping[str, WorkflowRecord] = field(default_factory=dict)
    outputs: Mapping[str, Value | Nothing] | None = None
    request: Sent | None = None
    response: Received | None = None
    sources: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    self_uri: str | None = None
