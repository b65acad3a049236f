"""Who answers a run: the network, a transport of the caller's own, or a mock."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, Prepared, load, prepare
from arazzo_runner.api.worlds import answer_of, async_sender, both, proxies_of, world_of
from arazzo_runner.drivers.clock import RealTime, SimulatedTime
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.errors import UsageError
from tests.journal.runs import flow, written


class Own:
    def send(self, request: Request, timeout: float | None) -> Response:
        return Response(200)


class Later:
    async def send(self, request: Request, timeout: float | None) -> Response:
        return Response(200)


def _prepared(folder: Path, **options: Any) -> Prepared:
    return prepare(load(written(folder, flow())), None, Options(servers={"": "http://api.example.com"}, **options))


def test_a_mock_has_a_time_of_its_own(tmp_path: Path) -> None:
    world, close = world_of(_prepared(tmp_path, mock=True), None)
    assert isinstance(world.time, SimulatedTime)
    close()


@pytest.mark.parametrize("transport", [None, Own()])
def test_the_network_has_the_real_time(tmp_path: Path, transport: object) -> None:
    world, close = world_of(_prepared(tmp_path), transport)
    assert isinstance(world.time, RealTime)
    close()


@pytest.mark.parametrize(
    ("options", "transport", "words"),
    [
        ({"mock": True}, Own(), "takes no transport"),
        ({}, Later(), "asynchronous"),
        ({}, object(), "can't send requests"),
        ({"deny_private": True}, Own(), "opens its connections itself"),
    ],
)
def test_what_can_not_answer_is_refused(tmp_path: Path, options: dict[str, Any], transport: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        world_of(_prepared(tmp_path, **options), transport)


@pytest.mark.parametrize("transport", [None, Own(), Later()])
def test_a_loop_takes_transports_of_both_kinds(tmp_path: Path, transport: object) -> None:
    sender, close = async_sender(_prepared(tmp_path), transport)
    assert callable(sender.send)
    asyncio.run(close())


def test_an_answer_comes_over_the_transport() -> None:
    assert callable(answer_of(Own()))


def test_proxies_are_those_of_the_options() -> None:
    found = proxies_of(Options(proxy="http://localhost:1", no_proxy=("a", "b")))
    assert (found.url, found.excepted) == ("http://localhost:1", "a,b")


def test_both_are_closed_whatever_becomes_of_the_first() -> None:
    closed = []

    def fail() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        both(fail, lambda: closed.append(1))()
    assert closed == [1]
