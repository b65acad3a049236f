"""The seam to what a mocked API remembers: asked before an answer is made, and told of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.values import JSON

Lay: TypeAlias = Callable[[JSON, JSON], JSON]
"""Lays what is known over a body that was invented without it; the second is the body's schema, self-contained."""

Locate: TypeAlias = Callable[[JSON, str], str | None]
"""Returns the URL of what an answer tells of the creation of: by its body, and the Location that was invented."""


@dataclass(frozen=True, slots=True)
class Recall:
    """What is known of the answer to a request.

    `statuses` are those that it should have (empty: any), for the reason that `note` tells: a whole clause. `lay` is
    for the body of a success, `locate` for its Location. `turn` tells requests apart that are the same to the byte, and
    shall not be answered so. The criteria of the step go before all of it, and so does the description.
    """

    statuses: frozenset[int] = frozenset()
    note: str = ""
    lay: Lay | None = None
    locate: Locate | None = None
    turn: int = 0


class Memory(Protocol):
    """Remembers exchanges, so that later answers agree with earlier ones."""

    def recall(self, effect: SendRequest) -> Recall | None:
        """Return what is known of the answer to a request; None for nothing."""

    def remember(self, effect: SendRequest, response: Response) -> None:
        """Take note of an exchange."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that has one thing to say of each request, and takes note of nothing: for an answer that is a trial."""

    said: Recall

    def recall(self, effect: SendRequest) -> Recall | None:
        """Return the one thing."""
        return self.said

    def remember(self, effect: SendRequest, response: Response) -> None:
        """Take note of nothing."""
