"""What a scenario can want of one attempt of a step: the closed set of endings, plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.mock.plans import StatusTest


class Fault(Enum):
    """What a network, or a server that is not well, does to an answer; the values are the words for it."""

    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    SLOW = "slow"
    BROKEN_JSON = "broken-json"
    WRONG_CONTENT_TYPE = "wrong-content-type"


@dataclass(frozen=True, slots=True)
class Succeed:
    """The step succeeds; what fires then is left open."""


@dataclass(frozen=True, slots=True)
class Fail:
    """The step fails, by an answer that the description allows if there is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer has this status, or one of this class (`4XX`), whatever comes of it."""

    status: StatusTest


@dataclass(frozen=True, slots=True)
class Take:
    """One of these edges of the step is taken; several, where a success and a failure action share a name."""

    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """No answer comes, or a damaged one."""

    fault: Fault


Ending: TypeAlias = Succeed | Fail | Answer | Take | Break
