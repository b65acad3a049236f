from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arazzo_runner.engine.effects import Authorize, Ticket
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.sources.security import Flow, Grant
from arazzo_runner.transports.authorization import AsyncAuthorizer
from arazzo_runner.transports.http import AsyncHttpTransport
from tests import wire
from tests.authorization_server import Home
from tests.transports.authorization.talking import CLIENT, PUBLIC, Stage, grant


def ask(wanted: Grant, stage: Stage | None = None, **suppliers: Any) -> Authorized | Failed:
    async def main() -> Authorized | Failed:
        transport = AsyncHttpTransport()
        named: dict[tuple[str | None, str], Any] = {
            (source, "oauth"): supplier for source, supplier in suppliers.items()
        }
        effect = Authorize(Ticket(1), wanted, ("s",), 10.0)
        try:
            return await AsyncAuthorizer(transport, named, (stage or Stage()).world).answer(effect)
        finally:
            await transport.close()

    return asyncio.run(main())


def test_a_flow_in_a_loop() -> None:
    with Home() as home:
        home.pending = 2
        assert isinstance(ask(grant(Flow.CLIENT, CLIENT, token_url=f"{home.url}/token")), Authorized)
        urls = {"token_url": f"{home.url}/token", "device_url": f"{home.url}/device"}
        assert isinstance(ask(grant(Flow.DEVICE, PUBLIC, **urls)), Authorized)


def test_a_connection_that_is_refused() -> None:
    failed = ask(grant(Flow.CLIENT, token_url=f"http://127.0.0.1:{wire.refusing_port()}/token"))
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.REFUSED


async def _later() -> str:
    return "t"


@pytest.mark.parametrize("supplier", [_later, lambda: "t"])
def test_callables_of_both_kinds(supplier: Any) -> None:
    assert ask(Grant("api", "oauth", Flow.CALLABLE), api=supplier) == Authorized({"TOKEN": "t", "API_KEY": "t"})
