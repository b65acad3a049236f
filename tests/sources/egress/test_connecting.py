"""Connections are opened to addresses that were judged, over both transports; a refused one is never opened."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.sources.egress.connecting import AddressRefused, AsyncGuardedBackend, GuardedBackend, guard
from arazzo_runner.sources.egress.policy import Egress, egress_for
from arazzo_runner.transports.tls import TlsOptions
from arazzo_runner.transports.transport import TransportFailure
from tests import wire
from tests.names import Names
from tests.transports.sending import Send, both, send_each, send_each_async
from tests.wire import CERTIFICATE, Wire

DENYING = Egress(deny_private=True)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    return Names(monkeypatch)


REFUSED = (
    "127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
    "::ffff:127.0.0.1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
)  # fmt: skip


@both
@pytest.mark.parametrize("address", REFUSED)
def test_a_name_that_leads_to_no_public_address_is_not_connected_to(names: Names, send: Send, address: str) -> None:
    names["inner.test"] = address
    with Wire() as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", f"http://inner.test:{server.port}/secret"), egress=DENYING)
    assert (caught.value.kind, caught.value.code) == (FailureKind.FORBIDDEN, "deny_private")
    assert f"leads to {address}, " in caught.value.message
    assert "/secret" not in caught.value.message
    assert server.connections == 0


@both
def test_one_address_that_is_not_public_is_enough(names: Names, send: Send) -> None:
    names["mixed.test"] = ("8.8.8.8", "127.0.0.1")
    with Wire() as server, pytest.raises(TransportFailure, match=r"leads to 127\.0\.0\.1"):
        send(Request("GET", f"http://mixed.test:{server.port}/"), egress=DENYING)
    assert server.connections == 0


WRITTEN = (
    "127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.1", "127.0.1", "[::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost", "LOCALHOST.", "a.localhost", "0",
    "127。0。0。1",
)  # fmt: skip


@both
@pytest.mark.parametrize("host", WRITTEN)
def test_an_address_is_refused_however_it_is_written(names: Names, send: Send, host: str) -> None:
    names["localhost"] = names["localhost."] = "127.0.0.1"
    with Wire(host="::1" if "[" in host else "127.0.0.1") as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", f"http://{host}:{server.port}/"), egress=DENYING)
    assert (caught.value.kind, server.connections) == (FailureKind.FORBIDDEN, 0)


@both
@pytest.mark.parametrize("host", ["127%2e0%2e0%2e1", "[fe80::1%25lo]", "[::1%25lo]", "\uff11\uff12\uff17.0.0.1"])
def test_a_host_that_could_be_read_in_two_ways_is_sent_nothing(names: Names, send: Send, host: str) -> None:
    with Wire() as server, pytest.raises(TransportFailure):
        send(Request("GET", f"http://{host}:{server.port}/"), egress=DENYING)
    assert (server.connections, names.asked) == (0, [])


@both
def test_a_name_that_changes_its_address_gains_nothing(
    names: Names, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once, and the address that was judged is the one that is connected to."""
    names["rebinding.test"] = [("8.8.8.8",), ("127.0.0.1",)]
    tried: list[Any] = []

    def refuse(address: Any, *_: Any, **__: Any) -> Any:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    async def refuse_async(**options: Any) -> Any:
        refuse((options["remote_host"], options["remote_port"]))

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr("anyio.connect_tcp", refuse_async)
    with Wire() as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", f"http://rebinding.test:{server.port}/"), egress=DENYING)
    assert caught.value.kind is FailureKind.REFUSED
    assert (tried, names.asked, server.connections) == (["8.8.8.8"], ["rebinding.test"], 0)


@both
def test_a_name_that_does_not_exist_is_told_as_ever(names: Names, send: Send) -> None:
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", "http://nowhere.test/"), egress=DENYING)
    assert (caught.value.kind, names.asked) == (FailureKind.DNS, ["nowhere.test"])


@both
@pytest.mark.parametrize("secure", [False, True])
def test_an_excepted_host_is_reached_under_its_own_name(names: Names, send: Send, secure: bool) -> None:
    names["localhost"] = "127.0.0.1"
    with Wire(wire.answer(200, b"hi"), secure=secure) as server:
        egress = egress_for(["localhost"], None, [f"localhost:{server.port}"], deny_private=True)
        url = f"http{'s' if secure else ''}://localhost:{server.port}/"
        tls = TlsOptions(cacert=str(CERTIFICATE))
        assert send(Request("GET", url), egress=egress, tls=tls).body == b"hi"
    assert server.received[0].values("Host") == [f"localhost:{server.port}"]


@both
def test_a_judged_connection_keeps_the_name_for_host_and_certificate(
    names: Names, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for a public address: what is judged public here is the loopback address of the server."""
    monkeypatch.setattr("arazzo_runner.sources.egress.connecting.private_kind", lambda address: "")
    monkeypatch.setattr("arazzo_runner.sources.egress.policy._is_local", lambda host: False)
    names["localhost"] = [("127.0.0.1",), ("10.0.0.1",)]
    with Wire(wire.answer(200, b"hi"), secure=True) as server:
        tls = TlsOptions(cacert=str(CERTIFICATE))
        url = f"https://localhost:{server.port}/"
        assert send(Request("GET", url), egress=DENYING, tls=tls).body == b"hi"
    assert server.received[0].values("Host") == [f"localhost:{server.port}"]
    assert names.asked == ["localhost"]


@pytest.mark.parametrize("each", [send_each, send_each_async])
def test_a_connection_that_is_kept_was_judged_when_it_was_opened(
    names: Names, each: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arazzo_runner.sources.egress.connecting.private_kind", lambda address: "")
    names["kept.test"] = "127.0.0.1"
    with Wire(wire.answer(200, b"hi")) as server:
        request = Request("GET", f"http://kept.test:{server.port}/")
        assert [one.body for one in each(request, request, egress=DENYING)] == [b"hi", b"hi"]
    assert (server.connections, len(server.received), names.asked) == (1, 2, ["kept.test"])


@both
@pytest.mark.parametrize("url", ["http://other.test:1/", "http://api.test.evil.test/", "http://api.test@evil.test/"])
def test_a_host_that_is_not_allowed_is_not_even_looked_up(names: Names, send: Send, url: str) -> None:
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", url), egress=egress_for(["api.test"]))
    assert (caught.value.code, names.asked) == ("allow_hosts", [])


class Recorder:
    """A backend that only takes note of where a connection would go."""

    def __init__(self, refusing: frozenset[str] = frozenset()) -> None:
        self.tried: list[str] = []
        self.refusing = refusing

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> str:
        self.tried.append(host)
        if host in self.refusing:
            raise ConnectionRefusedError
        return f"connected to {host}"


class AsyncRecorder(Recorder):
    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> str:  # type: ignore[override]  # the asynchronous twin
        return Recorder.connect_tcp(self, host, port, timeout)


def connected(recorder: Recorder, host: str, egress: Egress) -> Any:
    if isinstance(recorder, AsyncRecorder):
        return asyncio.run(AsyncGuardedBackend(recorder, egress).connect_tcp(host, 443))
    return GuardedBackend(recorder, egress).connect_tcp(host, 443)


@pytest.mark.parametrize("kind", [Recorder, AsyncRecorder])
def test_the_next_address_is_tried_where_one_does_not_answer(names: Names, kind: type[Recorder]) -> None:
    names["several.test"] = ("8.8.8.8", "2606:4700::1111", "1.1.1.1", "8.8.8.8")
    recorder = kind(frozenset({"8.8.8.8"}))
    assert connected(recorder, "several.test", DENYING) == "connected to 2606:4700::1111"
    assert recorder.tried == ["8.8.8.8", "2606:4700::1111"]
    gone = kind(frozenset({"8.8.8.8", "2606:4700::1111", "1.1.1.1"}))
    with pytest.raises(ConnectionRefusedError):
        connected(gone, "several.test", DENYING)
    assert gone.tried == ["8.8.8.8", "2606:4700::1111", "1.1.1.1"]


@pytest.mark.parametrize("kind", [Recorder, AsyncRecorder])
def test_without_judgement_the_name_is_left_to_the_backend(names: Names, kind: type[Recorder]) -> None:
    recorder = kind()
    connected(recorder, "any.test", egress_for(["any.test"]))
    assert (recorder.tried, names.asked) == (["any.test"], [])
    with pytest.raises(AddressRefused):
        connected(recorder, "other.test", egress_for(["any.test"]))


@pytest.mark.parametrize("kind", [Recorder, AsyncRecorder])
@pytest.mark.parametrize("host", ["a" * 70 + ".test", "a..test"])
def test_a_name_that_no_resolver_takes_does_not_exist(names: Names, kind: type[Recorder], host: str) -> None:
    with pytest.raises(socket.gaierror):
        connected(kind(), host, DENYING)


def test_no_socket_of_this_machine_can_be_meant() -> None:
    with pytest.raises(AssertionError):
        GuardedBackend(Recorder(), DENYING).connect_unix_socket("/x")
    with pytest.raises(AssertionError):
        asyncio.run(AsyncGuardedBackend(Recorder(), DENYING).connect_unix_socket("/x"))


@both
def test_the_host_that_the_client_library_reads_is_judged_too(names: Names, send: Send) -> None:
    """`ß` is `ss` in the first version of international names, and a letter of its own in the second."""
    egress = egress_for(["strasse.test"])
    url = "http://stra\u00dfe.test/"
    assert egress.refusal(url) is None
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", url), egress=egress)
    assert (caught.value.code, names.asked) == ("allow_hosts", [])


def test_without_a_place_for_the_guard_nothing_is_sent() -> None:
    class Elsewhere:
        _pool = object()

    with pytest.raises(AssertionError, match="no address can be judged"):
        guard(Elsewhere(), DENYING)
