"""A step in progress."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.engine.activation import Activation
from arazzo_runner.engine.result import Attempt
from arazzo_runner.program.model import BoundStep


@dataclass(slots=True)
class Progress:
    """A step in progress: where it stands, its attempts so far, and the retries that each action has used."""

    activation: Activation
    step: BoundStep
    path: tuple[str, ...]
    attempts: list[Attempt] = field(default_factory=list)
    retries: dict[str, int] = field(default_factory=dict)
