"""What a step would do if it went on now: the request that it would send, or the workflow that it would call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.engine.effects import Checkpoint, Request
from arazzo_runner.engine.request import Built, Fetched, Unbuildable, build_request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope, Sent
from arazzo_runner.expressions.template import fill
from arazzo_runner.program.model import BoundStep, OperationCall, WorkflowCall
from arazzo_runner.sources.security import API_KEY, PASSWORD, TOKEN, USERNAME, Credential
from arazzo_runner.values import Nothing, Value


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What comes: a request (`sent` is what expressions see of it), or a called workflow with what it is handed.

    `problem` says why there is neither; `notes` are doubts about the request.
    """

    request: Request | None = field(default=None, repr=False)
    sent: Sent | None = field(default=None, repr=False)
    calls: str = ""
    handed: Mapping[str, Value | Nothing] = field(default_factory=dict, repr=False)
    problem: str = ""
    notes: tuple[str, ...] = ()


def upcoming(checkpoint: Checkpoint, bound: BoundStep, settings: Settings) -> Upcoming:
    """Return what a step would do, built as the run itself builds it. Nothing is sent or fetched for it."""
    seed = "/".join((*checkpoint.step, str(checkpoint.attempt)))
    match bound.call:
        case WorkflowCall() as call:
            handed = {one.name: fill(one.value, checkpoint.scope) for one in call.arguments}
            return Upcoming(calls=call.workflow.workflow_id, handed=handed)
        case OperationCall() as call:
            return _request(call, checkpoint.scope, settings, seed)


def _request(call: OperationCall, scope: Scope, settings: Settings, seed: str) -> Upcoming:
    built = build_request(call, scope, settings, seed)
    notes: tuple[str, ...] = ()
    if isinstance(built, Built) and built.grants:
        tokens = {grant.key: _stand_in(grant.scheme) for grant in built.grants}
        notes = tuple(f"a token for '{grant.scheme}' is fetched first, or is there already" for grant in built.grants)
        built = build_request(call, scope, settings, seed, Fetched(tokens))
    if isinstance(built, Unbuildable):
        return Upcoming(problem=built.reason)
    if settings.keep_cookies:
        notes += ("cookies that earlier answers have set are added when it is sent",)
    wanted = tuple(built.wanted.splitlines())
    return Upcoming(built.request, built.sent, notes=(*built.remarks, *notes, *wanted))


def _stand_in(scheme: str) -> Credential:
    return Credential(dict.fromkeys((TOKEN, API_KEY, USERNAME, PASSWORD), f"(token of {scheme})"))
