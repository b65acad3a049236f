"""One exchange of a step: its request sent, its redirects followed and its cookies kept where the caller asks for it.

Each redirect is an effect of its own, so a replay sees it; it takes one from the budget, and the time that the step
and the run have left goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.events import RequestFailed, RequestSent, ResponseReceived
from arazzo_runner.engine.idempotency import with_key
from arazzo_runner.engine.outcomes import Failed, Responded
from arazzo_runner.engine.permission import account, permitted, was_sent
from arazzo_runner.engine.redirects import Hop, NotFollowed, follow, is_redirect
from arazzo_runner.engine.response import receive
from arazzo_runner.engine.state import Doing, RunState
from arazzo_runner.engine.tracing import with_trace
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundStep, OperationCall
from arazzo_runner.sources.servers import ServerUrl


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came of it.

    `request` is the last that was sent, `redirects` those before it; `stuck` says why its redirect was not followed.
    """

    outcome: Responded | Failed
    request: Request
    redirects: tuple[Request, ...] = ()
    stuck: str = ""

    @property
    def at_home(self) -> bool:
        """Whether all requests went to one origin."""
        return len({ServerUrl(request.url).origin for request in (*self.redirects, self.request)}) == 1


def exchange(
    state: RunState, path: tuple[str, ...], step: BoundStep, request: Request, scope: Scope
) -> Doing[Exchanged]:
    """Send a request, go where it is redirected, and return the last answer.

    Raises:
        LimitReached: the budget of the run is used up by redirects, or the caller does not allow a request.
    """
    before: tuple[Request, ...] = ()
    request = with_key(state, path, request)
    while True:
        sent = state.cookies.added_to(request, state.clock.wall) if state.cookies is not None else request
        sent = with_trace(state, path, sent)
        outcome = yield from _send(state, path, step, sent, scope, len(before))
        if isinstance(outcome, Failed):
            return Exchanged(outcome, sent, before)
        if state.cookies is not None:
            state.cookies.keep(sent.url, outcome.response.headers, outcome.clock.wall)
        if not state.settings.follow_redirects or not is_redirect(outcome.response):
            return Exchanged(outcome, sent, before)
        hop = _next(state, request, outcome, len(before))
        if isinstance(hop, NotFollowed):
            return Exchanged(outcome, sent, before, hop.reason)
        _tell(state, path, outcome)
        for remark in hop.remarks:
            state.warn(warning("run-redirect", f"step '{step.step_id}': {remark}", step.span), path)
        state.spend(f"a redirect of step '{step.step_id}'")
        state.check_deadlines()
        request, before = hop.request, (*before, sent)


def _next(state: RunState, request: Request, outcome: Responded, followed: int) -> Hop | NotFollowed:
    most = state.limits.max_redirects
    if followed >= most:
        return NotFollowed(f"it was redirected more than {most} times (max_redirects); they may go in a circle")
    found = follow(request, outcome.response, state.redactor, state.settings.trusted_hosts)
    if isinstance(found, NotFollowed):
        return NotFollowed(f"its redirect ({outcome.response.status}) is not followed: {found.reason}")
    return found


def _send(
    state: RunState, path: tuple[str, ...], step: BoundStep, request: Request, scope: Scope, redirects: int
) -> Doing[Responded | Failed]:
    request = permitted(state, step.step_id, request, redirected=redirects > 0)
    deadline = _patience(state)
    state.requests += 1
    state.learn_headers(request.headers)
    state.redactor.learn(request.secrets)
    if request.has_secret_in_url:
        state.redactor.learn(request.url, cut=False)  # as `$url` gives it
    state.emit(RequestSent(path, request, redirects))
    outcome = yield state.start(lambda ticket: SendRequest(ticket, request, path, step, scope, deadline))
    if isinstance(outcome, Responded) and isinstance(step.call, OperationCall) and step.call.secret:
        outcome = replace(outcome, response=replace(outcome.response, members=step.call.secret))
    if isinstance(outcome, Failed):
        state.requests -= 0 if was_sent(outcome) else 1
        # A transport of the caller's own may say anything, and a reason travels far.
        outcome = replace(outcome, message=state.redactor.text(outcome.message))
        state.emit(RequestFailed(path, outcome))
    elif not isinstance(outcome, Responded):
        raise AssertionError(f"a request was answered with {outcome}")
    else:
        state.answers[path] = state.answers.get(path, 0) + 1
    account(state, outcome)
    return outcome


def _patience(state: RunState) -> float:
    """Return how long to wait for an answer: the step's, the run's and the caller's limit, whichever is least."""
    left = state.time_left()
    return state.limits.request_timeout if left is None else min(left, state.limits.request_timeout)


def _tell(state: RunState, path: tuple[str, ...], outcome: Responded) -> None:
    """Tell of an answer that only leads on; its secrets are learnt first."""
    state.redactor.learn_members(receive(outcome.response)[0].body, outcome.response.members)
    state.learn_headers(outcome.response.headers)
    state.emit(ResponseReceived(path, outcome.response, outcome.elapsed))
