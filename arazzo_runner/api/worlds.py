"""Who answers the requests of a run, whose time it is, and who fetches tokens: the network, or a mock."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arazzo_runner.api.credentials import suppliers_of
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.trust import certificate_hosts
from arazzo_runner.drivers import blocking
from arazzo_runner.drivers.clock import RealTime, SimulatedTime, Timepiece
from arazzo_runner.engine.effects import Authorize, SendRequest
from arazzo_runner.engine.limits import MAX_BODY_BYTES
from arazzo_runner.engine.outcomes import Authorized, Failed, Responded
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.transports.exchange import exchange
from arazzo_runner.transports.proxies import ProxyOptions
from arazzo_runner.transports.tls import ClientCertificate, TlsOptions

if TYPE_CHECKING:
    from arazzo_runner.transports.http import AsyncHttpTransport, HttpTransport


@dataclass(frozen=True, slots=True)
class World:
    """Who answers the requests, whose time it is, and who fetches tokens."""

    answer: blocking.Answer
    time: Timepiece
    authorize: blocking.Authorizer


def world_of(prepared: Prepared, transport: Any) -> tuple[World, Callable[[], None]]:
    """Return the world of a run, and how to close it."""
    if prepared.options.mock:
        _refuse_transport(transport)
        from arazzo_runner.mock.answer import Mock  # only a mocked run needs what invents answers
        from arazzo_runner.mock.state.state import State

        memory = None if prepared.options.stateless else State()
        mock, time = Mock(prepared.options.seed, memory=memory, program=prepared.program), SimulatedTime()
        if prepared.options.scenario:
            from arazzo_runner.mock.scenarios.reading import read_scenario
            from arazzo_runner.mock.scenarios.script import Scenario

            orders = read_scenario(prepared.options.scenario, prepared.program)
            scenario = Scenario(prepared.program, orders)
            mock = mock.following(scenario, time.wait, memory, scenario.aims)
        return World(mock.answer, time, mock.authorize), _nothing
    if transport is None:
        own = sync_sender(prepared)
        return World(lambda effect: exchange(own, effect), RealTime(), _authorizer(prepared, own)), own.close
    given = _adapted(transport, prepared.options.max_body, prepared.settings.egress)
    return World(lambda effect: exchange(given, effect), RealTime(), _authorizer(prepared, given)), _nothing


def _authorizer(prepared: Prepared, transport: Any) -> blocking.Authorizer:
    """Return who fetches tokens over a transport; the flows are loaded when the first token is wanted."""

    def authorize(effect: Authorize) -> Authorized | Failed:
        from arazzo_runner.transports.authorization import Authorizer, World

        world = World(interactive=prepared.options.interactive)
        egress = prepared.settings.egress
        return Authorizer(transport, suppliers_of(prepared.options), world, egress).answer(effect)

    return authorize


def async_authorizer(prepared: Prepared, transport: Any) -> Callable[[Authorize], Awaitable[Authorized | Failed]]:
    """Return who fetches tokens over an asynchronous transport."""

    async def authorize(effect: Authorize) -> Authorized | Failed:
        from arazzo_runner.transports.authorization import AsyncAuthorizer, World

        world = World(interactive=prepared.options.interactive)
        egress = prepared.settings.egress
        return await AsyncAuthorizer(transport, suppliers_of(prepared.options), world, egress).answer(effect)

    return authorize


def _refuse_transport(transport: Any) -> None:
    if transport is not None:
        raise UsageError("a mocked run sends nothing, so it takes no transport", "leave out one of the two")


def _nothing() -> None:
    """Close nothing: the caller owns it."""


def _tls(prepared: Prepared) -> TlsOptions:
    options = prepared.options
    client = None
    if options.client_cert is not None:
        hosts = certificate_hosts(prepared.program, prepared.settings, options.auth_hosts)
        client = ClientCertificate.of(options.client_cert, options.client_cert_password or "", hosts)
    return TlsOptions(options.insecure_hosts, options.cacert, client)


def proxies_of(options: Options) -> ProxyOptions:
    """Return what the caller says of proxies."""
    return ProxyOptions(options.proxy, None if options.no_proxy is None else ",".join(options.no_proxy))


def sync_sender(prepared: Prepared) -> HttpTransport:
    """Return a transport with connections of our own; whoever asks closes it."""
    from arazzo_runner.transports.http import HttpTransport  # nothing that sends nothing needs it

    options, egress = prepared.options, prepared.settings.egress
    return HttpTransport(tls=_tls(prepared), max_body=options.max_body, proxies=proxies_of(options), egress=egress)


def _adapted(transport: Any, max_body: int = MAX_BODY_BYTES, egress: Egress = OPEN) -> Any:
    """Wrap a client of httpx2 or httpx; anything else must have the one method."""
    if hasattr(transport, "aclose") or inspect.iscoroutinefunction(getattr(transport, "send", None)):
        raise UsageError("this transport is asynchronous", "call arun, or hand in a synchronous client")
    if hasattr(transport, "build_request"):
        from arazzo_runner.transports.http import HttpTransport

        return HttpTransport(transport, max_body=max_body, egress=egress)
    return _checked(transport, egress)


def _checked(transport: Any, egress: Egress) -> Any:
    if not callable(getattr(transport, "send", None)):
        kind = type(transport).__name__
        raise UsageError(
            f"a {kind} can't send requests", "hand in a client of httpx2 or httpx, or an object with send()"
        )
    if egress.deny_private and getattr(transport, "egress", None) != egress:
        raise UsageError(
            "a transport of your own opens its connections itself, so the addresses that it connects to can't be "
            "judged (deny_private)",
            "hand in none, or leave out deny_private and untrusted",
        )
    return transport


def async_sender(prepared: Prepared, transport: Any) -> tuple[Any, Callable[[], Any]]:
    """Return an asynchronous transport (one of our own where `transport` is None), and how to close it."""
    from arazzo_runner.transports.http import AsyncHttpTransport
    from arazzo_runner.transports.threaded import Threaded

    most, egress = prepared.options.max_body, prepared.settings.egress
    if transport is None:
        proxies = proxies_of(prepared.options)
        own: AsyncHttpTransport = AsyncHttpTransport(tls=_tls(prepared), max_body=most, proxies=proxies, egress=egress)
        return own, own.close
    if hasattr(transport, "aclose") and hasattr(transport, "build_request"):
        return AsyncHttpTransport(transport, max_body=most, egress=egress), _nothing_async
    if hasattr(transport, "build_request"):
        wrapped = Threaded(_adapted(transport, most, egress))
        return wrapped, _nothing_async
    checked = _checked(transport, egress)
    return checked if inspect.iscoroutinefunction(checked.send) else Threaded(checked), _nothing_async


async def _nothing_async() -> None:
    """Close nothing: the caller owns it."""


def answer_of(transport: Any) -> Callable[[SendRequest], Responded | Failed]:
    """Return what answers effects over a transport, for drivers of the caller's own."""
    given = _adapted(transport)
    return lambda effect: exchange(given, effect)


def both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """Return what closes the one and then the other, whatever becomes of the one."""

    def close() -> None:
        try:
            one()
        finally:
            other()

    return close
