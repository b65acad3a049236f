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


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response, whole: `headers` in the order received, `body` decoded from its transfer and content coding."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the first header of that name (case does not count), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def redacted(self, redactor: Redactor) -> Response:
        """Return the response as it may be shown."""
        return Response(self.status, redactor.headers(self.headers), redactor.body(self.body))


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

    `lifetime` is in seconds, None where nothing was said; with a `refresh_token`, a new one can be had.
    """

    fields: Mapping[str, str] = field(repr=False)
    lifetime: float | None = None
    refresh_token: str = field(default="", repr=False)
    clock: Clock = Clock()
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Slept:
    """The wait is over."""

    clock: Clock = Clock()


@dataclass(frozen=True, slots=True)
class Proceed:
    """The step may begin."""

    clock: Clock = Clock()


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer came. `message` names host, port and reason, for a person.

    `code` is the error code of OAuth 2.0 where an authorization server gave one (RFC 6749, section 5.2).
    """

    kind: FailureKind
    message: str
    clock: Clock = Clock()
    elapsed: float = field(default=0.0)
    code: str = ""


Outcome: TypeAlias = Responded | Authorized | Slept | Proceed | Failed
