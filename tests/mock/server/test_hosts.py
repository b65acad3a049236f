import pytest

from arazzo_runner.mock.server.hosts import answers_to, host_of, is_loopback


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True), ("LOCALHOST.", True), ("api.localhost", True), ("127.0.0.1", True), ("127.9.9.9", True),
        ("::1", True), ("0.0.0.0", False), ("10.0.0.1", False), ("localhost.example.com", False), ("", False),
        ("127.0.0.1.example.com", False),
    ],
)  # fmt: skip
def test_names_of_this_machine(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("authority", "host"),
    [("localhost:80", "localhost"), ("[::1]:80", "::1"), ("a@b:1", "b"), ("[::1", ""), ("", "")],
)
def test_the_host_of_an_authority(authority: str, host: str) -> None:
    assert host_of(authority) == host


@pytest.mark.parametrize(
    ("authority", "answered"),
    [(None, True), ("localhost:4010", True), ("[::1]:1", True), ("evil.example:4010", False), ("", False)],
)
def test_another_name_is_refused(authority: str | None, answered: bool) -> None:
    assert answers_to(authority) is answered
