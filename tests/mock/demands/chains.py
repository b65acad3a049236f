"""Workflows whose later steps use what earlier ones answered, and what the mock answers in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arazzo_runner.engine.effects import SendRequest, Sleep
from arazzo_runner.engine.outcomes import Proceed, Responded, Slept
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.run import Run
from arazzo_runner.mock.answer import Mock
from arazzo_runner.mock.inputs import InventedInputs, invent_inputs
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import Program
from arazzo_runner.values import JSON
from tests.engine.programs import as_yaml, program_of

GIVE: dict[str, Any] = {"stepId": "a", "operationId": "give"}


@dataclass(frozen=True, slots=True)
class Chain:
    """How a mocked run went: the answers and the notes of each step, and the requests that were sent."""

    result: RunResult
    inputs: InventedInputs
    answers: dict[str, Responded] = field(default_factory=dict)
    sent: dict[str, SendRequest] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        return self.result.status is Status.SUCCEEDED

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(str(note) for answer in self.answers.values() for note in answer.notes)

    def body(self, step: str = "a") -> Any:
        """Return the body of a step's answer, read as JSON."""
        return json.loads(self.answers[step].response.body)


def api(answer: JSON, use: JSON, version: str = "3.1.0", components: JSON = None) -> JSON:
    """Return a description of two operations: `give` answers by a schema, `use` is as given (an Operation Object)."""
    schema: JSON = {} if answer is None else {"schema": answer}
    given: JSON = {"description": "", "content": {"application/json": schema}}
    using: Any = use if isinstance(use, dict) else {}
    path = "/use/{id}" if any(one.get("in") == "path" for one in using.get("parameters", ())) else "/use"
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.example"}],
        "paths": {
            "/give": {"get": {"operationId": "give", "responses": {"200": given}}},
            path: {"post": {"operationId": "use", "responses": {"200": {"description": ""}}, **using}},
        },
        "components": components or {},
    }


def chained(
    description: JSON,
    *steps: dict[str, Any],
    inputs: JSON = None,
    others: tuple[dict[str, Any], ...] = (),
    given: Mapping[str, Any] | None = None,
    seed: int = 0,
    outputs: dict[str, Any] | None = None,
    version: str = "1.0.1",
) -> Chain:
    """Run a workflow of the steps against the mock."""
    workflow: dict[str, Any] = {"workflowId": "w", "steps": list(steps)}
    if inputs is not None:
        workflow["inputs"] = inputs
    if outputs:
        workflow["outputs"] = outputs
    program = program_of(as_yaml([workflow, *others]), files={"openapi.yaml": json.dumps(description)}, version=version)
    return run(program, given or {}, seed)


def run(program: Program, given: Mapping[str, Any], seed: int = 0) -> Chain:
    """Run a program against the mock, with the inputs that are missing invented."""
    inputs = invent_inputs(program, given, seed=seed)
    run = Run(program, settle(program.workflow.inputs, inputs.inputs).inputs, inputs_for=inputs.inputs_for)
    mock = Mock(seed, program=program)
    answers: dict[str, Responded] = {}
    sent: dict[str, SendRequest] = {}
    while run.result is None:
        for effect in run.effects():
            match effect:
                case SendRequest():
                    answer = mock.answer(effect)
                    if isinstance(answer, Responded):
                        answers[effect.bound.step_id] = answer
                    sent[effect.bound.step_id] = effect
                    run.resolve(effect.ticket, answer)
                case Sleep():
                    run.resolve(effect.ticket, Slept())
                case _:
                    run.resolve(effect.ticket, Proceed())
    return Chain(run.result, inputs, answers, sent)
