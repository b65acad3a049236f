"""Effects as the engine would make them, for the steps of a program."""

from __future__ import annotations

from collections.abc import Mapping

from arazzo_runner.engine.effects import Request, SendRequest, Ticket
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.scenarios.places import step_of
from arazzo_runner.program.model import Program, StepKey
from arazzo_runner.values import Value


def request_of(
    program: Program,
    key: StepKey,
    *path: str,
    deadline: float | None = 30.0,
    inputs: Mapping[str, Value] | None = None,
) -> SendRequest:
    """Make the effect that sends the request of a step; its path is its id alone where none is given."""
    step = step_of(program, key)
    request = Request("GET", "https://shop.example/orders/1")
    return SendRequest(Ticket(1), request, path or (key.step_id,), step, Scope(inputs=inputs or {}), deadline)
