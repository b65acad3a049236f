import pytest

from arazzo_runner.sources.security.origins import authority, is_named, origin_of, unfit


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://id.example/token", ""),
        ("http://127.0.0.1:8080/token", ""),
        ("http://localhost/token", ""),
        ("http://[::1]:1/token", ""),
        ("http://named.example/token", ""),
        ("http://id.example/token", "--auth-host id.example"),
        ("http://127.0.0.1.evil.example/token", "not encrypted"),
        ("http://localhost.evil.example/token", "not encrypted"),
        ("ftp://id.example/token", "no URL of http"),
        ("/token", "no URL of http"),
        ("https://id.example:port/token", "no URL"),
        ("https://me:secret@id.example/token", "user information"),
    ],
)
def test_what_a_secret_may_be_sent_to(url: str, reason: str) -> None:
    found = unfit(url, {"named.example"})
    assert (reason in found) if reason else found == ""


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("id.example", True),
        ("ID.example:443", True),
        ("id.example:8443", False),
        ("example", False),
        ("x.id.example", False),
    ],
)
def test_which_host_is_named(host: str, named: bool) -> None:
    assert is_named("https://id.example/token", {host}) is named


def test_origins() -> None:
    assert (
        origin_of("https://Id.example/a") == origin_of("https://id.example:443/b") != origin_of("http://id.example/a")
    )
    assert authority("https://me:pw@id.example:1/a") == "id.example:1"
