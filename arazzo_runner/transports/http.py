"""HTTP over httpx2, or over a client of httpx2 or httpx that the caller owns.

Policy. What the engine built goes out as it is, with Host, Content-Length, User-Agent and Accept-Encoding added. No
redirect is followed, no cookie is kept, no `.netrc` is read; proxies come from the environment. A body is read up to
a limit, decompressed bytes counted; the time limit holds for the whole exchange, not for each read. A client that the
caller owns keeps its own headers, cookies and proxies, and is never closed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from arazzo_runner._version import VERSION
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.transports.failures import failure_of, place_of
from arazzo_runner.transports.tls import TlsOptions, context_for
from arazzo_runner.transports.transport import TransportFailure

if TYPE_CHECKING:
    from types import TracebackType

    import httpx2

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
"""Bytes of a response body, after decompression, that are read; a larger one fails the step."""

USER_AGENT: Final = f"arazzo-flow/{VERSION}"


class HttpTransport:
    """Sends requests with a client of its own, or with one that is handed in (`client`); may be shared by threads."""

    def __init__(self, client: Any = None, tls: TlsOptions | None = None, max_body: int = MAX_BODY_BYTES) -> None:
        self._owned = client is None
        self._client: Any = _new_client(tls or TlsOptions()) if client is None else client
        self._max_body = max_body

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`."""
        began = monotonic()
        try:
            prepared = _prepare(self._client, request, timeout, self._owned)
            response = self._client.send(prepared, stream=True, follow_redirects=False)
            try:
                body = self._read(response, request, None if timeout is None else began + timeout)
            finally:
                response.close()
        except TransportFailure:
            raise
        except Exception as fault:
            raise failure_of(fault, request, monotonic() - began) from fault
        return _answer(response, body)

    def _read(self, response: Any, request: Request, deadline: float | None) -> bytes:
        _check_length(response, request, self._max_body)
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            _check_progress(len(body), request, self._max_body, deadline)
        return bytes(body)

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
    """`HttpTransport` for an event loop; `client` is an `AsyncClient` of httpx2 or httpx."""

    def __init__(self, client: Any = None, tls: TlsOptions | None = None, max_body: int = MAX_BODY_BYTES) -> None:
        self._owned = client is None
        self._client: Any = _new_client(tls or TlsOptions(), asynchronous=True) if client is None else client
        self._max_body = max_body

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`."""
        began = monotonic()
        try:
            prepared = _prepare(self._client, request, timeout, self._owned)
            response = await self._client.send(prepared, stream=True, follow_redirects=False)
            try:
                body = await self._read(response, request, None if timeout is None else began + timeout)
            finally:
                await response.aclose()
        except TransportFailure:
            raise
        except Exception as fault:
            raise failure_of(fault, request, monotonic() - began) from fault
        return _answer(response, body)

    async def _read(self, response: Any, request: Request, deadline: float | None) -> bytes:
        _check_length(response, request, self._max_body)
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            _check_progress(len(body), request, self._max_body, deadline)
        return bytes(body)

    async def close(self) -> None:
        """Close the connections, if the client is this transport's own."""
        if self._owned:
            await self._client.aclose()


def _new_client(tls: TlsOptions, *, asynchronous: bool = False) -> httpx2.Client | httpx2.AsyncClient:
    import httpx2  # the largest part of the command's start-up: only a run that sends something pays for it

    context = context_for(tls)
    if asynchronous:
        unverified = {f"https://{host}": httpx2.AsyncHTTPTransport(verify=False) for host in tls.insecure_hosts}
        return httpx2.AsyncClient(verify=context, mounts=unverified)
    return httpx2.Client(
        verify=context, mounts={f"https://{host}": httpx2.HTTPTransport(verify=False) for host in tls.insecure_hosts}
    )


def _prepare(client: Any, request: Request, timeout: float | None, owned: bool) -> Any:
    """Make the client library's request. A client that the caller owns adds what it is set up to add."""
    extensions = {"timeout": _timeouts(timeout)}
    if not owned:
        return client.build_request(
            request.method, request.url, headers=_encoded(request), content=request.body, extensions=extensions
        )
    import httpx2

    headers = _encoded(request)
    for name, value in _DEFAULTS.items():
        if request.header(name) is None:
            headers.append((name.encode(), value.encode()))
    return httpx2.Request(request.method, request.url, headers=headers, content=request.body, extensions=extensions)


_DEFAULTS: Final[Mapping[str, str]] = {
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": USER_AGENT,
}


def _encoded(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in request.headers]


def _timeouts(timeout: float | None) -> dict[str, float | None]:
    return dict.fromkeys(("connect", "read", "write", "pool"), timeout)


def _check_length(response: Any, request: Request, most: int) -> None:
    """Refuse a body that says it is too large before any of it is read."""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most and request.method != "HEAD":
        raise _too_large(request, most)


def _check_progress(size: int, request: Request, most: int, deadline: float | None) -> None:
    if size > most:
        raise _too_large(request, most)
    if deadline is not None and monotonic() > deadline:
        message = f"{request.method} {place_of(request.url)}: the answer was not complete when the time was over"
        raise TransportFailure(FailureKind.TIMEOUT, message)


def _too_large(request: Request, most: int) -> TransportFailure:
    message = f"{request.method} {place_of(request.url)}: the answer is larger than {most // (1024 * 1024)} MiB"
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
