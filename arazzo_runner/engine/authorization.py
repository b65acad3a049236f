"""Getting the credentials that a request needs and nobody gave: each token an effect of its own.

A token is fetched when a request wants it, kept for the run by source, scheme and scopes, and fetched anew when it has
expired or, once for a request, when the server answers 401. Each token that is asked for takes one from the budget of
the run (P21). A secret is learned before anything is told of it. A failure fails the step that wanted the token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from arazzo_runner.engine.effects import Authorize
from arazzo_runner.engine.events import TokenFailed, TokenFetched
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.engine.permission import account, bytes_left, permit_grant
from arazzo_runner.engine.request import Built, Fetched, Unbuildable
from arazzo_runner.engine.result import TokenRequest
from arazzo_runner.engine.state import Doing, RunState
from arazzo_runner.sources.security import REFRESH_TOKEN, Credential, Flow, Grant, remedies, secrets

Build = Callable[[Fetched], Built | Unbuildable]
"""Builds the request with what was fetched so far."""


def authorized(state: RunState, build: Build, path: tuple[str, ...]) -> Doing[Built | Unbuildable]:
    """Build a request, and fetch what it needs first; no token is fetched for a request that can't be built."""
    built = build(fetched(state))
    if isinstance(built, Unbuildable) or not built.grants:
        return built
    reason = yield from fetch(state, built.grants, path)
    if reason:
        return Unbuildable(reason)
    built = build(fetched(state))
    if isinstance(built, Built) and built.grants:
        return Unbuildable("a token expired before it could be used")
    return built


def renewed(
    state: RunState, build: Build, refused: Built, before: Fetched, path: tuple[str, ...]
) -> Doing[Built | Unbuildable]:
    """Build a request anew, with new tokens in the place of those that the server refused.

    `before` is what had been fetched before this step wanted something: a token that is only just there is not fetched
    a second time.
    """
    old = [grant for grant in refused.renewals if _is_old(state, grant, before)]
    if not old:
        return Unbuildable("")
    for grant in old:
        state.wallet.refuse(grant)
    reason = yield from fetch(state, old, path)
    return Unbuildable(reason) if reason else build(fetched(state))


def fetched(state: RunState) -> Fetched:
    """Return what was fetched and still holds, and what was refused."""
    return Fetched(state.wallet.tokens(state.clock), state.wallet.spent)


def _is_old(state: RunState, grant: Grant, before: Fetched) -> bool:
    known = state.wallet.known().get(grant.key)
    return known is None or before.tokens.get(grant.key) is known


def fetch(state: RunState, grants: Iterable[Grant], path: tuple[str, ...]) -> Doing[str]:
    """Fetch what is granted, each in turn; return why one could not be fetched, or nothing.

    What to do about it stands in the lines after the first.
    """
    for grant in grants:
        failure = yield from _one(state, grant, path)
        if failure is not None:
            why = f"no token for the security scheme '{grant.scheme}' ({grant.flow.label}): {failure.message}"
            return "\n".join((why, *remedies(grant, failure.code, is_answered=_is_answered(failure))))
    return ""


def _is_answered(failure: Failed) -> bool:
    return failure.kind is FailureKind.AUTHORIZATION


def _one(state: RunState, grant: Grant, path: tuple[str, ...]) -> Doing[Failed | None]:
    """Fetch one token: by the refresh token that came with the last one, else as at first."""
    token = state.wallet.refresh_token(grant)
    if token and grant.flow is not Flow.CALLABLE:
        again = replace(grant, flow=Flow.REFRESH, fields={**grant.fields, REFRESH_TOKEN: token})
        failure = yield from _ask(state, again, path)
        if failure is None or failure.kind is not FailureKind.AUTHORIZATION:
            return failure
        state.wallet.forget_refresh_token(grant)
    return (yield from _ask(state, grant, path))


def _ask(state: RunState, grant: Grant, path: tuple[str, ...]) -> Doing[Failed | None]:
    state.spend(f"the token of the security scheme '{grant.scheme}'")
    permit_grant(state, grant)
    patience, deadline, most = state.limits.request_timeout, state.time_left(), bytes_left(state)
    outcome = yield state.start(lambda ticket: Authorize(ticket, grant, path, patience, deadline, most))
    about = (path, grant.source, grant.scheme, grant.flow.label, grant.scopes)
    url = grant.address
    match outcome:
        case Authorized():
            learned = {**outcome.fields, **({REFRESH_TOKEN: outcome.refresh_token} if outcome.refresh_token else {})}
            state.redactor.learn(list(secrets({(None, ""): Credential(learned)})))
            state.wallet.keep(grant, outcome)
            state.tokens.append(TokenRequest(*about, url, outcome.lifetime, elapsed=outcome.elapsed))
            state.emit(TokenFetched(*about, outcome.lifetime, outcome.elapsed, url))
            account(state, outcome)
            state.check_deadlines()
            return None
        case Failed():
            state.tokens.append(TokenRequest(*about, url, failure=outcome, elapsed=outcome.elapsed))
            state.emit(TokenFailed(*about, outcome, url))
            account(state, outcome)
            state.check_deadlines()
            return outcome
        case _:
            raise AssertionError(f"a token was answered with {outcome}")
