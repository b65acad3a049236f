"""Who fetches tokens: one table of flows, each a function from a conversation to a token."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from arazzo_runner.engine.effects import Authorize, Request
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.security import (
    API_KEY,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN,
    USERNAME,
    Credential,
    Flow,
)
from arazzo_runner.transports.authorization.conversation import INTERACTIVE_SECONDS, Conversation, Refusal
from arazzo_runner.transports.authorization.metered import Metered
from arazzo_runner.transports.failures import forbidden
from arazzo_runner.transports.transport import Transport, TransportFailure

Supplier: TypeAlias = Callable[[], Any]
"""Gives a credential when it is wanted: a `Credential`, or the token or key as a text."""

Suppliers: TypeAlias = Mapping[tuple[str | None, str], Supplier]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _browse(url: str) -> bool:
    from arazzo_runner.transports.authorization.browser import open_url

    return open_url(url)


@dataclass(frozen=True, slots=True)
class World:
    """What a flow may use of the world: a person to tell something, a browser, a clock. Tests bring their own.

    `interactive` tells whether a person may be asked to log in.
    """

    interactive: bool = True
    tell: Callable[[str], None] = _tell
    browse: Callable[[str], bool] = _browse
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


class Authorizer:
    """Fetches tokens over a transport; `suppliers` are callables of the caller, by source and scheme.

    Nothing is sent where `egress` does not let it.
    """

    def __init__(
        self,
        transport: Transport,
        suppliers: Suppliers | None = None,
        world: World | None = None,
        egress: Egress = OPEN,
    ) -> None:
        self._transport, self._suppliers = transport, suppliers or {}
        self._world, self._egress = world or World(), egress

    def answer(self, effect: Authorize) -> Authorized | Failed:
        """Return what was fetched; its clock is left to the driver.

        Raises:
            UsageError: a callable of the caller gave something else than a credential.
        """
        if effect.grant.flow is Flow.CALLABLE:
            return supplied(supplier_of(effect, self._suppliers)())
        metered = Metered(self._transport, self._egress, effect.most)
        outcome = self._asked(effect, metered)
        return outcome if effect.most is None else replace(outcome, traffic=metered.traffic)

    def _asked(self, effect: Authorize, transport: Transport) -> Authorized | Failed:
        try:
            ends = None if effect.deadline is None else self._world.now() + effect.deadline
            talk = Conversation(transport, effect.grant, effect.patience, ends, self._world.now)
            return _fetched(talk, self._world, self._egress)
        except Refusal as refusal:
            return Failed(FailureKind.AUTHORIZATION, refusal.message, code=refusal.code)
        except TransportFailure as failure:
            return Failed(failure.kind, failure.message, code=failure.code)


def supplier_of(effect: Authorize, suppliers: Suppliers) -> Supplier:
    """Return the callable that supplies what an effect wants."""
    source, scheme = effect.grant.source, effect.grant.scheme
    return suppliers[source, scheme] if (source, scheme) in suppliers else suppliers[None, scheme]


def supplied(found: object) -> Authorized:
    """Return what a callable gave.

    Raises:
        UsageError: it is no credential.
    """
    if isinstance(found, Credential):
        return Authorized(found.fields)
    if isinstance(found, str):
        return Authorized({TOKEN: found, API_KEY: found})
    if inspect.iscoroutine(found):
        found.close()
        raise UsageError("the callable of a credential is asynchronous", "call arun, or give a synchronous one")
    kind = type(found).__name__
    raise UsageError(f"the callable of a credential gave a {kind}", "return a Credential, or a token or key as a text")


def _fetched(talk: Conversation, world: World, egress: Egress) -> Authorized:
    from arazzo_runner.transports.authorization.discovery import discovered

    talk.grant = discovered(talk)
    for _, url in talk.grant.urls:  # the page where a person logs in is opened by a browser, not by the transport
        refused = egress.refusal(url)
        if refused is not None:
            raise forbidden(refused, Request("GET", url))
    flow = talk.grant.flow
    if flow in _INTERACTIVE:
        if not world.interactive:
            raise Refusal("a person would have to log in, and nobody can be asked here; give a token or another flow")
        talk.limit(INTERACTIVE_SECONDS)
    return _FLOWS[flow](talk, world)


def _client(talk: Conversation, _: World) -> Authorized:
    from arazzo_runner.transports.authorization.token_endpoint import ask

    return ask(talk, talk.grant.token_url)


def _password(talk: Conversation, _: World) -> Authorized:
    from arazzo_runner.transports.authorization.token_endpoint import ask

    fields = talk.grant.fields
    return ask(talk, talk.grant.token_url, username=fields[USERNAME], password=fields[PASSWORD])


def _refresh(talk: Conversation, _: World) -> Authorized:
    from arazzo_runner.transports.authorization.token_endpoint import ask

    return ask(talk, talk.grant.token_url, refresh_token=talk.grant.fields[REFRESH_TOKEN])


def _code(talk: Conversation, world: World) -> Authorized:
    from arazzo_runner.transports.authorization.authorization_code import log_in

    return log_in(talk, world.tell, world.browse)


def _device(talk: Conversation, world: World) -> Authorized:
    from arazzo_runner.transports.authorization.device import log_in

    return log_in(talk, world.tell, world.wait)


_INTERACTIVE: Final = (Flow.CODE, Flow.DEVICE)
_FLOWS: Final[Mapping[Flow, Callable[[Conversation, World], Authorized]]] = {
    Flow.CLIENT: _client,
    Flow.PASSWORD: _password,
    Flow.REFRESH: _refresh,
    Flow.CODE: _code,
    Flow.DEVICE: _device,
}
