from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.location import (
    STDIN_NAME,
    file_path,
    file_uri,
    is_local,
    locate,
    name_of,
    origin,
    resolve,
    scheme_of,
    shown,
)

CWD = Path("/home/some one").absolute()


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("flow.yml", CWD / "flow.yml"),
        ("./specs/a b.yml", CWD / "specs" / "a b.yml"),
        ("50%#1?.yml", CWD / "50%#1?.yml"),
        ("ünï.yml", CWD / "ünï.yml"),
        ("mailto:x", CWD / "mailto:x"),
        ("~nobody-of-that-name/x.yml", CWD / "~nobody-of-that-name" / "x.yml"),
    ],
)
def test_a_path_becomes_a_uri_that_names_the_same_file(typed: str, path: Path) -> None:
    found = locate(typed, CWD)
    assert found.name == typed
    assert Path(file_path(found.uri)) == path


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Path(file_path(locate("~/flow.yml", CWD).uri)) == tmp_path / "flow.yml"


def test_dots_are_resolved_through_links(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real" / "deep")
    found = locate("link/../flow.yml", tmp_path)
    assert Path(file_path(found.uri)) == (tmp_path / "real" / "flow.yml").resolve()


def test_a_link_without_dots_stays_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert locate("link/flow.yml", tmp_path).uri == file_uri(tmp_path / "link" / "flow.yml")


@pytest.mark.parametrize(
    ("typed", "uri", "name"),
    [
        ("https://example.com/a.yml", "https://example.com/a.yml", "https://example.com/a.yml"),
        ("HTTP://example.com/a.yml#x", "HTTP://example.com/a.yml", "HTTP://example.com/a.yml#x"),
        ("https://me:secret@example.com/a", "https://me:secret@example.com/a", "https://example.com/a"),
        ("file:///tmp/a.yml", "file:///tmp/a.yml", "file:///tmp/a.yml"),
    ],
)
def test_a_url_stays_itself(typed: str, uri: str, name: str) -> None:
    found = locate(typed, CWD)
    assert (found.uri, found.name) == (uri, name)


def test_standard_input_stands_in_the_working_folder() -> None:
    found = locate("-", CWD)
    assert found.name == STDIN_NAME
    assert resolve(found.uri, "api.yml") == file_uri(CWD / "api.yml")


@pytest.mark.parametrize("typed", ["", "ftp://example.com/a.yml", "s3://bucket/a.yml"])
def test_what_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        locate(typed, CWD)


@pytest.mark.parametrize(
    ("uri", "posix", "windows"),
    [
        ("file:///C:/specs/a%20b.yml", "/C:/specs/a b.yml", "C:\\specs\\a b.yml"),
        ("file:///c|/specs/a.yml", "/c|/specs/a.yml", "C:\\specs\\a.yml"),
        ("file:///C:", "/C:", "C:\\"),
        ("file:///home/a%23b%3Fc%25.yml", "/home/a#b?c%.yml", "\\home\\a#b?c%.yml"),
        ("file://localhost/x", "/x", "\\x"),
        ("file:/x", "/x", "\\x"),
        ("file:///%C3%BC.yml", "/ü.yml", "\\ü.yml"),
    ],
)
def test_a_file_uri_names_a_path_on_each_system(uri: str, posix: str, windows: str) -> None:
    assert file_path(uri, windows=False) == posix
    assert file_path(uri, windows=True) == windows


def test_another_host_is_a_share_on_windows_and_nothing_elsewhere() -> None:
    assert file_path("file://server/share/a.yml", windows=True) == "\\\\server\\share\\a.yml"
    with pytest.raises(ValueError, match="another host"):
        file_path("file://server/share/a.yml", windows=False)


@pytest.mark.parametrize("uri", ["file:///a?b", "file:///a%00b"])
def test_a_uri_that_no_file_can_have_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match=r"query|NUL"):
        file_path(uri)


@given(st.lists(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_path_survives_the_way_to_a_uri_and_back(parts: list[str]) -> None:
    path = Path("/", *parts)
    assert Path(file_path(file_uri(path), windows=False)) == path


@pytest.mark.parametrize(
    ("base", "reference", "target"),
    [
        ("file:///a/b/flow.yml", "../api.yml", "file:///a/api.yml"),
        ("file:///a/b/flow.yml", " ./api.yml#/paths", "file:///a/b/api.yml"),
        ("file:///a/b/flow.yml", "https://example.com/api.yml", "https://example.com/api.yml"),
        ("https://example.com/x/flow.yml", "/api.yml", "https://example.com/api.yml"),
        ("https://example.com/x/flow.yml", "api.yml?v=2", "https://example.com/x/api.yml?v=2"),
        ("https://example.com/x/flow.yml", "//other.example/api.yml", "https://other.example/api.yml"),
        ("urn:example:flow", "urn:example:api", "urn:example:api"),
    ],
)
def test_references_are_resolved_against_their_base(base: str, reference: str, target: str) -> None:
    assert resolve(base, reference) == target


@pytest.mark.parametrize(
    ("base", "reference", "reason"),
    [
        ("", "api.yml", "nothing says to what"),
        ("file:///a/flow.yml", "C:\\specs\\api.yml", "Windows path"),
        ("file:///a/flow.yml", "http://[::1/x", "IPv6"),
    ],
)
def test_a_reference_without_target_says_why(base: str, reference: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        resolve(base, reference)


@pytest.mark.parametrize(
    ("uri", "scheme"),
    [("HTTPS://x", "https"), ("file:/x", "file"), ("a/b", ""), ("C:/x", ""), ("1x:y", "")],
)
def test_schemes_are_told(uri: str, scheme: str) -> None:
    assert scheme_of(uri) == scheme
    assert is_local(uri) == (scheme == "file")


def test_user_information_is_never_shown() -> None:
    assert shown("https://me:secret@example.com:8443/a?b") == "https://example.com:8443/a?b"
    assert shown("https://example.com/a@b") == "https://example.com/a@b"


def test_an_origin_is_scheme_and_authority() -> None:
    assert origin("https://Example.com:8443/a") == ("https", "example.com:8443")


def test_a_person_sees_paths_below_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_of(file_uri(Path.cwd() / "specs" / "api.yml")) == str(Path("specs", "api.yml"))
    assert name_of("https://me@example.com/api.yml") == "https://example.com/api.yml"
    assert name_of("file://elsewhere/api.yml?x") == "file://elsewhere/api.yml?x"


@pytest.mark.parametrize(
    ("uri", "text"),
    [
        ("https://h/a.yml?sig=abcdefgh&v=1", "https://h/a.yml?sig=[redacted]&v=1"),
        ("https://h/a.yml?token=abc", "https://h/a.yml?token=[redacted]"),
        ("https://u:p@h/a.yml?v=1", "https://h/a.yml?v=1"),
    ],
)
def test_a_signed_link_is_shown_without_its_signature(uri: str, text: str) -> None:
    assert shown(uri) == text
