"""From an exception of the client library to a kind of failure, with host, port and reason for a person.

httpx2 and httpx name their exceptions alike, so the names are the table, and neither needs to be imported. A message
holds no path, no query and no header, and nothing that the server sent: any of them could be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.sources.egress import Refused
from arazzo_runner.transports.transport import TransportFailure

_KINDS: Final = {
    "TimeoutException": FailureKind.TIMEOUT,
    "TimeoutError": FailureKind.TIMEOUT,
    "ConnectError": FailureKind.UNREACHABLE,
    "ProxyError": FailureKind.UNREACHABLE,
    "NetworkError": FailureKind.RESET,
    "ProtocolError": FailureKind.PROTOCOL,
    "DecodingError": FailureKind.CODING,
    "UnsupportedProtocol": FailureKind.PROTOCOL,
    "InvalidURL": FailureKind.PROTOCOL,
    "TransportError": FailureKind.UNREACHABLE,
    "ConnectionRefusedError": FailureKind.REFUSED,
    "ConnectionError": FailureKind.RESET,
    "gaierror": FailureKind.DNS,
    "SSLError": FailureKind.TLS,
}
"""Kinds by the names of exceptions; the closest in the order of a class's bases counts."""

_NO_TLS: Final = ("wrong version number", "unexpected eof", "http request", "record layer failure", "packet length")
"""What TLS says where the other side does not speak it."""

LONGEST_REASON: Final = 120
_CAUSES: Final = 10
_QUOTED: Final = re.compile(r"""[:,]?\s*(?:bytearray\()?b?["'].*""", re.DOTALL)
_LOOK_UP: Final = ("name or service not known", "getaddrinfo", "nodename nor servname", "name resolution")


def failure_of(
    fault: Exception, request: Request, elapsed: float, *, proxy: str | None = None, begun: bool = False
) -> TransportFailure:
    """Return the failure that an exception of the client stands for.

    `elapsed` is in seconds, `proxy` the one that the request went through, and `begun` tells whether the answer had.

    Raises:
        Exception: `fault` itself, where it says nothing about the network: it is a fault of the caller's own transport.
    """
    kind = next((_KINDS[name] for name in _names(fault) if name in _KINDS), None)
    if kind is None:
        raise fault
    kind, reason = _closer(kind, fault, f"within {elapsed:.1f} seconds", begun)
    via = f" through the proxy {place_of(proxy)}" if proxy else ""
    return TransportFailure(kind, f"{request.method} {place_of(request.url)}{via}: {reason}")


def unsendable(fault: Exception, request: Request) -> TransportFailure:
    """Return the failure of a request that HTTP has no way to write down."""
    message = f"{request.method} {place_of(request.url)}: the request can't be sent: {_words(fault)}"
    return TransportFailure(FailureKind.PROTOCOL, message)


def unreadable(fault: Exception, request: Request) -> TransportFailure:
    """Return the failure of an answer that the client could not make sense of."""
    message = f"{request.method} {place_of(request.url)}: the answer is no sound HTTP ({_words(fault)})"
    return TransportFailure(FailureKind.PROTOCOL, message)


def forbidden(refused: Refused, request: Request) -> TransportFailure:
    """Return the failure of a request that the caller's policy does not let out."""
    message = f"{request.method} {place_of(request.url)} is not sent: {refused.reason} ({refused.help})"
    return TransportFailure(FailureKind.FORBIDDEN, message, refused.limit)


def place_of(url: str) -> str:
    """Return scheme, host and port of a URL: nothing of it that could be a secret."""
    try:
        split = urlsplit(url)
        port = split.port or {"http": 80, "https": 443}.get(split.scheme)
    except ValueError:
        return "an address that is no URL"
    host = f"[{split.hostname}]" if split.hostname and ":" in split.hostname else split.hostname or "no host"
    return f"{split.scheme}://{host}" + (f":{port}" if port else "")


def _names(fault: BaseException) -> Iterator[str]:
    return (kind.__name__ for kind in type(fault).__mro__)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception and what caused it, outermost first."""
    for _ in range(_CAUSES):
        if fault is None:
            return
        yield fault
        fault = fault.__cause__ or fault.__context__


def _cause(fault: BaseException, name: str) -> BaseException | None:
    return next((one for one in _chain(fault) if name in _names(one)), None)


def _closer(kind: FailureKind, fault: Exception, within: str, begun: bool) -> tuple[FailureKind, str]:
    """Look at the causes for a closer reason: what the system said, or what TLS said."""
    if kind is FailureKind.TIMEOUT:
        missing = "no connection" if "Connect" in type(fault).__name__ else "no answer"
        return kind, f"the answer was not complete {within}" if begun else f"{missing} {within}"
    secured = _cause(fault, "SSLError")
    if secured is not None:
        return FailureKind.TLS, _tls_reason(secured)
    said = " ".join(str(one) for one in _chain(fault)).lower()
    if kind is FailureKind.REFUSED or _cause(fault, "ConnectionRefusedError") or "connection refused" in said:
        return FailureKind.REFUSED, "the connection was refused; is the server running there?"
    if kind is FailureKind.DNS or _cause(fault, "gaierror") or any(words in said for words in _LOOK_UP):
        return FailureKind.DNS, "the host name is not known"
    if kind is FailureKind.RESET:
        return kind, f"the connection broke off ({_words(fault)})"
    if kind is FailureKind.UNREACHABLE:
        return kind, f"no connection ({_words(fault)})"
    return _protocol_reason(fault)


def _tls_reason(fault: BaseException) -> str:
    untrusted = getattr(fault, "verify_message", "")
    if untrusted:
        return f"its certificate is not trusted: {untrusted}"
    reason = getattr(fault, "reason", None) or "the handshake failed"
    said = str(reason).replace("_", " ").lower()
    return f"TLS failed: {said}" + ("; does it speak http?" if any(words in said for words in _NO_TLS) else "")


def _protocol_reason(fault: Exception) -> tuple[FailureKind, str]:
    names, words = set(_names(fault)), _words(fault)
    if names & {"LocalProtocolError", "UnsupportedProtocol", "InvalidURL"}:
        return FailureKind.PROTOCOL, f"the request can't be sent: {words}"
    if "DecodingError" in names:
        return FailureKind.CODING, f"the body of the answer is not in its content coding ({words})"
    if "without sending a response" in words:
        return FailureKind.RESET, "the connection was closed without an answer"
    if "peer closed" in words or "without sending complete" in words:
        return FailureKind.RESET, "the connection was closed before the answer was complete"
    return FailureKind.PROTOCOL, f"the answer is no sound HTTP ({words})"


def _words(fault: BaseException) -> str:
    """Return what an exception says in its own words: what it quotes is cut off, and so is a long tail."""
    system = next((one for one in _chain(fault) if isinstance(one, OSError) and one.strerror), None)
    said = str(system.strerror) if system else _QUOTED.sub("", str(fault)).strip(" .")
    if len(said) > LONGEST_REASON:
        return f"{said[: LONGEST_REASON - 3]}..."  # which says that it was cut, also to what looks for secrets
    return said or type(fault).__name__
