"""Grants for tests, and a world without a person, a browser or a clock of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from arazzo_runner.engine.effects import Authorize, Ticket
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.sources.security import Flow, Grant
from arazzo_runner.transports.authorization import Authorizer, World
from arazzo_runner.transports.http import HttpTransport
from tests.authorization_server import SECRET

CLIENT = {"CLIENT_ID": "app", "CLIENT_SECRET": SECRET}
PUBLIC = {"CLIENT_ID": "public"}


class Stage:
    """A world in which waits pass at once; what a person is told is kept."""

    def __init__(
        self, browse: Callable[[str], bool] = lambda url: False, interactive: bool = True, real: bool = False
    ) -> None:
        self.told: list[str] = []
        self.waits: list[float] = []
        self.moment = 0.0
        now = time.monotonic if real else lambda: self.moment
        self.world = World(interactive, self.told.append, browse, now, self._wait)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += seconds


def grant(flow: Flow, fields: dict[str, str] = CLIENT, **urls: Any) -> Grant:
    return Grant("api", "oauth", flow, fields=fields, **urls)


def fetch(
    wanted: Grant, stage: Stage | None = None, *, deadline: float | None = None, patience: float = 10.0
) -> Authorized | Failed:
    with HttpTransport() as transport:
        effect = Authorize(Ticket(1), wanted, ("s",), patience, deadline)
        return Authorizer(transport, {}, (stage or Stage()).world).answer(effect)


def reason(wanted: Grant, stage: Stage | None = None, **options: Any) -> str:
    """Return why nothing is fetched; the fault must be one of authorization."""
    failed = fetch(wanted, stage, **options)
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.AUTHORIZATION
    return failed.message
