"""HTTP over httpx2, or over a client of httpx2 or httpx that the caller owns.

Policy. What the engine built goes out as it is, byte for byte, with Host, Content-Length, User-Agent and
Accept-Encoding added. No redirect is followed and no cookie is kept here (the engine does both, if asked to), and no
`.netrc` is read; proxies come from the caller or the environment.

A body is read up to a limit, decompressed bytes counted; the time limit holds for the whole exchange, not for each
read. The client library logs the URL of each request, so ours gets it without its query.

A client that the caller owns keeps its own headers, cookies, proxies and way to write a URL; it is never closed here.

Where anything may go is judged once more here (`egress`), by the host that the client library has read from the URL,
and the addresses behind it when a connection is opened. In a client of the caller's own nobody could do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from arazzo_runner._version import USER_AGENT
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_BODY_BYTES
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.egress.connecting import AddressRefused
from arazzo_runner.sources.egress.policy import MAX_BYTES
from arazzo_runner.transports.deadline import Until
from arazzo_runner.transports.digest import respond, respond_async
from arazzo_runner.transports.failures import failure_of, forbidden, place_of, unreadable, unsendable
from arazzo_runner.transports.proxies import ProxyOptions, check_proxy, proxy_of
from arazzo_runner.transports.tls import TlsOptions, check_insecure_hosts
from arazzo_runner.transports.transport import TransportFailure

if TYPE_CHECKING:
    from types import TracebackType

    import httpx2

BACKSTOP: Final = 0.03
"""Seconds after the time limit at which an exchange in an event loop is cancelled, should it not have ended itself."""

_DEFAULTS: Final[Mapping[str, str]] = {
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": USER_AGENT,
}
_CODINGS: Final = frozenset(("br", "zstd", "compress", "x-compress", "x-gzip", "dcb", "dcz", "exi", "pack200-gzip"))


class HttpTransport:
    """Sends requests with a client of its own, or with one that is handed in (`client`); may be shared by threads.

    Raises:
        UsageError: `tls` names a file or a host that can't be used, or `proxies` a proxy; or `egress` wants addresses
            judged, and the client is the caller's.
    """

    def __init__(
        self,
        client: Any = None,
        tls: TlsOptions | None = None,
        max_body: int = MAX_BODY_BYTES,
        proxies: ProxyOptions | None = None,
        egress: Egress = OPEN,
    ) -> None:
        _see_owned(client, egress)
        self.egress = egress
        self._owned = client is None
        self._client: Any = _new_client(tls or TlsOptions(), proxies, egress) if client is None else client
        self._max_body = max_body
        self._proxies = proxies

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`."""
        began = monotonic()
        limit = None if timeout is None else Until(timeout)
        prepared = _prepare(self._client, request, limit, self._owned, self.egress)
        response, body = None, bytearray()
        try:
            response = respond(self._client, prepared, request.login)
            try:
                self._read(response, request, body, None if timeout is None else began + timeout)
            finally:
                response.close()
        except TransportFailure as failure:
            raise _weighed(failure, request, body) from failure.__cause__
        except Exception as fault:
            elapsed, begun = monotonic() - began, response is not None
            told = _failure(fault, request, elapsed, self._owned, self._proxies, begun=begun)
            raise _weighed(told, request, body) from fault
        _check_coding(self._client, response, request, body)
        return _answer(response, bytes(body))

    def _read(self, response: Any, request: Request, body: bytearray, deadline: float | None) -> None:
        _check_length(response, request, self._max_body)
        for chunk in response.iter_bytes():
            body += chunk
            _check_progress(len(body), request, self._max_body, deadline)

    def close(self) -> None:
        """Close the connections, if the client is this transport's own."""
        if self._owned:
            self._client.close()

    def __enter__(self) -> HttpTransport:
        """Return the transport itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()


class AsyncHttpTransport:
    """`HttpTransport` for an event loop of asyncio; `client` is an `AsyncClient` of httpx2 or httpx."""

    def __init__(
        self,
        client: Any = None,
        tls: TlsOptions | None = None,
        max_body: int = MAX_BODY_BYTES,
        proxies: ProxyOptions | None = None,
        egress: Egress = OPEN,
    ) -> None:
        _see_owned(client, egress)
        self.egress = egress
        self._owned = client is None
        self._client: Any = client
        if client is None:
            self._client = _new_client(tls or TlsOptions(), proxies, egress, asynchronous=True)
        self._max_body = max_body
        self._proxies = proxies

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`."""
        import asyncio  # there is a loop, so it is there already

        began = monotonic()
        limit = None if timeout is None else Until(timeout)
        prepared = _prepare(self._client, request, limit, self._owned, self.egress)
        backstop = None if timeout is None else timeout + (BACKSTOP if self._owned else 0)
        response, body = None, bytearray()
        try:
            async with asyncio.timeout(backstop):
                response = await respond_async(self._client, prepared, request.login)
                try:
                    await self._read(response, request, body)
                finally:
                    await response.aclose()
        except TransportFailure as failure:
            raise _weighed(failure, request, body) from failure.__cause__
        except Exception as fault:
            elapsed, begun = monotonic() - began, response is not None
            told = _failure(fault, request, elapsed, self._owned, self._proxies, begun=begun)
            raise _weighed(told, request, body) from fault
        _check_coding(self._client, response, request, body)
        return _answer(response, bytes(body))

    async def _read(self, response: Any, request: Request, body: bytearray) -> None:
        _check_length(response, request, self._max_body)
        async for chunk in response.aiter_bytes():
            body += chunk
            _check_progress(len(body), request, self._max_body, None)

    async def close(self) -> None:
        """Close the connections, if the client is this transport's own."""
        if self._owned:
            await self._client.aclose()


def _see_owned(client: Any, egress: Egress) -> None:
    """See that the addresses behind a name can be judged, where the policy wants it."""
    if client is not None and egress.deny_private:
        raise UsageError(
            "a client of your own opens its connections itself, so the addresses that it connects to can't be judged "
            "(deny_private)",
            "hand in no client, or leave out deny_private and untrusted",
        )


def _new_client(
    tls: TlsOptions, proxies: ProxyOptions | None, egress: Egress = OPEN, *, asynchronous: bool = False
) -> httpx2.Client | httpx2.AsyncClient:
    check_insecure_hosts(tls.insecure_hosts)
    check_proxy(proxies.url if proxies else None)
    from http.cookiejar import DefaultCookiePolicy

    import httpx2  # the largest part of the command's start-up: only a run that sends something pays for it

    from arazzo_runner.transports.connections import AsyncConnections, Connections

    client: httpx2.Client | httpx2.AsyncClient
    if asynchronous:
        client = httpx2.AsyncClient(transport=AsyncConnections(tls, proxies, egress), trust_env=False)
    else:
        client = httpx2.Client(transport=Connections(tls, proxies, egress), trust_env=False)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


def _prepare(client: Any, request: Request, timeout: float | None, owned: bool, egress: Egress) -> Any:
    """Make the client library's request.

    Raises:
        TransportFailure: there is no time left to send it in, it can't be written as HTTP, or it may not go there.
    """
    if timeout is not None and timeout <= 0:
        message = f"{request.method} {place_of(request.url)}: no time was left for the request"
        raise TransportFailure(FailureKind.TIMEOUT, message)
    try:
        urlsplit(request.url).port  # noqa: B018  # raises where it is no port: the libraries look no closer
        prepared = _own_request(request, timeout) if owned else _callers_request(client, request, timeout)
    except Exception as fault:
        if isinstance(fault, ValueError) or type(fault).__name__ == "InvalidURL":
            raise unsendable(fault, request) from fault
        raise
    _see_host(prepared.url, request, egress)
    prepared.method = request.method  # the library's request has it in capitals, but methods know upper and lower case
    return prepared


def _see_host(url: Any, request: Request, egress: Egress) -> None:
    """Judge the host as the client library has read it, which may be in another way than ours."""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    refused = egress.refusal_at(url.raw_host.decode("ascii", "replace"), port)
    if refused is not None:
        raise forbidden(refused, request)


def _own_request(request: Request, timeout: float | None) -> Any:
    """Make a request whose target is the engine's to the byte: the library would resolve `..` in a path."""
    import httpx2

    headers = _encoded(request)
    for name, value in _DEFAULTS.items():
        if request.header(name) is None:
            headers.append((name.encode(), value.encode()))
    extensions = {"timeout": _timeouts(timeout), "target": _target(request.url).encode("ascii")}
    # The answer to a challenge of digest speaks of the whole target, so there the library has to know it.
    place = request.url if request.login else request.url.partition("?")[0]
    return httpx2.Request(request.method, place, headers=headers, content=request.body, extensions=extensions)


def _callers_request(client: Any, request: Request, timeout: float | None) -> Any:
    """Make a request with a client that the caller owns, which adds what it is set up to add."""
    extensions = None if timeout is None else {"timeout": _timeouts(timeout)}
    return client.build_request(
        request.method, request.url, headers=_encoded(request), content=request.body, extensions=extensions
    )


def _target(url: str) -> str:
    """Return what stands in the request line: all that comes after the host."""
    _, _, rest = url.partition("://")
    start = min((index for index in (rest.find("/"), rest.find("?")) if index >= 0), default=len(rest))
    target = rest[start:].partition("#")[0]
    return target if target.startswith("/") else f"/{target}"


def _encoded(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in request.headers]


def _timeouts(timeout: float | None) -> dict[str, float | None]:
    return dict.fromkeys(("connect", "read", "write", "pool"), timeout)


def _failure(
    fault: Exception, request: Request, elapsed: float, owned: bool, proxies: ProxyOptions | None, *, begun: bool
) -> TransportFailure:
    """Return the failure for what was raised while a request was on its way.

    Raises:
        Exception: `fault` itself, where it comes from something that the caller put into a client of theirs.
    """
    if isinstance(fault, AddressRefused):
        return forbidden(fault.refused, request)
    if owned and isinstance(fault, ValueError | LookupError | ArithmeticError):
        return unreadable(fault, request)  # the library can be brought to these by a hostile answer
    proxy = proxy_of(request.url, proxies) if owned else None
    return failure_of(fault, request, elapsed, proxy=proxy, begun=begun)


def _weighed(failure: TransportFailure, request: Request, body: bytearray) -> TransportFailure:
    """Note in a failure how much of the answer had come, where the bytes of the run are counted."""
    failure.traffic = 0 if request.most is None else len(body)
    return failure


def _check_length(response: Any, request: Request, most: int) -> None:
    """Refuse a body that says it is too large before any of it is read."""
    declared = response.headers.get("content-length", "").lstrip("0")
    bodiless = request.method == "HEAD" or response.status_code == 304  # these state the length of what they leave out
    if bodiless or not (declared.isascii() and declared.isdigit()):
        return
    allowed = _allowed(request, most)
    if len(declared) > len(str(allowed)) or int(declared) > allowed:
        raise _too_large(request, most)


def _allowed(request: Request, most: int) -> int:
    """Return the bytes of the answer that may be read."""
    return most if request.most is None else min(most, request.most)


def _check_progress(size: int, request: Request, most: int, deadline: float | None) -> None:
    if size > _allowed(request, most):
        raise _too_large(request, most)
    if deadline is not None and monotonic() > deadline:
        raise TimeoutError


def _check_coding(client: Any, response: Any, request: Request, body: bytearray) -> None:
    """Refuse a body in a content coding that the client library leaves as it is: nobody could read it."""
    given = (coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(","))
    readable = {coding.strip() for coding in client.headers.get("accept-encoding", "gzip, deflate").split(",")}
    unread = next((coding for coding in given if coding not in readable | {"", "identity"}), None)
    if body and unread is not None:
        named = f"'{unread}'" if unread in _CODINGS else "one that is not known"
        message = f"the answer comes in a content coding that was not asked for and can't be read, {named}"
        raise TransportFailure(FailureKind.CODING, f"{request.method} {place_of(request.url)}: {message}")


def _too_large(request: Request, most: int) -> TransportFailure:
    if request.most is not None and request.most < most:
        message = "the answer is larger than what is left of the bytes that the run may send and receive (--max-bytes)"
        return TransportFailure(
            FailureKind.FORBIDDEN, f"{request.method} {place_of(request.url)}: {message}", MAX_BYTES
        )
    size = f"{most // (1024 * 1024)} MiB" if most >= 1024 * 1024 else f"{most} bytes"
    message = f"{request.method} {place_of(request.url)}: the answer is larger than {size}"
    return TransportFailure(FailureKind.TOO_LARGE, message)


def _answer(response: Any, body: bytes) -> Response:
    headers = tuple((name.decode("latin-1"), _decoded(value)) for name, value in response.headers.raw)
    return Response(response.status_code, headers, body)


def _decoded(value: bytes) -> str:
    """Decode a header value: UTF-8 where it is that, else Latin-1 (RFC 9110, section 5.5)."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
