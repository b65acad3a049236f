"""A debugged run without a terminal: commands from a list, answers from a script, what is shown as lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arazzo_runner.cli.stepping.debugger import Debugger
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.engine.settings import Settings
from arazzo_runner.reports.page import ASCII, Line, Look, plain_text
from arazzo_runner.values import Value
from tests.engine.programs import Played, answers, play, program_of, respond

FLOW = """
workflows:
- workflowId: w
  inputs:
    type: object
    properties: {i: {type: string}, pin: {type: string, format: password}, password: {type: string}}
  steps:
  - stepId: a
    operationId: x
    outputs: {n: $response.body#/n, token: $response.body#/token}
  - stepId: b
    workflowId: v
    parameters: [{name: p, value: $inputs.i}]
  - stepId: c
    operationId: item
    parameters:
    - {name: id, in: path, value: $inputs.i}
    - {name: need, in: query, value: $steps.a.outputs.n}
    onFailure: [{name: r, type: retry, retryLimit: 1}]
  - stepId: d
    operationId: z
    requestBody: {payload: {who: {name: $inputs.i}, list: [1, 2]}}
- workflowId: v
  inputs: {type: object}
  steps:
  - {stepId: inner, operationId: y}
  - {stepId: later, operationId: y}
"""

OK = respond(200, {"n": "one", "token": "planted-token-1234", "items": [{"id": 7}]})
BUSY = respond(503, {"error": "busy"})


@dataclass(frozen=True, slots=True)
class Debugged:
    """A run that was debugged, and what the person saw, prompts and commands included."""

    played: Played
    shown: str
    commands: list[str]

    @property
    def paths(self) -> list[str]:
        """What was sent, without the server."""
        return [request.url.removeprefix("https://api.example") for request in self.played.requests]


def debugged(
    *commands: str,
    script: Iterable[Response | Failed] = (OK,),
    inputs: dict[str, Value] | None = None,
    flow: str = FLOW,
    settings: Settings | None = None,
) -> Debugged:
    """Play a run whose person says the commands, a line each; after the last one the input has ended."""
    queue, told = list(commands), list[str]()
    program = program_of(flow, version="1.1.0")
    settings = settings or Settings(pauses=True)

    def write(lines: Iterable[Line]) -> None:
        told.extend(plain_text(line).rstrip() for line in lines)

    def read(label: str) -> str | None:
        told.append(label + (queue[0] if queue else ""))
        return queue.pop(0) if queue else None

    debugger = Debugger(program, settings, write=write, look=Look(width=100, marks=ASCII), read=read)

    given = {"i": "old", "pin": "7391", **(inputs or {})}
    played = play(program, answers(*script), given, settings, hold=debugger.hold, redactor=debugger.redactor)
    for event in played.events:
        debugger.on(event)
    return Debugged(played, "\n".join(told), queue)
