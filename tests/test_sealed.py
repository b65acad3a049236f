"""The seal around every test holds: no address but this machine's, no setting of the developer's own."""

import asyncio
import os
import socket

import pytest


@pytest.fixture
def listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("10.0.0.1", 443), ("example.com", 80)])
def test_a_foreign_address_is_refused(address: tuple[str, int]) -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="tried to reach"):
        connection.connect(address)
    with socket.socket() as connection, pytest.raises(AssertionError, match="tried to reach"):
        connection.connect_ex(address)


def test_a_foreign_name_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match=r"tried to look up 'example\.com'"):
        socket.create_connection(("example.com", 80))
    with pytest.raises(AssertionError, match="tried to look up"):
        asyncio.run(asyncio.open_connection("example.com", 80))


def test_a_name_that_never_resolves_fails_as_it_does_elsewhere() -> None:
    with pytest.raises(socket.gaierror):
        socket.create_connection(("nowhere.invalid", 80))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_open(listener: socket.socket, host: str) -> None:
    with listener, socket.create_connection((host, listener.getsockname()[1])) as connection:
        assert connection.getpeername() == listener.getsockname()


def test_no_variable_of_the_developer_is_seen() -> None:
    seen = {name for name in os.environ if name.upper().startswith("ARAZZO_") or name.upper().endswith("_PROXY")}
    assert not seen
