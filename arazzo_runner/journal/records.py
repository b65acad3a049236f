"""The lines of a journal, as records: a head, then intents, outcomes and events as they came about.

An intent stands in the file before its effect is performed, its outcome after. So an intent without an outcome is
something that may have been done: nobody knows. A run that goes on later adds a `Resumed`, which says how much of what
stands before it still counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Outcome
from arazzo_runner.engine.settings import Settings
from arazzo_runner.values import Value

VERSION: Final = 1
"""The version of the form. It changes when a reader of the older form could go wrong."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document that the run was made from: where it was read, how a person knows it, and what it held (SHA-256)."""

    uri: str
    name: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What was given for a security scheme of a source (None: of every source), with stand-ins for its secrets."""

    source: str | None
    scheme: str
    fields: Mapping[str, str] = field(default_factory=dict)
    supplied: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """How the run was begun: all that is needed to begin it again.

    `made` is the time of the wall clock in seconds, `runner` the version of this package. `inputs` are those that the
    run got, defaults applied. `settings` are what the engine was told (its credentials are `credentials`), `options`
    what decided how documents are read and where connections go.
    """

    version: int
    runner: str
    made: float
    document: Text
    sources: tuple[Text, ...]
    workflow: str
    inputs: Mapping[str, Value] = field(default_factory=dict)
    inputs_for: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    credentials: tuple[Held, ...] = ()
    options: Mapping[str, Value] = field(default_factory=dict)


Wish: TypeAlias = Literal["request", "authorize", "sleep", "checkpoint"]
"""What an effect asks for."""


@dataclass(frozen=True, slots=True)
class Intent:
    """An effect that is about to be performed. `what` says more of one that is no request: the flow, the seconds."""

    ticket: int
    wish: str
    step: tuple[str, ...]
    request: Request | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an effect."""

    ticket: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Resumed:
    """The run goes on: of the effects before it only the first `kept` still count, and none of the events.

    `step` is the path of the step that it goes on from. `inputs` and `limits` are those that the run has from now
    on (None: as before).
    """

    made: float
    kept: int
    step: tuple[str, ...] = ()
    inputs: Mapping[str, Value] | None = None
    inputs_for: Mapping[str, Mapping[str, Value]] | None = None
    limits: Limits | None = None


Line: TypeAlias = Header | Intent | Came | Stamped | Resumed
