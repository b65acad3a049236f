import asyncio
from dataclasses import replace

import pytest

from arazzo_runner.api.shared_tokens import SharedTokens
from arazzo_runner.engine.effects import Authorize, Ticket
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.sources.security import Flow, Grant

GRANT = Grant("api", "oauth", Flow.CLIENT)


def effect(grant: Grant = GRANT) -> Authorize:
    return Authorize(Ticket(1), grant, ("step",), 10.0)


class Server:
    """Gives a new token each time."""

    def __init__(self, lifetime: float | None = 100.0) -> None:
        self.asked = 0
        self.lifetime = lifetime

    async def fetch(self, effect: Authorize) -> Authorized | Failed:
        await asyncio.sleep(0)
        self.asked += 1
        return Authorized({"token": f"t{self.asked}"}, self.lifetime)


def token(found: Authorized | Failed) -> str:
    assert isinstance(found, Authorized)
    return found.fields["token"]


def test_runs_that_ask_at_the_same_time_share_one_exchange() -> None:
    server = Server()

    async def go() -> list[str]:
        tokens = SharedTokens(server.fetch)
        return [token(found) for found in await asyncio.gather(*(tokens.for_run()(effect()) for _ in range(5)))]

    assert asyncio.run(go()) == ["t1"] * 5
    assert server.asked == 1


def test_a_run_that_asks_again_gets_another_one_and_so_do_those_after_it() -> None:
    server = Server()

    async def go() -> list[str]:
        tokens = SharedTokens(server.fetch)
        first, second = tokens.for_run(), tokens.for_run()
        found = [await first(effect()), await second(effect()), await first(effect())]
        refreshing = replace(GRANT, flow=Flow.REFRESH)
        return [token(each) for each in [*found, await second(effect(refreshing)), await tokens.for_run()(effect())]]

    assert asyncio.run(go()) == ["t1", "t1", "t2", "t2", "t2"]
    assert server.asked == 2


@pytest.mark.parametrize(
    ("lifetime", "later", "asked"),
    [(100.0, 50.0, 1), (100.0, 95.0, 2), (1000.0, 969.0, 1), (1000.0, 971.0, 2), (None, 1e6, 1)],
)
def test_a_token_that_ends_soon_is_not_given_to_others(lifetime: float | None, later: float, asked: int) -> None:
    server, now = Server(lifetime), [0.0]

    async def go() -> Authorized | Failed:
        tokens = SharedTokens(server.fetch, lambda: now[0])
        await tokens.for_run()(effect())
        now[0] = later
        return await tokens.for_run()(effect())

    found = asyncio.run(go())
    assert server.asked == asked
    assert isinstance(found, Authorized)
    if lifetime is not None and asked == 1:
        assert found.lifetime == pytest.approx(lifetime - later)


def test_what_differs_is_fetched_for_itself() -> None:
    server = Server()

    async def go() -> None:
        tokens = SharedTokens(server.fetch)
        for scopes in ((), ("a",), ("b",), ("a",)):
            await tokens.for_run()(effect(replace(GRANT, scopes=scopes)))

    asyncio.run(go())
    assert server.asked == 3


def test_a_callable_decides_itself() -> None:
    server = Server()

    async def go() -> None:
        tokens = SharedTokens(server.fetch)
        for _ in range(3):
            await tokens.for_run()(effect(replace(GRANT, flow=Flow.CALLABLE)))

    asyncio.run(go())
    assert server.asked == 3


def test_a_failure_is_not_kept() -> None:
    answers: list[Authorized | Failed] = [Failed(FailureKind.AUTHORIZATION, "no"), Authorized({"token": "yes"})]

    async def fetch(effect: Authorize) -> Authorized | Failed:
        return answers.pop(0)

    async def go() -> tuple[Authorized | Failed, Authorized | Failed]:
        run = SharedTokens(fetch).for_run()
        return await run(effect()), await run(effect())

    refused, given = asyncio.run(go())
    assert isinstance(refused, Failed)
    assert token(given) == "yes"
