import os
from pathlib import Path

import pytest

from arazzo_runner.sources import retrieval
from arazzo_runner.sources.access import retrieve
from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure, Retrieved, no_foreign, read_file

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
    found = no_foreign(Retrieved(content, URL, content_type))
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
        ("file:///a/flow.yml", "file://localhost/a/x", True),
        ("file:///a/flow.yml", "file://host/share/x", False),
        ("file:///a/flow.yml", "file:////host/share/x", False),
        ("file://host/share/flow.yml", "file://HOST/share/x", True),
        ("file://host/share/flow.yml", "file://other/share/x", False),
        ("file://host/share/flow.yml", "file:///a/x", True),
    ],
)
def test_what_a_document_may_make_us_read(referrer: str, uri: str, allowed: bool) -> None:
    assert (Policy.of(referrer).refusal(uri) is None) == allowed


@pytest.mark.parametrize(
    ("name", "inside"),
    [("in/a.yml", True), ("a.yml", False), ("in/out.yml", False), ("in/back.yml", True), ("into.yml", True)],
)
def test_a_root_confines_what_is_read_links_resolved(tmp_path: Path, name: str, inside: bool) -> None:
    (tmp_path / "in").mkdir()
    for file in ("a.yml", "in/a.yml"):
        (tmp_path / file).write_text("x")
    (tmp_path / "in/out.yml").symlink_to(tmp_path / "a.yml")
    (tmp_path / "in/back.yml").symlink_to("a.yml")
    (tmp_path / "into.yml").symlink_to("in/a.yml")
    found = read_file(file_uri(tmp_path / name), tmp_path / "in")
    assert isinstance(found, Retrieved) == inside
    assert inside or (isinstance(found, RetrievalFailure) and "outside" in found.reason)


def test_a_root_that_is_a_link_is_the_folder_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.yml").write_text("x")
    (tmp_path / "link").symlink_to("real")
    assert isinstance(read_file(file_uri(tmp_path / "link/a.yml"), tmp_path / "link"), Retrieved)
    missing = read_file(file_uri(tmp_path / "real/no.yml"), tmp_path / "real")
    assert isinstance(missing, RetrievalFailure)
    assert missing.absent


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "an image (PNG)"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\0", "an archive (zip)"),
        (b"\x1f\x8b\x08\0", "an archive (gzip)"),
        (bytes(100), "a binary file"),
        ("openapi: 3.1.0".encode("utf-16"), ""),
        ("openapi: 3.1.0".encode("utf-32"), ""),
        (b"openapi: 3.1.0 # \0", ""),
        (b"", ""),
    ],
)
def test_binary_files_are_told_from_descriptions(content: bytes, told: str) -> None:
    found = no_foreign(Retrieved(content, URL))
    assert isinstance(found, RetrievalFailure) == bool(told)
    assert not isinstance(found, RetrievalFailure) or told in found.reason


def test_a_page_behind_a_redirect_says_where_that_led() -> None:
    found = no_foreign(Retrieved(b"<html>", "https://login.example/?token=abcdefgh"), URL)
    assert isinstance(found, RetrievalFailure)
    assert found.uri == URL
    assert "after a redirect to https://login.example/" in found.reason
    assert "abcdefgh" not in found.reason
