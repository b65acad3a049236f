from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from arazzo_runner._version import USER_AGENT
from arazzo_runner.sources import fetch as fetching
from arazzo_runner.sources.fetch import fetch
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from tests.wire import Wire, answer, close, drip, hang, head, raw

URL = "https://example.com/api.yml"
Answer = Callable[[httpx2.Request], httpx2.Response]


def fetched(answer: Answer, known: Retrieved | None = None) -> Retrieval:
    return fetch(URL, known, httpx2.MockTransport(answer))


def reason(found: Retrieval) -> str:
    assert isinstance(found, RetrievalFailure)
    return found.reason


def test_a_document_is_fetched_without_credentials_or_cookies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine example.com login me password secret\nmachine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    moved = raw(
        head(302, [("Location", "/moved/api.yml"), ("Set-Cookie", "a=b; Path=/"), ("Content-Length", "0")]), keep=True
    )
    found_there = answer(200, b"openapi: 3.1.0", ("Content-Type", "text/yaml"))
    with Wire(moved, found_there) as wire:
        found = fetch(f"{wire.url}/api.yml")
        assert found == Retrieved(b"openapi: 3.1.0", f"{wire.url}/moved/api.yml", "text/yaml")
    assert wire.lines == ["GET /api.yml HTTP/1.1", "GET /moved/api.yml HTTP/1.1"]
    for request in wire.received:
        assert not {"authorization", "cookie"} & {name.lower() for name, _ in request.headers}
        assert b"secret" not in request.raw
        assert request.values("User-Agent") == [USER_AGENT]


@pytest.mark.parametrize("url", ["https://me:secret@example.com/api.yml", "https://secret@example.com/"])
def test_a_url_with_a_password_is_refused_and_not_repeated(url: str) -> None:
    found = fetch(url)
    assert "user name or password" in reason(found)
    assert "secret" not in f"{found}"


@pytest.mark.parametrize(
    ("status", "reason", "help"),
    [
        (404, "the server answered 404 Not Found", ""),
        (304, "the server answered 304 Not Modified", ""),
        (500, "the server answered 500 Internal Server Error", ""),
        (401, "the server answered 401 Unauthorized", "no credential is sent for a document: download it first"),
    ],
)
def test_an_answer_that_is_no_success_is_a_failure(status: int, reason: str, help: str) -> None:
    assert fetched(lambda _: httpx2.Response(status)) == RetrievalFailure(URL, reason, help)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (httpx2.ConnectError("Connection refused"), "no connection to example.com: Connection refused"),
        (httpx2.ReadTimeout("slow"), "it did not arrive within 30 seconds"),
        (httpx2.RemoteProtocolError("Server disconnected"), "Server disconnected"),
    ],
)
def test_trouble_on_the_way_is_a_failure(problem: Exception, reason: str) -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise problem

    assert fetched(fail) == RetrievalFailure(URL, reason)


def test_a_fault_of_ours_is_not_swallowed() -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        fetched(fail)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("/api.yml", "redirects more than 5 times"),
        ("file:///etc/passwd", "it redirects to file:///etc/passwd, and"),
        ("FILE:///etc/passwd", "http and https alone"),
        ("ftp://example.com/x", "http and https alone"),
        ("data:,openapi", "http and https alone"),
        ("http://example.com/api.yml", "from https to http://example.com/api.yml"),
        ("https://me:hidden@example.com/", "user name or password"),
        ("", "redirects more than"),
    ],
)
def test_redirects_end_where_they_must(target: str, told: str) -> None:
    asked: list[str] = []

    def moved(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"Location": target})

    found = reason(fetched(moved))
    assert told in found
    assert "hidden" not in found
    assert asked == [URL] * (6 if "more than" in told else 1)


def test_what_has_not_changed_is_what_is_known() -> None:
    known = Retrieved(b"old", URL, "", (("etag", '"1"'), ("last-modified", "yesterday")))
    seen: list[httpx2.Request] = []

    def same(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(304)

    assert fetched(same, known) is known
    assert (seen[0].headers["If-None-Match"], seen[0].headers["If-Modified-Since"]) == ('"1"', "yesterday")


def test_a_condition_goes_to_the_place_alone_that_the_copy_came_from() -> None:
    known = Retrieved(b"old", "https://example.com/moved.yml", "", (("etag", '"1"'),))
    seen: list[httpx2.Request] = []

    def behave(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return (
            httpx2.Response(304)
            if "moved" in request.url.path
            else httpx2.Response(301, headers={"Location": "/moved.yml"})
        )

    assert fetched(behave, known) is known
    assert ["If-None-Match" in request.headers for request in seen] == [False, True]


@pytest.mark.parametrize(
    ("status", "headers", "validators"),
    [
        (200, {"ETag": '"1"'}, (("etag", '"1"'),)),
        (200, {}, ()),
        (200, {"ETag": '"1"', "Cache-Control": "private, No-Store"}, None),
        (203, {"ETag": '"1"'}, None),
    ],
)
def test_an_answer_tells_whether_it_may_be_kept(status: int, headers: dict[str, str], validators: object) -> None:
    found = fetched(lambda _: httpx2.Response(status, content=b"x", headers=headers))
    assert isinstance(found, Retrieved)
    assert found.validators == validators


class Dripping(httpx2.SyncByteStream):
    def __init__(self, chunks: int) -> None:
        self.left = chunks

    def __iter__(self) -> Iterator[bytes]:
        while self.left:
            self.left -= 1
            yield b"x" * 1024


def test_an_answer_over_the_limit_is_given_up_while_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_SOURCE_BYTES", 10 * 1024)
    body = Dripping(1000)
    assert "larger than" in reason(fetched(lambda _: httpx2.Response(200, stream=body)))
    assert body.left == 989


@pytest.mark.parametrize(
    "behaviour",
    [
        drip(b"x", head(200, [("Content-Length", "1000000")])),
        drip(b"X-More: 1\r\n", b"HTTP/1.1 200 OK\r\n"),
        hang(),
        hang(head(200, [("Content-Length", "5")])),
    ],
    ids=["body", "header", "silence", "half"],
)
def test_a_server_that_drips_or_keeps_silent_is_given_up(
    behaviour: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "FETCH_TIMEOUT", 0.3)
    with Wire(behaviour) as wire:
        assert reason(fetch(f"{wire.url}/api.yml")) == "it did not arrive within 0.3 seconds"


def test_redirects_share_one_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(fetching, "monotonic", lambda: next(clock))
    seen: list[float] = []

    def moved(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx2.Response(302, headers={"Location": "/again"})

    fetched(moved)
    assert seen[:3] == [20, 10, 0.001]


@pytest.mark.parametrize(
    "behaviour", [close(), raw(b"SSH-2.0-x\r\n"), raw(head(200, [("Content-Length", "9")]) + b"x")]
)
def test_an_answer_that_is_none_is_a_failure(behaviour: Callable[..., bool]) -> None:
    with Wire(behaviour) as wire:
        assert reason(fetch(f"{wire.url}/api.yml"))
