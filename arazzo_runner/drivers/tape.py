"""What a driver tells of its work, and whom it asks before: the seam for journals, replays and resumed runs."""

from __future__ import annotations

from typing import Protocol

from arazzo_runner.engine.effects import Effect
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Outcome


class Tape(Protocol):
    """Stands beside a driver."""

    def recall(self, effect: Effect) -> Outcome | None:
        """Return what came of the effect when it was performed before; None: perform it."""

    def intend(self, effect: Effect) -> None:
        """Take down that the effect is about to be performed."""

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        """Take down what came of it; the run knows it by now, and has learnt what in it is secret."""

    def happened(self, stamped: Stamped) -> None:
        """Take down an event."""
