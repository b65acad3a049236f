from __future__ import annotations

import socket

import pytest

from arazzo_runner.transports.authorization.conversation import Refusal
from arazzo_runner.transports.authorization.redirect import Redirect


@pytest.mark.parametrize(
    "uri",
    ["https://127.0.0.1:1/c", "http://evil.example:80/c", "http://127.0.0.1/c", "http://0.0.0.0:80/c", "x", "http://["],
)
def test_it_listens_on_this_machine_alone(uri: str) -> None:
    with pytest.raises(Refusal) as caught:
        Redirect(uri)
    assert "http://127.0.0.1:8765/callback" in caught.value.message


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match="can't be listened for"):
            Redirect(f"http://127.0.0.1:{port}/c")


def test_the_uri_that_the_caller_registered_is_kept() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    redirect = Redirect(f"http://localhost:{port}/back")
    redirect.close()
    assert redirect.uri == f"http://localhost:{port}/back"
