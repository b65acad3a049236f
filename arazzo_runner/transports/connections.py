"""Where the requests of our own client go: straight or through a proxy, with the certificate checked or not.

Each way has connections of its own, opened when the first request goes there: a run that only speaks plain HTTP loads
no certificates.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

import httpx2

from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.egress.connecting import guard
from arazzo_runner.sources.egress.policy import DENY_PRIVATE
from arazzo_runner.transports.deadline import AsyncTimedBackend, TimedBackend
from arazzo_runner.transports.failures import place_of
from arazzo_runner.transports.proxies import ProxyOptions, proxy_of
from arazzo_runner.transports.tls import TlsOptions, certified, context_for, is_insecure, is_shown
from arazzo_runner.transports.transport import TransportFailure

MAX_ORIGINS: Final = 1_000
"""The most origins whose ways are remembered; to others the way is looked up for each request."""

# Whoever sends says how many requests go on at a time; a pool of fewer connections would only let them wait.
_LIMITS: Final = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=5.0)

_T = TypeVar("_T", httpx2.HTTPTransport, httpx2.AsyncHTTPTransport)


@dataclass(frozen=True, slots=True)
class Way:
    """How a request travels. `proxy` is a URL, or None; `verified` tells whether the host's certificate is checked.

    `certified` tells whether the host may see the certificate of the client.
    """

    encrypted: bool
    verified: bool
    proxy: str | None
    certified: bool = False


class Ways(Generic[_T]):
    """The ways that are open, by what they are; made for one kind of the client library's transports."""

    def __init__(
        self, kind: type[_T], tls: TlsOptions, proxies: ProxyOptions | None = None, egress: Egress = OPEN
    ) -> None:
        self._kind: type[_T] = kind
        self._egress = egress
        self._tls = tls
        self._proxies = proxies or ProxyOptions()
        self._trust = context_for(tls)
        if tls.client is not None:
            certified(tls, verified=True)  # what is wrong with it is told before the first request
        self._open: dict[Way, _T] = {}
        self._known: dict[tuple[bytes, bytes, int | None], _T] = {}
        self._lock = Lock()

    def of(self, url: str) -> Way:
        """Return the way that a request to this URL takes."""
        parsed = httpx2.URL(url)
        encrypted = parsed.scheme == "https"
        port = parsed.port or (443 if encrypted else 80)
        verified = not is_insecure(self._tls, parsed.host, port)
        shown = encrypted and is_shown(self._tls, parsed.host, port)
        return Way(encrypted, verified, proxy_of(url, self._proxies), shown)

    def to(self, url: httpx2.URL) -> _T:
        """Return the transport for a URL, opened if it is the first on its way.

        Raises:
            TransportFailure: the proxy can't be used, or would look up a name whose addresses are to be judged.
        """
        origin = (url.raw_scheme, url.raw_host, url.port)
        known = self._known.get(origin)
        if known is not None:
            return known
        way = self.of(str(url))
        if way.proxy is not None:
            self._see_through(way.proxy, url)
        with self._lock:
            if way not in self._open:
                self._open[way] = self._new(way, url)
            if len(self._known) < MAX_ORIGINS:
                self._known[origin] = self._open[way]
            return self._open[way]

    def _new(self, way: Way, url: httpx2.URL) -> _T:
        try:
            urlsplit(way.proxy or "").port  # noqa: B018  # raises where the library would go and look the host up
            transport = self._kind(verify=self._context(way), proxy=way.proxy, limits=_LIMITS)
        except (ValueError, httpx2.InvalidURL) as fault:
            raise self._no_proxy(way, url, "that is no URL of a proxy") from fault
        except ImportError as fault:
            raise self._no_proxy(way, url, "SOCKS needs the package socksio") from fault
        if way.proxy is None and self._egress.deny_private:
            guard(transport, self._egress)
        return transport

    def _see_through(self, proxy: str, url: httpx2.URL) -> None:
        """See that no address has to be judged, for what a proxy makes of a name nobody can see."""
        host, port = url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
        if self._egress.checks(host, port):
            whose = "the environment's proxy" if self._proxies.url is None else "the proxy"
            reason = f"{whose} {place_of(proxy)} looks the name up itself, so its address can't be judged"
            message = f"{place_of(str(url))} is not asked: {reason} (--proxy '' goes straight)"
            raise TransportFailure(FailureKind.FORBIDDEN, message, DENY_PRIVATE)

    def _context(self, way: Way) -> ssl.SSLContext | bool:
        if not way.encrypted:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, trusts nobody, and costs nothing
        if way.certified:
            return certified(self._tls, verified=way.verified)
        return self._trust if way.verified else False

    def all(self) -> tuple[_T, ...]:
        """Return the transports that were opened."""
        with self._lock:
            return tuple(self._open.values())

    def _no_proxy(self, way: Way, url: httpx2.URL, reason: str) -> TransportFailure:
        whose = "the environment's proxy" if self._proxies.url is None else "the proxy"
        named = f"{whose} {place_of(way.proxy or '')}"
        return TransportFailure(FailureKind.UNREACHABLE, f"{place_of(str(url))}: {named} can't be used: {reason}")


class Connections(httpx2.BaseTransport):
    """The connections of our own client; each operation on them has the time that is left (`deadline`).

    They are opened where `egress` lets them.
    """

    def __init__(self, tls: TlsOptions, proxies: ProxyOptions | None = None, egress: Egress = OPEN) -> None:
        self._ways = Ways(_Timed, tls, proxies, egress)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request on its way."""
        return self._ways.to(request.url).handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        for transport in self._ways.all():
            transport.close()


class AsyncConnections(httpx2.AsyncBaseTransport):
    """`Connections` for an event loop."""

    def __init__(self, tls: TlsOptions, proxies: ProxyOptions | None = None, egress: Egress = OPEN) -> None:
        self._ways = Ways(_AsyncTimed, tls, proxies, egress)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request on its way."""
        return await self._ways.to(request.url).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._ways.all():
            await transport.aclose()


# The pools of the client library take a network backend, but it has no public way to hand one in. Should a pool ever
# keep it elsewhere, single operations would still have their time limit, and a guard would refuse to work; the tests
# tell.


class _Timed(httpx2.HTTPTransport):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        pool: Any = self._pool
        if hasattr(pool, "_network_backend"):
            pool._network_backend = TimedBackend(pool._network_backend)


class _AsyncTimed(httpx2.AsyncHTTPTransport):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        pool: Any = self._pool
        if hasattr(pool, "_network_backend"):
            pool._network_backend = AsyncTimedBackend(pool._network_backend)
