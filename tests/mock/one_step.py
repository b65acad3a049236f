"""One step against one operation, both given as data: the effect that the mock has to answer, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arazzo_runner.engine.effects import Checkpoint, SendRequest
from arazzo_runner.engine.outcomes import Failed, Note, Proceed, Responded
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.mock.answer import Mock
from arazzo_runner.program.inputs import settle
from arazzo_runner.values import JSON, Value
from tests.engine.programs import as_yaml, program_of


@dataclass(frozen=True, slots=True)
class Answered:
    """What the mock said to the step's request, and how the run ended."""

    outcome: Responded | Failed
    result: RunResult

    @property
    def status(self) -> int:
        assert isinstance(self.outcome, Responded), self.outcome
        return self.outcome.response.status

    @property
    def body(self) -> Any:
        """The body, read as JSON."""
        assert isinstance(self.outcome, Responded), self.outcome
        return json.loads(self.outcome.response.body)

    @property
    def content(self) -> bytes:
        assert isinstance(self.outcome, Responded), self.outcome
        return self.outcome.response.body

    @property
    def notes(self) -> tuple[str, ...]:
        """What the notes say."""
        assert isinstance(self.outcome, Responded), self.outcome
        return tuple(map(str, self.outcome.notes))

    @property
    def codes(self) -> tuple[str, ...]:
        """The stable names of the reasons that the notes give."""
        assert isinstance(self.outcome, Responded), self.outcome
        return tuple(note.code for note in self.outcome.notes if isinstance(note, Note) and note.code)

    def header(self, name: str) -> str | None:
        assert isinstance(self.outcome, Responded), self.outcome
        return self.outcome.response.header(name)


def answered(
    responses: JSON,
    *conditions: str | dict[str, JSON],
    outputs: Mapping[str, str] | None = None,
    inputs: Mapping[str, Value] | None = None,
    method: str = "get",
    seed: int = 0,
    version: str = "3.1.0",
    parameters: JSON = None,
    components: JSON = None,
    on_success: JSON = None,
) -> Answered:
    """Run one step against the mock: `responses` as in the API description, criteria and outputs as in the workflow."""
    effect, run = asked(
        responses,
        *conditions,
        outputs=outputs,
        inputs=inputs,
        method=method,
        version=version,
        parameters=parameters,
        components=components,
        on_success=on_success,
    )
    outcome = Mock(seed).answer(effect)
    run.resolve(effect.ticket, outcome)
    while run.result is None:
        for later in run.effects():
            assert isinstance(later, Checkpoint), later
            run.resolve(later.ticket, Proceed())
    return Answered(outcome, run.result)


def asked(
    responses: JSON,
    *conditions: str | dict[str, JSON],
    outputs: Mapping[str, str] | None = None,
    inputs: Mapping[str, Value] | None = None,
    method: str = "get",
    version: str = "3.1.0",
    parameters: JSON = None,
    components: JSON = None,
    on_success: JSON = None,
) -> tuple[SendRequest, Run]:
    """Return the effect that wants the step's request sent, and the run that wants it."""
    api: JSON = {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.example"}],
        "paths": {"/thing": {method: {"operationId": "thing", "responses": responses}}},
        "components": components or {},
    }
    step: dict[str, Any] = {"stepId": "s", "operationId": "thing"}
    if conditions:
        step["successCriteria"] = [one if isinstance(one, dict) else {"condition": one} for one in conditions]
    if outputs:
        step["outputs"] = dict(outputs)
    if parameters:
        step["parameters"] = parameters
    if on_success:
        step["onSuccess"] = on_success
    workflow = {"workflowId": "w", "inputs": {"type": "object"}, "steps": [step]}
    program = program_of(as_yaml([workflow]), files={"openapi.yaml": json.dumps(api)})
    run = Run(program, settle(program.workflow.inputs, inputs or {}).inputs)
    while True:
        for effect in run.effects():
            if isinstance(effect, SendRequest):
                return effect, run
            run.resolve(effect.ticket, Proceed())


def json_of(schema: JSON, **media: JSON) -> JSON:
    """Return a Response Object with a JSON body of a schema."""
    return {"description": "", "content": {"application/json": {"schema": schema, **media}}}
