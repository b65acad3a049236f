"""From an exception of the client library to a kind of failure, with host, port and reason for a person.

httpx2 and httpx name their exceptions alike, so the names are the table, and neither needs to be imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.transports.transport import TransportFailure

_KINDS: Final = {
    "ConnectTimeout": FailureKind.TIMEOUT,
    "ReadTimeout": FailureKind.TIMEOUT,
    "WriteTimeout": FailureKind.TIMEOUT,
    "PoolTimeout": FailureKind.TIMEOUT,
    "TimeoutError": FailureKind.TIMEOUT,
    "ReadError": FailureKind.RESET,
    "WriteError": FailureKind.RESET,
    "CloseError": FailureKind.RESET,
    "ConnectionResetError": FailureKind.RESET,
    "BrokenPipeError": FailureKind.RESET,
    "RemoteProtocolError": FailureKind.PROTOCOL,
    "LocalProtocolError": FailureKind.PROTOCOL,
    "DecodingError": FailureKind.PROTOCOL,
    "UnsupportedProtocol": FailureKind.PROTOCOL,
    "InvalidURL": FailureKind.PROTOCOL,
    "ProxyError": FailureKind.UNREACHABLE,
    "ConnectError": FailureKind.UNREACHABLE,
}


def failure_of(fault: Exception, request: Request, elapsed: float) -> TransportFailure:
    """Return the failure that an exception of the client stands for.

    Raises:
        Exception: `fault` itself, where it is none of the client's: a fault of a caller's own transport or of ours.
    """
    kind = next((_KINDS[name] for one in _chain(fault) for name in _names(one) if name in _KINDS), None)
    if kind is None:
        raise fault
    kind, reason = _closer(kind, fault, elapsed)
    return TransportFailure(kind, f"{request.method} {place_of(request.url)}: {reason}")


def _names(fault: BaseException) -> Iterator[str]:
    return (kind.__name__ for kind in type(fault).__mro__)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception and what caused it, outermost first."""
    for _ in range(10):
        if fault is None:
            return
        yield fault
        fault = fault.__cause__ or fault.__context__


def _closer(kind: FailureKind, fault: Exception, elapsed: float) -> tuple[FailureKind, str]:
    """Look at the causes for a closer reason: what the system said, or what TLS said."""
    words = " ".join(str(one) for one in _chain(fault)).lower()
    names = {name for one in _chain(fault) for name in _names(one)}
    if kind is FailureKind.TIMEOUT:
        return kind, f"no answer within {elapsed:.1f} seconds"
    if "ConnectionRefusedError" in names or "connection refused" in words or "actively refused" in words:
        return FailureKind.REFUSED, "the connection was refused; is the server running there?"
    if "gaierror" in names or "name or service not known" in words or "getaddrinfo" in words:
        return FailureKind.DNS, "the host name is not known"
    if "SSLError" in names or "certificate" in words or "ssl" in words:
        return FailureKind.TLS, f"TLS failed: {fault}"
    if kind is FailureKind.RESET:
        return kind, f"the connection broke off ({str(fault) or type(fault).__name__})"
    if kind is FailureKind.PROTOCOL:
        return kind, f"the answer is no sound HTTP ({str(fault) or type(fault).__name__})"
    return kind, f"no connection ({str(fault) or type(fault).__name__})"


def place_of(url: str) -> str:
    """Return scheme, host and port of a URL: nothing of it that could be a secret."""
    split = urlsplit(url)
    port = split.port or {"http": 80, "https": 443}.get(split.scheme, 0)
    host = f"[{split.hostname}]" if split.hostname and ":" in split.hostname else split.hostname
    return f"{split.scheme}://{host}:{port}"
