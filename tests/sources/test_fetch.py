from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from arazzo_runner._version import USER_AGENT
from arazzo_runner.sources import fetch as fetching
from arazzo_runner.sources.egress.policy import Egress, egress_for
from arazzo_runner.sources.fetch import fetch
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from tests.names import Names
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


@pytest.fixture
def proxyless(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    return monkeypatch


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "inner.test", "[::ffff:127.0.0.1]"])
def test_no_document_is_fetched_from_a_private_address(proxyless: pytest.MonkeyPatch, host: str) -> None:
    names = Names(proxyless)
    names["inner.test"] = names["localhost"] = "127.0.0.1"
    with Wire(answer(200, b"a: 1")) as wire:
        told = reason(fetch(f"http://{host}:{wire.port}/a.yml", egress=Egress(deny_private=True)))
    assert "address" in told
    assert wire.connections == 0


def test_a_document_comes_from_the_address_that_was_judged(proxyless: pytest.MonkeyPatch) -> None:
    proxyless.setattr("arazzo_runner.sources.egress.connecting.private_kind", lambda address: "")
    names = Names(proxyless)
    names["docs.test"] = [("127.0.0.1",), ("10.0.0.1",)]
    with Wire(answer(200, b"a: 1")) as wire:
        found = fetch(f"http://docs.test:{wire.port}/a.yml", egress=Egress(deny_private=True))
    assert isinstance(found, Retrieved)
    assert (found.content, names.asked) == (b"a: 1", ["docs.test"])
    assert wire.received[0].values("Host") == [f"docs.test:{wire.port}"]


def test_a_name_that_does_not_exist_is_no_fault_of_ours(proxyless: pytest.MonkeyPatch) -> None:
    Names(proxyless)
    assert "no connection to nowhere.test" in reason(
        fetch("http://nowhere.test/a.yml", egress=Egress(deny_private=True))
    )


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
def test_no_proxy_looks_names_up_where_addresses_are_judged(proxyless: pytest.MonkeyPatch, variable: str) -> None:
    with Wire(answer(200, b"a: 1")) as wire:
        proxyless.setenv(variable, wire.url)
        told = reason(fetch("http://docs.test/a.yml", egress=Egress(deny_private=True)))
    assert "the proxy of the environment looks names up itself" in told
    assert wire.connections == 0


def test_a_redirect_goes_to_hosts_that_are_allowed() -> None:
    with Wire(answer(200, b"a: 1")) as other:
        with Wire(answer(302, b"", ("Location", f"http://127.1:{other.port}/b.yml"))) as wire:
            egress = egress_for([f"127.0.0.1:{wire.port}"])
            told = reason(fetch(f"{wire.url}/a.yml", egress=egress))
        assert f"it redirects to http://127.1:{other.port}/b.yml, and 127.0.0.1:{other.port} is not among" in told
        assert other.connections == 0
