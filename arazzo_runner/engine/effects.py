"""What a run wants done: the closed set of effects, plain data (docs/architecture.md, the engine)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NewType, TypeAlias
from urllib.parse import unquote_plus

from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundStep
from arazzo_runner.redact import REDACTED, Redactor
from arazzo_runner.sources.security import Grant, Login

Ticket = NewType("Ticket", int)
"""Names one effect of a run; its outcome is given back under the same number."""


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, whole: `url` is absolute and encoded, `headers` in the order they are sent.

    `credentials` are the names (headers in lower case, query parameters encoded) whose values were put in by a
    credential, or that a secret of the run was put in: they are hidden whatever they are called and however short their
    values are. So are the `members` of the body (the empty name: all of it) and the `segments` of the path, counted
    from its end. `login` answers a
    challenge of the server (RFC 7616), which is the transport's to do; it is shown nowhere. `most` is how many bytes of
    the answer may be read before the run has used up its own (None: any number); it is no part of what is sent.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    credentials: frozenset[str] = field(default=frozenset(), repr=False)
    login: Login | None = field(default=None, repr=False)
    most: int | None = field(default=None, repr=False, compare=False)
    members: frozenset[str] = field(default=frozenset(), repr=False)
    segments: frozenset[int] = field(default=frozenset(), repr=False)

    def header(self, name: str) -> str | None:
        """Return the first header of that name (case does not count), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def __repr__(self) -> str:
        """Tell of the request without what it carries: a repr ends up in logs and traces."""
        url = Redactor().url(self._without_secrets())
        names = ", ".join(name for name, _ in self.headers)
        return f"Request({self.method!r}, {url!r}, headers: {names or 'none'}; {len(self.body or b'')} bytes)"

    def redacted(self, redactor: Redactor) -> Request:
        """Return the request as it may be shown."""
        body = None if self.body is None else redactor.body(self.body, self.members)
        if redactor.reveal or not (self.credentials or self.segments):
            return Request(self.method, redactor.url(self.url), redactor.headers(self.headers), body)
        headers = tuple((name, REDACTED if name.lower() in self.credentials else text) for name, text in self.headers)
        return Request(self.method, redactor.url(self._without_secrets()), redactor.headers(headers), body)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values of the headers and query parameters that `credentials` names, as they were before encoding.

        A parameter is there with its name too: where a server repeats both, a short value is found by the name.
        """
        headers = (text for name, text in self.headers if name.lower() in self.credentials)
        pieces = [one for one in self.url.partition("?")[2].split("&") if one.partition("=")[0] in self.credentials]
        return (*headers, *pieces, *(unquote_plus(piece.partition("=")[2]) for piece in pieces))

    @property
    def has_secret_in_url(self) -> bool:
        """Whether a credential, or a parameter that is a secret, stands in the path or the query."""
        cookies = (piece.strip().partition("=")[0] for piece in (self.header("cookie") or "").split(";"))
        elsewhere = {name.lower() for name, _ in self.headers}.union(cookies)
        return bool(self.segments) or not self.credentials <= elsewhere

    def _without_secrets(self) -> str:
        """Return the URL with the query parameters and the segments of the path that hold secrets replaced."""
        head, mark, query = self.url.partition("?")
        path = head.split("/")
        for segment in self.segments:
            if segment < len(path) - 3:  # the scheme and the host stay
                path[-1 - segment] = REDACTED
        fields = [(piece.partition("=")[0], piece) for piece in query.split("&")]
        shown = "&".join(f"{name}={REDACTED}" if name in self.credentials else piece for name, piece in fields)
        return "/".join(path) + mark + shown


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
class Authorize:
    """Fetch a token (or what a callable of the caller supplies) for the requests to come.

    `patience` is the time for each exchange with the authorization server, in seconds; `deadline` the time left for all
    of it (None: the driver's own limit, which leaves a person the time to log in). `most` is how many bytes may be sent
    and received for it (None: any number).
    """

    ticket: Ticket
    grant: Grant
    step: tuple[str, ...]
    patience: float
    deadline: float | None = None
    most: int | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait for `seconds` before the run goes on."""

    ticket: Ticket
    seconds: float
    step: tuple[str, ...]


class Moment(Enum):
    """When a run asks whether to go on: before a try of a step, or after it has passed or failed."""

    BEFORE = "before"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Ask before a try of a step: the driver answers with a decision (`Proceed` for all but a debugger).

    After a try it is asked too where the settings want it (`Settings.pauses`), with tickets that count down from -1:
    so no other effect has another ticket for it. `attempt` is the number of the try. `bound` and `scope` are the step
    and what its expressions see now, for drivers that show or evaluate; `reason` says why the try failed. They are no
    part of what is asked.
    """

    ticket: Ticket
    step: tuple[str, ...]
    moment: Moment = Moment.BEFORE
    attempt: int = 1
    bound: BoundStep | None = field(default=None, repr=False, compare=False)
    scope: Scope = field(default_factory=Scope, repr=False, compare=False)
    reason: str = field(default="", repr=False, compare=False)


Effect: TypeAlias = SendRequest | Authorize | Sleep | Checkpoint
