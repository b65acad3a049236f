"""What the world answers to an effect: the closed set of outcomes, plain data.

A refused connection or a timeout is a `Failed` outcome: the step fails and its failure actions see it. It never ends
a run by itself. Every outcome carries the driver's reading of the clocks, so that the engine needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from arazzo_runner.redact import Redactor
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True)
class Clock:
    """A reading of the driver's clocks, in seconds: `wall` since the Unix epoch, `monotonic` since any fixed moment."""

    wall: float = 0.0
    monotonic: float = 0.0


class FailureKind(Enum):
    """Why no answer came."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    DNS = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    CODING = "coding"
    TOO_LARGE = "too-large"
    INVENTION = "invention"
    AUTHORIZATION = "authorization"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response, whole: `headers` in the order received, `body` decoded from its transfer and content coding.

    `members` are the names of members of the body that the API description says are secrets; a transport sets none.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    members: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def header(self, name: str) -> str | None:
        """Return the first header of that name (case does not count), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def __repr__(self) -> str:
        """Tell of the response without what it carries: a repr ends up in logs and traces."""
        names = ", ".join(name for name, _ in self.headers)
        return f"Response({self.status}, headers: {names or 'none'}; {len(self.body)} bytes)"

    def redacted(self, redactor: Redactor) -> Response:
        """Return the response as it may be shown."""
        return Response(self.status, redactor.headers(self.headers), redactor.body(self.body, self.members))


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the driver about an answer; `code` is the stable name of a reason that has one."""

    message: str
    code: str = ""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Responded:
    """The request was answered. `elapsed` is in seconds; `notes` are remarks of the driver for the step's warnings."""

    response: Response
    clock: Clock = Clock()
    elapsed: float = 0.0
    notes: tuple[str | Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Authorized:
    """The credential was fetched: `fields` by their names (TOKEN, ...).

    `lifetime` is in seconds, None where nothing was said; with a `refresh_token`, a new one can be had. `traffic` is
    the bytes that were sent and received for it.
    """

    fields: Mapping[str, str] = field(repr=False)
    lifetime: float | None = None
    refresh_token: str = field(default="", repr=False)
    clock: Clock = Clock()
    elapsed: float = 0.0
    traffic: int = 0


@dataclass(frozen=True, slots=True)
class Slept:
    """The wait is over."""

    clock: Clock = Clock()


@dataclass(frozen=True, slots=True)
class Proceed:
    """Go on: the step may begin, or what came of it stands.

    `elapsed`, here and in the other decisions, are the seconds for which a debugger held the run.
    """

    clock: Clock = Clock()
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Skip:
    """Take the step as done, and go on with the next; `outputs` are what it gives, by their names."""

    outputs: Mapping[str, Value] = field(default_factory=dict, repr=False)
    clock: Clock = Clock()
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Retry:
    """Try the step again, whatever its actions say; before a step it is the same as `Proceed`."""

    clock: Clock = Clock()
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run here; `reason` is a clause for a person."""

    reason: str = ""
    clock: Clock = Clock()
    elapsed: float = 0.0


class Where(Enum):
    """Where a value stands that is changed while a run is held."""

    INPUT = "input"
    OUTPUT = "output"
    ARGUMENT = "argument"
    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Change:
    """A value in the place of another.

    `INPUT` and `OUTPUT` are an input of the workflow and an output of one of its steps (`step`), for the rest of its
    run. The others are what the step itself sends or hands over, by `name`, until it has ended; `BODY` is the whole
    payload and has no name.
    """

    where: Where
    name: str
    value: Value = field(repr=False)
    step: str = ""


@dataclass(frozen=True, slots=True)
class Replace:
    """Change values, in their order, and ask again at the same place."""

    changes: tuple[Change, ...]
    clock: Clock = Clock()
    elapsed: float = 0.0


Decided: TypeAlias = Proceed | Skip | Retry | Replace | Stop
"""What answers a `Checkpoint`."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer came. `message` names host, port and reason, for a person.

    `code` is the error code of OAuth 2.0 where an authorization server gave one (RFC 6749, section 5.2), or the name of
    the limit that does not let a request out (`FORBIDDEN`), which ends the run. `traffic` is the bytes that came
    nevertheless; for a token, those that were sent too.
    """

    kind: FailureKind
    message: str
    clock: Clock = Clock()
    elapsed: float = field(default=0.0)
    code: str = ""
    traffic: int = 0


Outcome: TypeAlias = Responded | Authorized | Slept | Proceed | Skip | Retry | Replace | Stop | Failed
