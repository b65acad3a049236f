"""Programs for tests, from texts in memory, and a player that answers a run from a script: no file, network, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from arazzo_runner.diagnostics import Diagnostic, has_errors
from arazzo_runner.document import Profile, describe, read
from arazzo_runner.document.model import Description
from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, Request, SendRequest, Sleep
from arazzo_runner.engine.events import Event
from arazzo_runner.engine.outcomes import (
    Authorized,
    Clock,
    Decided,
    Failed,
    FailureKind,
    Outcome,
    Proceed,
    Responded,
    Response,
    Slept,
)
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.compile import Compiled, compile_program
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import Program
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.registry import Registry
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from arazzo_runner.sources.security import Grant
from arazzo_runner.values import Value

UPTIME = 5_000.0
"""What the monotonic clock says when a run begins: a clock of a real machine does not begin with it."""

OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /x: {get: {operationId: x, responses: {'200': {description: ok}}}}
  /y: {get: {operationId: y, responses: {'200': {description: ok}}}}
  /z: {post: {operationId: z, requestBody: {content: {application/json: {}}}, responses: {'200': {description: ok}}}}
  /items/{id}:
    get:
      operationId: item
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: need, in: query, required: true, schema: {type: string}}
      - {name: q, in: query, schema: {type: string}}
      responses: {'200': {description: ok}}
"""

HEAD = """
arazzo: {version}
info: {{title: T, version: '1'}}
sourceDescriptions:
- {{name: api, url: openapi.yaml, type: openapi}}
"""


def description_of(workflows: str, version: str = "1.0.1", uri: str = "file:///d/arazzo.yaml") -> Description:
    """Load a document of which only `workflows:` (and `components:`) is given."""
    return describe(read(HEAD.format(version=version) + workflows, uri, "arazzo.yaml", Profile.ARAZZO), uri)


def registry_of(description: Description, files: Mapping[str, str] | None = None) -> Registry:
    """Gather the sources of a description from texts in memory, by the last segment of their URIs."""
    texts = {"openapi.yaml": OPENAPI, **(files or {})}

    def retrieve(uri: str) -> Retrieval:
        name = uri.rpartition("/")[2]
        return Retrieved(texts[name].encode(), uri) if name in texts else RetrievalFailure(uri, "there is no such file")

    return gather(description, retrieve=retrieve)


def compile_text(
    workflows: str,
    workflow: str = "w",
    *,
    version: str = "1.0.1",
    strict: bool = False,
    files: Mapping[str, str] | None = None,
) -> Compiled:
    """Compile one workflow of a document in memory; the findings of the document come first."""
    description = description_of(workflows, version)
    registry = registry_of(description, files)
    compiled = compile_program(description, registry, workflow, strict=strict)
    found: tuple[Diagnostic, ...] = (*description.diagnostics, *registry.diagnostics, *compiled.diagnostics)
    return Compiled(None if has_errors(found) else compiled.program, found)


def program_of(workflows: str, workflow: str = "w", **options: Any) -> Program:
    """Compile a workflow that must be sound."""
    compiled = compile_text(workflows, workflow, **options)
    assert compiled.program is not None, [found.concise() for found in compiled.diagnostics]
    return compiled.program


def respond(status: int = 200, body: Value = None, **headers: str) -> Response:
    """Make a response; a body that is no text or bytes is sent as JSON. Header names are written with `_` for `-`."""
    fields = [(name.replace("_", "-"), value) for name, value in headers.items()]
    if body is None:
        return Response(status, tuple(fields))
    if isinstance(body, bytes):
        return Response(status, tuple(fields), body)
    import json

    return Response(status, (("Content-Type", "application/json"), *fields), json.dumps(body).encode())


Script = Callable[[Request], Response | Failed]
Fetcher = Callable[[Grant], Authorized | Failed]
Hold = Callable[[Checkpoint], Decided]


@dataclass
class Played:
    """What a run did under a script."""

    result: RunResult
    requests: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)


def answers(*responses: Response | Failed) -> Script:
    """Answer with each of the responses in turn; the last one again and again."""
    queue = list(responses)
    return lambda request: queue.pop(0) if len(queue) > 1 else queue[0]


def refused() -> Failed:
    """Make the failure of a connection that was refused."""
    return Failed(FailureKind.REFUSED, "GET https://api.example:443: the connection was refused")


def play(
    program: Program,
    script: Script,
    inputs: Mapping[str, Value] | None = None,
    settings: Settings | None = None,
    *,
    seconds: float = 0.0,
    inputs_for: Mapping[str, Mapping[str, Value]] | None = None,
    redactor: Redactor | None = None,
    fetcher: Fetcher | None = None,
    hold: Hold | None = None,
) -> Played:
    """Play a run to its end; each request takes `seconds` on a clock that nothing else moves but waits and holds."""
    settled = settle(program.workflow.inputs, inputs or {})
    assert not settled.problems, settled.problems
    run = Run(program, settled.inputs, settings, inputs_for=inputs_for, redactor=redactor)
    requests: list[Request] = []
    waits: list[float] = []
    events: list[Event] = []
    outcomes: list[Outcome] = []
    grants: list[Grant] = []
    now = 0.0
    while run.result is None:
        effects = run.effects()
        assert effects, "the run waits for nothing"
        for effect in effects:
            now += seconds if isinstance(effect, SendRequest) else effect.seconds if isinstance(effect, Sleep) else 0.0
            decided = hold(effect) if hold is not None and isinstance(effect, Checkpoint) else Proceed()
            now += decided.elapsed
            outcome = _outcome(effect, script, Clock(1_000_000.0 + now, UPTIME + now), fetcher, decided)
            if isinstance(effect, Authorize):
                grants.append(effect.grant)
            if isinstance(effect, SendRequest):
                requests.append(effect.request)
            if isinstance(effect, Sleep):
                waits.append(effect.seconds)
            outcomes.append(outcome)
            events += run.events()
            run.resolve(effect.ticket, outcome)
    events += run.events()
    return Played(run.result, requests, waits, events, outcomes, grants)


def _outcome(effect: Effect, script: Script, clock: Clock, fetcher: Fetcher | None, decided: Decided) -> Outcome:
    match effect:
        case SendRequest(request=request):
            answer = script(request)
            if isinstance(answer, Failed):
                return replace(answer, clock=clock)
            return Responded(answer, clock)
        case Authorize(grant=grant):
            assert fetcher is not None, "no token was to be fetched"
            return replace(fetcher(grant), clock=clock)
        case Sleep():
            return Slept(clock)
        case Checkpoint():
            return replace(decided, clock=clock)


def replay(
    program: Program, inputs: Mapping[str, Value], outcomes: list[Outcome], settings: Settings | None = None
) -> list[Event]:
    """Feed the outcomes of an earlier run to a new one, and return its events."""
    run = Run(program, settle(program.workflow.inputs, inputs).inputs, settings)
    queue = list(outcomes)
    events: list[Event] = []
    while run.result is None:
        for effect in run.effects():
            events += run.events()
            run.resolve(effect.ticket, queue.pop(0))
    return [*events, *run.events()]


def as_yaml(workflows: list[dict[str, Any]]) -> str:
    """Write workflows made of data as the text of a document."""
    return yaml.safe_dump({"workflows": workflows}, sort_keys=False)
