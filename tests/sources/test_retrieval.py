import os
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from arazzo_runner.sources import retrieval
from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure, Retrieved, fetch, no_web_page, read_file, retrieve

URL = "https://example.com/api.yml"


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a b#c%.yml"
    path.write_bytes(b"openapi: 3.1.0")
    assert retrieve(file_uri(path)) == Retrieved(b"openapi: 3.1.0", file_uri(path))


def test_a_missing_file_and_a_folder_say_what_they_are(tmp_path: Path) -> None:
    assert retrieve(file_uri(tmp_path / "no.yml")) == RetrievalFailure(
        file_uri(tmp_path / "no.yml"), "there is no such file"
    )
    assert retrieve(file_uri(tmp_path)) == RetrievalFailure(file_uri(tmp_path), "it is a folder, not a file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("x")
    path.chmod(0)
    found = retrieve(file_uri(path))
    assert isinstance(found, RetrievalFailure)
    assert "permission" in found.reason


def test_permission_denied_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yml").write_text("x")
    monkeypatch.setattr(Path, "open", deny)
    found = read_file(file_uri(tmp_path / "a.yml"))
    assert isinstance(found, RetrievalFailure)
    assert "permission denied" in found.reason


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="a device of POSIX systems")
def test_a_device_is_refused() -> None:
    found = retrieve("file:///dev/null")
    assert isinstance(found, RetrievalFailure)
    assert found.reason == "it is not a regular file"


@pytest.mark.parametrize(
    "uri", ["file:///x?y", "file:///" + "x" * 5000, "file:///a%00b", "ftp://example.com/x", "urn:example:x"]
)
def test_what_can_be_no_document_is_a_failure(uri: str) -> None:
    assert isinstance(retrieve(uri), RetrievalFailure)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "MAX_SOURCE_BYTES", 1024 * 1024)
    path = tmp_path / "big.yml"
    path.write_bytes(b"x" * (1024 * 1024))
    assert isinstance(retrieve(file_uri(path)), Retrieved)
    path.write_bytes(b"x" * (1024 * 1024 + 1))
    found = retrieve(file_uri(path))
    assert isinstance(found, RetrievalFailure)
    assert found.reason == "it is larger than 1 MiB"


def test_a_document_is_fetched_without_credentials_or_cookies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine example.com login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        if request.url.path == "/api.yml":
            return httpx2.Response(302, headers={"Location": "/moved/api.yml", "Set-Cookie": "a=b; Path=/"})
        return httpx2.Response(200, content=b"openapi: 3.1.0", headers={"Content-Type": "text/yaml"})

    found = fetch(URL, httpx2.MockTransport(answer))
    assert found == Retrieved(b"openapi: 3.1.0", "https://example.com/moved/api.yml", "text/yaml")
    assert len(seen) == 2
    assert all(not {"authorization", "cookie"} & {name.lower() for name in request.headers} for request in seen)


def test_a_url_with_a_password_is_refused_and_not_repeated() -> None:
    found = fetch("https://me:secret@example.com/api.yml")
    assert isinstance(found, RetrievalFailure)
    assert "secret" not in f"{found}"


@pytest.mark.parametrize(
    ("status", "reason", "help"),
    [
        (404, "the server answered 404 Not Found", ""),
        (500, "the server answered 500 Internal Server Error", ""),
        (401, "the server answered 401 Unauthorized", "no credential is sent for a document: download it first"),
    ],
)
def test_an_answer_that_is_no_success_is_a_failure(status: int, reason: str, help: str) -> None:
    found = fetch(URL, httpx2.MockTransport(lambda _: httpx2.Response(status)))
    assert found == RetrievalFailure(URL, reason, help)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (httpx2.ConnectError("Connection refused"), "no connection to example.com: Connection refused"),
        (httpx2.ReadTimeout("slow"), "the server did not answer within 30 seconds"),
        (httpx2.RemoteProtocolError("Server disconnected"), "Server disconnected"),
    ],
)
def test_trouble_on_the_way_is_a_failure(problem: Exception, reason: str) -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise problem

    assert fetch(URL, httpx2.MockTransport(fail)) == RetrievalFailure(URL, reason)


@pytest.mark.parametrize(
    ("target", "reason"), [("/api.yml", "redirects more than 5 times"), ("file:///etc/passwd", "")]
)
def test_redirects_end(target: str, reason: str) -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(302, headers={"Location": target}))
    found = fetch(URL, transport)
    assert isinstance(found, RetrievalFailure)
    assert reason in found.reason


class Dripping(httpx2.SyncByteStream):
    def __init__(self, chunks: int) -> None:
        self.left = chunks

    def __iter__(self) -> Iterator[bytes]:
        while self.left:
            self.left -= 1
            yield b"x" * 1024


def test_an_answer_over_the_limit_is_given_up_while_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "MAX_SOURCE_BYTES", 10 * 1024)
    body = Dripping(1000)
    found = fetch(URL, httpx2.MockTransport(lambda _: httpx2.Response(200, stream=body)))
    assert isinstance(found, RetrievalFailure)
    assert body.left == 989


def test_an_answer_that_drips_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 10))
    monkeypatch.setattr("arazzo_runner.sources.retrieval.time.monotonic", lambda: next(clock))
    found = fetch(URL, httpx2.MockTransport(lambda _: httpx2.Response(200, stream=Dripping(1000))))
    assert found == RetrievalFailure(URL, "it did not arrive within 30 seconds")


@pytest.mark.parametrize(
    ("content", "content_type", "is_page"),
    [
        (b"<!DOCTYPE html><html></html>", "", True),
        (b"\xef\xbb\xbf\n <HTML lang=en>", "application/octet-stream", True),
        (b"<!-- hello --><p>", "text/html; charset=utf-8", True),
        (b"openapi: 3.1.0", "text/html", False),
        (b'{"openapi": "3.1.0"}', "", False),
        (b"<root/>", "application/xml", False),
    ],
)
def test_web_pages_are_told_from_descriptions(content: bytes, content_type: str, is_page: bool) -> None:
    found = no_web_page(Retrieved(content, URL, content_type))
    assert isinstance(found, RetrievalFailure) == is_page


@pytest.mark.parametrize(
    ("referrer", "uri", "allowed"),
    [
        ("file:///a/flow.yml", "file:///etc/hosts", True),
        ("file:///a/flow.yml", "https://example.com/x", True),
        ("https://example.com/flow.yml", "http://example.com/x", True),
        ("https://example.com/flow.yml", "file:///etc/hosts", False),
        ("https://example.com/flow.yml", "FILE:///etc/hosts", False),
        ("file:///a/flow.yml", "ftp://example.com/x", False),
        ("file:///a/flow.yml", "data:,x", False),
    ],
)
def test_what_a_document_may_make_us_read(referrer: str, uri: str, allowed: bool) -> None:
    assert (Policy.of(referrer).refusal(uri) is None) == allowed
