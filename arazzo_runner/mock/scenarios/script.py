"""Scripts: who says, request by request, what the mock shall make of a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from arazzo_runner.coverage.edges import Edge
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.mock.scenarios.endings import Ending, Take
from arazzo_runner.program.model import BoundStep, Program, StepKey


class Script(Protocol):
    """Tells the mock what is wanted of each request."""

    def ending(self, effect: SendRequest) -> Ending | None:
        """Return what is wanted of this attempt of its step; None where the mock goes as it goes of itself."""

    def unmet(self, effect: SendRequest, reason: str) -> None:
        """Be told that it can't be had, and why."""


@dataclass(frozen=True, slots=True)
class Order:
    """One wish of a scenario: `ending` for the first `times` attempts of a step (None: for all).

    A `path` is that of one step from the run's workflow down; without it the order is for the step wherever it runs.
    `text` is how the wish was written.
    """

    step: StepKey
    ending: Ending
    path: tuple[str, ...] = ()
    times: int | None = None
    text: str = ""


class Steps:
    """Which step of a program a request belongs to: effects carry the step, and not its workflow."""

    def __init__(self, program: Program) -> None:
        self._program = program  # keeps the steps alive, whose identities are the keys
        self._keys = {
            id(step): StepKey(key, step.step_id) for key, flow in program.workflows.items() for step in flow.steps
        }

    def key_of(self, step: BoundStep) -> StepKey | None:
        """Return the key of a step; None for one of another program."""
        return self._keys.get(id(step))


class Scenario:
    """A script made of orders. An order that counts gives way to the next one for its step when it is used up."""

    def __init__(self, program: Program, orders: Iterable[Order]) -> None:
        self._steps = Steps(program)
        self._orders = tuple(orders)
        self._used = [0] * len(self._orders)

    @property
    def aims(self) -> tuple[Edge, ...]:
        """The edges that are wanted by name, in the order of the wishes."""
        return tuple(order.ending.edges[0] for order in self._orders if isinstance(order.ending, Take))

    def ending(self, effect: SendRequest) -> Ending | None:
        """Return what is wanted of this attempt, and count it."""
        key = self._steps.key_of(effect.bound)
        for number, order in enumerate(self._orders):
            if order.step != key or order.path not in ((), effect.step):
                continue
            if order.times is None or self._used[number] < order.times:
                self._used[number] += 1
                return order.ending
        return None

    def unmet(self, effect: SendRequest, reason: str) -> None:
        """Do nothing: the warning of the step says it."""
