from __future__ import annotations

import socket
import ssl
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.transports.failures import LONGEST_REASON, failure_of, place_of, unreadable, unsendable

REQUEST = Request("PUT", "https://me:hidden@api.example/hidden?key=hidden", (("Authorization", "Bearer hidden"),))
PLACE = "PUT https://api.example:443"


def eof() -> ssl.SSLError:
    """Return what TLS says where the other side closes at its first words."""
    fault = ssl.SSLEOFError(8, "hidden")
    fault.reason = "UNEXPECTED_EOF_WHILE_READING"
    return fault


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://a.example/x?y#z", "http://a.example:80"),
        ("https://a.example", "https://a.example:443"),
        ("https://me:pass@A.example:8443/x", "https://a.example:8443"),
        ("http://[::1]:99/", "http://[::1]:99"),
        ("socks5://proxy.example", "socks5://proxy.example"),
        ("http:///x", "http://no host:80"),
        ("http://a:99999999/", "an address that is no URL"),
        ("http://[bad/", "an address that is no URL"),
    ],
)
def test_a_place_is_scheme_host_and_port(url: str, place: str) -> None:
    assert place_of(url) == place


def caused(fault: Exception, *causes: Exception) -> Exception:
    """The exception with its causes behind it, as `raise ... from` makes them."""
    here: BaseException = fault
    for cause in causes:
        here.__cause__ = cause
        here = cause
    return fault


def untrusted() -> ssl.SSLCertVerificationError:
    fault = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: hidden")
    fault.verify_message = "certificate has expired"
    return fault


def of_both(name: str, said: str = "") -> list[Any]:
    return [getattr(library, name)(said) for library in (httpx, httpx2)]


CASES: list[tuple[list[Exception], FailureKind, str]] = [
    (of_both("ConnectTimeout", "timed out"), FailureKind.TIMEOUT, "no connection within 1.5 seconds"),
    (of_both("ReadTimeout"), FailureKind.TIMEOUT, "no answer within 1.5 seconds"),
    (of_both("WriteTimeout"), FailureKind.TIMEOUT, "no answer within 1.5 seconds"),
    (of_both("PoolTimeout"), FailureKind.TIMEOUT, "no answer within 1.5 seconds"),
    ([TimeoutError()], FailureKind.TIMEOUT, "no answer within 1.5 seconds"),
    (
        [
            *of_both("ConnectError", "[Errno 111] Connection refused"),
            *of_both("ConnectError", "[WinError 10061] connection refused by the target"),
            ConnectionRefusedError(111, "Connection refused"),
        ],
        FailureKind.REFUSED,
        "the connection was refused; is the server running there?",
    ),
    (
        [
            *of_both("ConnectError", "[Errno -2] Name or service not known"),
            *of_both("ConnectError", "[Errno 8] nodename nor servname provided, or not known"),
            *of_both("ConnectError", "[Errno 11001] getaddrinfo failed"),
            socket.gaierror(-2, "Name or service not known"),
        ],
        FailureKind.DNS,
        "the host name is not known",
    ),
    (
        [*(caused(one, untrusted()) for one in of_both("ConnectError", "hidden")), untrusted()],
        FailureKind.TLS,
        "its certificate is not trusted: certificate has expired",
    ),
    ([ssl.SSLError("hidden")], FailureKind.TLS, "TLS failed: the handshake failed"),
    ([eof()], FailureKind.TLS, "TLS failed: unexpected eof while reading; does it speak http?"),
    (
        [*of_both("ReadError", "[Errno 104] Connection reset by peer"), *of_both("WriteError"), *of_both("CloseError")],
        FailureKind.RESET,
        "the connection broke off (",
    ),
    ([ConnectionResetError(104, "Connection reset by peer")], FailureKind.RESET, "off (Connection reset by peer)"),
    ([BrokenPipeError(32, "Broken pipe")], FailureKind.RESET, "the connection broke off (Broken pipe)"),
    (
        of_both("RemoteProtocolError", "Server disconnected without sending a response."),
        FailureKind.RESET,
        "the connection was closed without an answer",
    ),
    (
        of_both("RemoteProtocolError", "peer closed connection without sending complete message body (incomplete)"),
        FailureKind.RESET,
        "the connection was closed before the answer was complete",
    ),
    (
        of_both("RemoteProtocolError", "illegal status line: bytearray(b'hidden')"),
        FailureKind.PROTOCOL,
        "the answer is no sound HTTP (illegal status line)",
    ),
    (
        of_both("LocalProtocolError", "Illegal header value b'Bearer hidden\\n'"),
        FailureKind.PROTOCOL,
        "the request can't be sent: Illegal header value",
    ),
    (of_both("UnsupportedProtocol", "Bad"), FailureKind.PROTOCOL, "the request can't be sent: Bad"),
    (of_both("InvalidURL", "URL too long"), FailureKind.PROTOCOL, "the request can't be sent: URL too long"),
    (of_both("DecodingError", "Error -3"), FailureKind.CODING, "is not in its content coding (Error -3)"),
    (of_both("ProxyError", "407 Proxy"), FailureKind.UNREACHABLE, "no connection (407 Proxy)"),
    (
        [caused(one, OSError(113, "No route to host")) for one in of_both("ConnectError", "All attempts failed")],
        FailureKind.UNREACHABLE,
        "no connection (No route to host)",
    ),
    (of_both("ConnectError"), FailureKind.UNREACHABLE, "no connection (ConnectError)"),
]


@pytest.mark.parametrize(
    ("fault", "kind", "words"), [(fault, kind, words) for faults, kind, words in CASES for fault in faults]
)
def test_an_exception_becomes_a_failure_with_host_port_and_reason(
    fault: Exception, kind: FailureKind, words: str
) -> None:
    failure = failure_of(fault, REQUEST, 1.5)
    assert failure.kind is kind
    assert failure.message.startswith(f"{PLACE}: ")
    assert words in failure.message
    assert "hidden" not in failure.message


def test_every_exception_of_the_libraries_about_the_network_is_known() -> None:
    for library in (httpx, httpx2):
        kinds = [kind for kind in vars(library).values() if isinstance(kind, type)]
        for kind in kinds:
            if issubclass(kind, library.TransportError) and kind is not library.TransportError:
                failure_of(kind("said"), REQUEST, 0.0)


def test_a_failure_names_the_proxy_and_how_far_the_answer_was() -> None:
    failure = failure_of(TimeoutError(), REQUEST, 2, proxy="http://me:hidden@proxy.example:3128", begun=True)
    said = "the answer was not complete within 2.0 seconds"
    assert failure.message == f"{PLACE} through the proxy http://proxy.example:3128: {said}"


@pytest.mark.parametrize("fault", [KeyError("x"), FileNotFoundError("x"), RuntimeError("x"), AssertionError("x")])
def test_what_says_nothing_about_the_network_is_raised_again(fault: Exception) -> None:
    with pytest.raises(type(fault)) as caught:
        failure_of(fault, REQUEST, 0.0)
    assert caught.value is fault


def test_the_cause_alone_does_not_make_a_failure() -> None:
    with pytest.raises(KeyError):
        failure_of(caused(KeyError("x"), ConnectionResetError(104, "reset")), REQUEST, 0.0)


def test_a_circle_of_causes_ends() -> None:
    one, two = httpx2.ConnectError("one"), httpx2.ConnectError("two")
    caused(one, two, one)
    assert failure_of(one, REQUEST, 0.0).kind is FailureKind.UNREACHABLE


def test_a_reason_is_short_and_quotes_nothing() -> None:
    long = failure_of(httpx2.RemoteProtocolError("word " * 1000), REQUEST, 0.0)
    assert len(long.message) < LONGEST_REASON + 80
    assert (
        unsendable(ValueError("bad thing: 'hidden'"), REQUEST).message
        == f"{PLACE}: the request can't be sent: bad thing"
    )
    assert unreadable(ValueError("'hidden'"), REQUEST).message == f"{PLACE}: the answer is no sound HTTP (ValueError)"
