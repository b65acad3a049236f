from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner._version import USER_AGENT
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.transports.http import HttpTransport
from arazzo_runner.transports.proxies import ProxyOptions
from arazzo_runner.transports.transport import TransportFailure
from tests import wire
from tests.transports.sending import LONG, Send, both, send, send_each, send_each_async
from tests.wire import Wire


def exchanged(server: Wire, request: Request) -> wire.Received:
    send(request)
    return server.received[-1]


# ---------------------------------------------------------------- what goes out


TARGETS = [
    "/",
    "/api/hubs/chat/:generateToken?api-version=2024-01-01&minutesToExpire=60",
    "/a%2Fb%20c",
    "/a%2fb/%7Euser/~user/%41",
    "/a;v=1,2/b=c/d@e:f/!$&'()*+",
    "/a//b/",
    "//host-like/a",
    "/./a/../b/..",
    "/%2E%2E/a/%2e",
    "/x?q='quoted'&list=a,b&p=(1)!*~",
    "/x?filter[name]=a&b[]=1",
    "/x?a=%5B%5D&b=%27&c=%2F&d=/&e=?&f=:@",
    "/x?%C3%BC=%E2%82%AC%F0%9F%92%A9",
    "/x?a=1&a=2&&b&c=",
    "/x?a+b=c+d%2Be",
    "/x?",
    "/100%25",
    "/x?q=" + "a" * 70_000,
]


@both
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target[:60])
def test_the_target_of_the_request_goes_out_byte_for_byte(send: Send, target: str) -> None:
    with Wire() as server:
        send(Request("GET", server.url + target))
    assert server.lines == [f"GET {target} HTTP/1.1"]


@pytest.mark.parametrize(("url", "target"), [("", "/"), ("?a=1", "/?a=1"), ("#f", "/"), ("/a?b#f", "/a?b")])
def test_a_target_begins_with_a_slash_and_has_no_fragment(url: str, target: str) -> None:
    with Wire() as server:
        send(Request("GET", server.url + url))
    assert server.received[0].target == target


def test_any_visible_text_goes_out_as_it_is() -> None:
    visible = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), max_size=40)
    with Wire() as server, HttpTransport() as transport:

        @given(visible, visible)
        def check(path: str, query: str) -> None:
            target = f"/{path.replace('?', '')}?{query}"
            transport.send(Request("GET", server.url + target), LONG)
            assert server.received[-1].target == target

        check()


@both
@pytest.mark.parametrize("method", ["GET", "POST", "QUERY", "COPY", "copy", "PaTcH"])
def test_a_method_keeps_its_case(send: Send, method: str) -> None:
    with Wire() as server:
        send(Request(method, server.url + "/"))
    assert server.received[0].line.startswith(f"{method} /")


def test_headers_keep_their_order_their_case_and_their_number() -> None:
    headers = (
        ("X-Second", "2"),
        ("x-first", "1"),
        ("X-Second", "again"),
        ("Accept", "text/plain"),
        ("X-U", "gr\u00fcn \u20ac"),
    )
    with Wire() as server:
        received = exchanged(server, Request("GET", server.url + "/", headers))
    sent = [(name, value.decode()) for name, value in received.headers]
    assert sent[0] == ("Host", server.url.removeprefix("http://"))
    assert sent[1:6] == list(headers)
    assert sent[6:] == [("Accept-Encoding", "gzip, deflate"), ("User-Agent", USER_AGENT)]
    assert b"X-U: gr\xc3\xbcn \xe2\x82\xac\r\n" in received.raw


def test_defaults_give_way() -> None:
    own = (("accept", "a/b"), ("accept-encoding", "identity"), ("user-agent", "mine"))
    with Wire() as server:
        received = exchanged(server, Request("GET", server.url + "/", own))
    assert [name for name, _ in received.headers] == ["Host", "accept", "accept-encoding", "user-agent"]


@pytest.mark.parametrize(
    ("method", "body", "lengths"),
    [
        ("POST", b"gr\xc3\xbc\xc3\x9fe", ["7"]),
        ("POST", b"\x00\xff" * 100_000, ["200000"]),
        ("POST", b"", ["0"]),
        ("POST", None, ["0"]),
        ("DELETE", b"x", ["1"]),
        ("GET", None, []),
        ("GET", b"{}", ["2"]),
    ],
)
def test_a_body_goes_out_whole_with_its_length(method: str, body: bytes | None, lengths: list[str]) -> None:
    with Wire() as server:
        received = exchanged(server, Request(method, server.url + "/", (), body))
    assert received.values("Content-Length") == lengths
    assert received.values("Transfer-Encoding") == []
    assert received.body == (body or b"")


def test_no_credential_is_taken_from_a_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password hidden\n", "utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with Wire() as server:
        received = exchanged(server, Request("GET", server.url + "/"))
    assert received.values("Authorization") == []


@pytest.mark.parametrize("send_each", [send_each, send_each_async])
def test_cookies_are_not_kept(send_each: Callable[..., list[Response]]) -> None:
    with Wire(wire.answer(200, b"", ("Set-Cookie", "sid=1; Path=/"), ("Set-Cookie", "b=2"))) as server:
        request = Request("GET", server.url + "/")
        first, _ = send_each(request, request)
        assert server.connections == 1
    assert [value for name, value in first.headers if name == "Set-Cookie"] == ["sid=1; Path=/", "b=2"]
    assert [request.values("Cookie") for request in server.received] == [[], []]


def test_a_secret_of_the_query_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Wire() as server:
        send(Request("GET", server.url + "/x?api_key=hidden-value", (("Authorization", "Bearer also-hidden"),)))
    assert "127.0.0.1" in caplog.text
    assert "hidden" not in caplog.text


# ---------------------------------------------------------------- what comes back


@both
def test_a_response_comes_back_whole(send: Send) -> None:
    headers = (("X-One", "1"), ("x-one", "2"), ("X-Latin", "caf\u00e9"))
    with Wire(wire.answer(418, b"a\x00b", *headers)) as server:
        response = send(Request("GET", server.url + "/"))
    assert response.status == 418
    assert response.body == b"a\x00b"
    assert response.headers == (*headers, ("Content-Length", "3"))


def test_a_header_that_is_no_utf_8_is_latin_1() -> None:
    with Wire(wire.raw(b"HTTP/1.1 200 OK\r\nX-L: caf\xe9\r\nContent-Length: 0\r\n\r\n")) as server:
        assert send(Request("GET", server.url + "/")).header("x-l") == "caf\u00e9"


@both
@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"hello" * 99, mtime=0)),
        ("deflate", zlib.compress(b"hello" * 99)),
        ("identity", b"hello" * 99),
    ],
    ids=["gzip", "deflate", "identity"],
)
def test_a_body_is_decoded(send: Send, coding: str, packed: bytes) -> None:
    with Wire(wire.answer(200, packed, ("Content-Encoding", coding))) as server:
        response = send(Request("GET", server.url + "/"))
    assert response.body == b"hello" * 99
    assert response.header("content-encoding") == coding


@both
def test_a_chunked_body_is_put_together(send: Send) -> None:
    with Wire(wire.raw(wire.CHUNKED + wire.chunk(b"ab") + wire.chunk(b"c") + b"0\r\n\r\n")) as server:
        assert send(Request("GET", server.url + "/")).body == b"abc"


@both
def test_a_body_without_a_length_ends_with_the_connection(send: Send) -> None:
    with Wire(wire.raw(wire.head(200) + b"all of it")) as server:
        assert send(Request("GET", server.url + "/")).body == b"all of it"


@both
@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_an_answer_that_has_no_body_may_state_a_length(send: Send, method: str, status: int) -> None:
    length = [("Content-Length", "200000000")] if status != 204 else []
    with Wire(wire.raw(wire.head(status, length), keep=True)) as server:
        response = send(Request(method, server.url + "/"))
    assert (response.status, response.body) == (status, b"")


@both
def test_interim_answers_are_passed_over(send: Send) -> None:
    with Wire(wire.raw(wire.head(103) + wire.head(100) + wire.head(200, [("Content-Length", "0")]))) as server:
        assert send(Request("GET", server.url + "/")).status == 200


@both
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["/other", "http://[bad", "http://h:99999999/", "//", "http://", "\u00e9://\u00fc"]
)
def test_redirects_are_answers_like_others(send: Send, status: int, location: str) -> None:
    with Wire(wire.answer(status, b"", ("Location", location))) as server:
        response = send(Request("POST", server.url + "/", (), b"body"))
    assert (response.status, response.header("location")) == (status, location)
    assert len(server.received) == 1


def test_a_connection_serves_again_and_is_closed_in_the_end() -> None:
    with Wire() as server:
        with HttpTransport() as transport:
            for _ in range(3):
                transport.send(Request("GET", server.url + "/"), LONG)
        server.wait_closed()
        assert (server.connections, len(server.received)) == (1, 3)


def test_threads_may_share_a_transport() -> None:
    with Wire(wire.answer(200, b"x" * 1000)) as server, HttpTransport() as transport:
        requests = [Request("GET", f"{server.url}/{number}") for number in range(40)]
        with ThreadPoolExecutor(8) as pool:
            bodies = [response.body for response in pool.map(lambda one: transport.send(one, LONG), requests)]
    assert bodies == [b"x" * 1000] * 40
    assert {request.target for request in server.received} == {f"/{number}" for number in range(40)}


@both
@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("GZip", gzip.compress(b"hello", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("deflate, gzip", gzip.compress(zlib.compress(b"hello"), mtime=0)),
        ("identity", b"hello"),
        ("", b"hello"),
    ],
)
def test_content_codings_that_are_asked_for_are_undone(send: Send, coding: str, packed: bytes) -> None:
    with Wire(wire.answer(200, packed, ("Content-Encoding", coding))) as server:
        assert send(Request("GET", server.url)).body == b"hello"
        assert server.received[0].values("accept-encoding") == ["gzip, deflate"]


@both
@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, x-hidden", "compress"])
def test_a_content_coding_that_was_not_asked_for_is_a_failure(send: Send, coding: str) -> None:
    packed = gzip.compress(b"hello") if coding.startswith("gzip") else b"hello"
    answer = wire.answer(200, packed, ("Content-Encoding", coding))
    with Wire(answer) as server, pytest.raises(TransportFailure, match="coding that was not asked for") as caught:
        send(Request("GET", server.url))
    assert caught.value.kind is FailureKind.CODING
    assert "hidden" not in caught.value.message


@both
def test_an_answer_without_a_body_may_name_any_coding(send: Send) -> None:
    with Wire(wire.answer(200, b"", ("Content-Encoding", "br"))) as server:
        assert send(Request("GET", server.url)).body == b""


@both
def test_a_proxy_that_the_caller_names_gets_the_request(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{wire.refusing_port()}")
    with Wire() as proxy:
        send(Request("GET", "http://api.invalid/x"), proxies=ProxyOptions(proxy.url))
        with pytest.raises(TransportFailure, match="not known"):
            send(Request("GET", "http://api.invalid/x"), proxies=ProxyOptions(""))
    assert proxy.lines == ["GET http://api.invalid/x HTTP/1.1"]


@both
def test_a_failure_names_the_proxy_of_the_caller_without_its_password(send: Send) -> None:
    port = wire.refusing_port()
    with pytest.raises(TransportFailure, match="refused") as caught:
        send(Request("GET", "http://api.invalid/x"), proxies=ProxyOptions(f"http://user:hidden@127.0.0.1:{port}"))
    assert f"through the proxy http://127.0.0.1:{port}" in caught.value.message
    assert "hidden" not in caught.value.message
