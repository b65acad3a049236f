from __future__ import annotations

from dataclasses import replace

from arazzo_runner.cli.stepping.upcoming import upcoming
from arazzo_runner.engine.effects import Checkpoint, Ticket
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundStep
from tests.cli.stepping.sessions import FLOW
from tests.engine.programs import program_of

SECURED = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
components:
  securitySchemes:
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://api.example/token', scopes: {}}}}
    key: {type: apiKey, name: k, in: query}
paths:
  /x: {get: {operationId: x, security: [{login: []}], responses: {'200': {description: ok}}}}
  /y: {get: {operationId: y, security: [{key: []}], responses: {'200': {description: ok}}}}
"""

SCOPE = Scope(inputs={"i": "old"}, steps={"a": {"n": "one"}})


def checkpoint(
    step: str, attempt: int = 1, flow: str = FLOW, files: dict[str, str] | None = None
) -> tuple[Checkpoint, BoundStep]:
    workflow = program_of(flow, version="1.1.0", files=files).workflow
    bound = workflow.steps[workflow.positions[step]]
    return Checkpoint(Ticket(1), (step,), attempt=attempt, bound=bound, scope=SCOPE), bound


def test_the_request_is_the_one_that_a_run_sends() -> None:
    coming = upcoming(*checkpoint("c"), Settings())
    assert coming.request is not None
    assert coming.request.url == "https://api.example/items/old?need=one"
    assert coming.sent is not None
    assert coming.sent.path == {"id": "old"}


def test_a_call_shows_what_is_handed_over() -> None:
    coming = upcoming(*checkpoint("b"), Settings())
    assert (coming.calls, coming.handed) == ("v", {"p": "old"})
    assert coming.request is None


def test_what_can_not_be_built_says_why() -> None:
    one, bound = checkpoint("c")
    coming = upcoming(replace(one, scope=Scope()), bound, Settings())
    assert coming.problem == "path parameter 'id' has no value: no input 'i' was given"


def test_a_credential_that_nobody_gave_is_noted() -> None:
    flow = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: y}]}]"
    coming = upcoming(*checkpoint("s", flow=flow, files={"openapi.yaml": SECURED}), Settings())
    assert coming.request is not None
    assert any("key" in note for note in coming.notes)


def test_kept_cookies_are_noted() -> None:
    coming = upcoming(*checkpoint("a"), Settings(keep_cookies=True))
    assert coming.notes == ("cookies that earlier answers have set are added when it is sent",)
