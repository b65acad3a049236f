"""What a run wants done: the closed set of effects, plain data (docs/architecture.md, the engine)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType, TypeAlias

from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundStep
from arazzo_runner.redact import Redactor

Ticket = NewType("Ticket", int)
"""Names one effect of a run; its outcome is given back under the same number."""


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, whole: `url` is absolute and encoded, `headers` in the order they are sent."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def header(self, name: str) -> str | None:
        """Return the first header of that name (case does not count), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def redacted(self, redactor: Redactor) -> Request:
        """Return the request as it may be shown."""
        body = None if self.body is None else redactor.body(self.body)
        return Request(self.method, redactor.url(self.url), redactor.headers(self.headers), body)


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send one request and tell what came back.

    `deadline` is the time left for it in seconds (None: the driver's own limit). `step` is the path of step ids from
    the run's workflow down. `bound` and `scope` say what the request stands for and what the step can see, for drivers
    that invent or judge answers; they are no part of what is sent or recorded.
    """

    ticket: Ticket
    request: Request
    step: tuple[str, ...]
    bound: BoundStep = field(repr=False, compare=False)
    scope: Scope = field(repr=False, compare=False)
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait for `seconds` before the run goes on."""

    ticket: Ticket
    seconds: float
    step: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Ask before a step begins: the driver answers with a decision (`Proceed` for all but a debugger)."""

    ticket: Ticket
    step: tuple[str, ...]


Effect: TypeAlias = SendRequest | Sleep | Checkpoint
