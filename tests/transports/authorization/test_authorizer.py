from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from arazzo_runner.engine.effects import Authorize, Ticket
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.security import Credential, Flow, Grant
from arazzo_runner.transports.authorization import Authorizer
from arazzo_runner.transports.http import HttpTransport
from tests import wire
from tests.transports.authorization.talking import fetch, grant

EFFECT = Authorize(Ticket(1), Grant("api", "oauth", Flow.CALLABLE), ("s",), 10.0)


def ask(**suppliers: Any) -> Authorized | Failed:
    named = {(None if name == "every" else name, "oauth"): supplier for name, supplier in suppliers.items()}
    with HttpTransport() as transport:
        return Authorizer(transport, named).answer(EFFECT)


def test_a_callable_gives_a_text_or_a_credential() -> None:
    assert ask(api=lambda: "t") == Authorized({"TOKEN": "t", "API_KEY": "t"})
    assert ask(every=lambda: Credential({"TOKEN": "t"})) == Authorized({"TOKEN": "t"})
    assert ask(every=lambda: "a", api=lambda: "b") == Authorized({"TOKEN": "b", "API_KEY": "b"})


async def _later() -> str:
    return "t"


@pytest.mark.parametrize(("supplier", "message"), [(lambda: 7, "gave a int"), (_later, "asynchronous")])
def test_a_callable_that_gives_something_else(supplier: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(api=supplier)


def test_what_a_callable_raises_goes_to_its_caller() -> None:
    def fail() -> str:
        raise LookupError("no vault")

    with pytest.raises(LookupError, match="no vault"):
        ask(api=fail)


def test_a_connection_that_is_refused_is_told_as_such() -> None:
    failed = fetch(grant(Flow.CLIENT, token_url=f"http://127.0.0.1:{wire.refusing_port()}/token"))
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.REFUSED
    assert "127.0.0.1" in failed.message


def test_a_server_that_is_silent_uses_up_the_time() -> None:
    with wire.Wire(wire.hang()) as server:
        failed = fetch(grant(Flow.CLIENT, token_url=f"{server.url}/token"), patience=0.1)
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.TIMEOUT


def test_nothing_of_it_is_loaded_before_it_is_wanted() -> None:
    script = (
        "import sys, arazzo_runner.api.running, arazzo_runner.transports.http;"
        "print([name for name in sys.modules if 'oauthlib' in name or 'transports.authorization' in name])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
