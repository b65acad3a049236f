from __future__ import annotations

import sys

import httpx2
import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.errors import UsageError
from arazzo_runner.transports.connections import Way, Ways
from arazzo_runner.transports.tls import TlsOptions
from arazzo_runner.transports.transport import TransportFailure
from tests import wire
from tests.transports.sending import SHORT, Send, both, send
from tests.wire import CERTIFICATE, Wire

# ---------------------------------------------------------------- certificates


@both
def test_an_unknown_certificate_is_a_failure(send: Send) -> None:
    with Wire(secure=True) as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", server.url + "/hidden"))
    assert caught.value.kind is FailureKind.TLS
    reason = "its certificate is not trusted: self-signed certificate"
    assert caught.value.message == f"GET {server.url}: {reason}"
    assert server.received == []


@both
def test_an_authority_of_the_caller_is_trusted(send: Send) -> None:
    with Wire(wire.answer(200, b"hi"), secure=True) as server:
        tls = TlsOptions(cacert=str(CERTIFICATE))
        assert send(Request("GET", server.url + "/"), tls=tls).body == b"hi"


@both
def test_an_authority_of_the_caller_vouches_for_its_hosts_alone(send: Send) -> None:
    tls = TlsOptions(cacert=str(CERTIFICATE))
    with Wire(secure=True) as server, pytest.raises(TransportFailure, match="Hostname mismatch") as caught:
        # The same address under a name that the certificate lacks.
        send(Request("GET", server.url.replace("127.0.0.1", "127.1")), tls=tls)
    assert caught.value.kind is FailureKind.TLS


@both
@pytest.mark.parametrize("with_port", [False, True])
def test_a_host_that_is_named_insecure_is_not_checked(send: Send, with_port: bool) -> None:
    with Wire(wire.answer(200, b"hi"), secure=True) as server:
        named = f"127.0.0.1:{server.port}" if with_port else "127.0.0.1"
        assert send(Request("GET", server.url + "/"), tls=TlsOptions(frozenset([named]))).body == b"hi"


@both
@pytest.mark.parametrize("named", ["localhost", "127.0.0.1:1"])
def test_another_host_that_is_named_insecure_does_not_count(send: Send, named: str) -> None:
    with Wire(secure=True) as server, pytest.raises(TransportFailure, match="not trusted"):
        send(Request("GET", server.url + "/"), tls=TlsOptions(frozenset([named])))


@both
def test_a_server_without_tls_is_a_failure(send: Send) -> None:
    with Wire(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", server.url.replace("http:", "https:")))
    assert caught.value.kind is FailureKind.TLS
    assert caught.value.message.endswith(f":{server.port}: TLS failed: wrong version number; does it speak http?")


@both
def test_a_server_that_never_answers_the_handshake_is_given_up(send: Send) -> None:
    # Not checked, because to load all the authorities of the system takes a part of the time.
    tls = TlsOptions(frozenset(["127.0.0.1"]))
    with Wire() as server:
        with pytest.raises(TransportFailure, match=r": no connection within \d") as caught:
            send(Request("GET", server.url.replace("http:", "https:")), SHORT, tls=tls)
        server.wait_closed()
    assert caught.value.kind is FailureKind.TIMEOUT


@both
@pytest.mark.parametrize("tls", [TlsOptions(cacert="/nowhere.pem"), TlsOptions(frozenset(["https://a"]))])
def test_what_can_not_be_used_is_said_at_once(send: Send, tls: TlsOptions) -> None:
    with Wire() as server, pytest.raises(UsageError):
        send(Request("GET", server.url + "/"), tls=tls)
    assert server.connections == 0


# ---------------------------------------------------------------- proxies


@both
def test_a_proxy_of_the_environment_gets_the_request(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(wire.answer(200, b"hi")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//me:hidden@"))
        url = "http://api.nowhere.invalid/a/../b?x='1'"
        assert send(Request("POST", url, (("Authorization", "Bearer t"),), b"body")).body == b"hi"
    (request,) = proxy.received
    assert request.line == f"POST {url} HTTP/1.1"
    assert request.values("Host") == ["api.nowhere.invalid"]
    assert request.values("Authorization") == ["Bearer t"]
    assert request.values("Proxy-Authorization") == ["Basic bWU6aGlkZGVu"]
    assert request.body == b"body"


@both
def test_an_excepted_host_is_reached_without_the_proxy(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire() as server, Wire() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        send(Request("GET", server.url + "/x"))
    assert server.lines == ["GET /x HTTP/1.1"]
    assert proxy.connections == 0


@both
@pytest.mark.parametrize("insecure", [frozenset[str](), frozenset(["api.nowhere.invalid"])])
def test_a_tunnel_that_the_proxy_refuses(send: Send, monkeypatch: pytest.MonkeyPatch, insecure: frozenset[str]) -> None:
    with Wire(wire.answer(407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//me:hidden@"))
        with pytest.raises(TransportFailure) as caught:
            send(Request("GET", "https://api.nowhere.invalid/a?b=hidden"), tls=TlsOptions(insecure))
    assert proxy.lines == ["CONNECT api.nowhere.invalid:443 HTTP/1.1"]
    assert caught.value.kind is FailureKind.UNREACHABLE
    place = f"GET https://api.nowhere.invalid:443 through the proxy {proxy.url}"
    assert caught.value.message == f"{place}: no connection (407 Whatever)"


@both
def test_a_tunnel_leads_to_the_host(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    def tunnel(peer: wire.Peer) -> bool:
        peer.send(b"HTTP/1.1 200 Established\r\n\r\n")
        peer.secure()
        return True

    with Wire(tunnel, wire.answer(200, b"hi")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        tls = TlsOptions(cacert=str(CERTIFICATE))
        assert send(Request("GET", "https://localhost:1/a/../b"), tls=tls).body == b"hi"
    assert proxy.lines == ["CONNECT localhost:1 HTTP/1.1", "GET /a/../b HTTP/1.1"]


@both
def test_a_proxy_that_is_not_there_is_named(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = f"http://127.0.0.1:{wire.refusing_port()}"
    monkeypatch.setenv("HTTP_PROXY", proxy.replace("//", "//me:hidden@"))
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", "http://api.nowhere.invalid/"))
    assert caught.value.kind is FailureKind.REFUSED
    place = f"GET http://api.nowhere.invalid:80 through the proxy {proxy}"
    assert caught.value.message == f"{place}: the connection was refused; is the server running there?"


@both
@pytest.mark.parametrize("proxy", ["ftp://me:hidden@proxy.example:1", "http://[bad", "http://proxy:99999999"])
def test_a_proxy_that_is_none_is_a_failure(send: Send, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(TransportFailure, match="can't be used: that is no URL of a proxy") as caught:
        send(Request("GET", "http://api.nowhere.invalid/"))
    assert caught.value.kind is FailureKind.UNREACHABLE
    assert "hidden" not in caught.value.message


@both
def test_a_proxy_that_needs_another_package_says_so(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("HTTP_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(TransportFailure, match="SOCKS needs the package socksio"):
        send(Request("GET", "http://api.nowhere.invalid/"))


# ---------------------------------------------------------------- ways


def test_a_way_is_opened_once_and_for_what_it_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = Ways(httpx2.HTTPTransport, TlsOptions(frozenset(["a.example"])))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    monkeypatch.setenv("NO_PROXY", "b.example")
    assert ways.of("https://a.example/x") == Way(True, False, "http://proxy.example")
    assert ways.of("https://b.example/x") == Way(True, True, None)
    assert ways.of("http://b.example:1/x") == Way(False, True, None)
    opened = [ways.to(httpx2.URL(f"http://{host}.example")) for host in "bcb"]
    assert len({id(transport) for transport in opened}) == 1
    assert ways.all() == (opened[0],)
    opened[0].close()


def test_plain_http_loads_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("certificates were loaded")

    monkeypatch.setattr("httpcore2.default_ssl_context", refuse)
    with Wire() as server:
        assert send(Request("GET", server.url + "/")).status == 200
        with pytest.raises(AssertionError, match="certificates were loaded"):
            send(Request("GET", server.url.replace("http:", "https:")))
