from __future__ import annotations

from dataclasses import replace

import pytest

from arazzo_runner.engine.effects import Authorize, Request, Ticket
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Response
from arazzo_runner.engine.permission import size_of
from arazzo_runner.sources.egress import OPEN
from arazzo_runner.sources.egress.policy import egress_for
from arazzo_runner.sources.security import Flow
from arazzo_runner.transports.authorization import Authorizer, World
from arazzo_runner.transports.authorization.metered import Metered
from arazzo_runner.transports.transport import TransportFailure
from tests.transports.authorization.talking import CLIENT, PUBLIC, grant

REQUEST = Request("POST", "https://login.example/token", (), b"grant_type=client_credentials")
TOKEN = b'{"access_token": "t0ken-t0ken", "token_type": "Bearer"}'


class Stand:
    """A transport that gives the same answer, or fails; it keeps what was sent."""

    def __init__(self, answer: Response | TransportFailure) -> None:
        self.answer, self.sent = answer, list[Request]()

    def send(self, request: Request, timeout: float | None) -> Response:
        self.sent.append(request)
        if isinstance(self.answer, TransportFailure):
            raise self.answer
        return self.answer


def test_what_is_sent_and_received_is_counted() -> None:
    stand = Stand(Response(200, (("A", "b"),), b"12345"))
    metered = Metered(stand, OPEN, 1000)
    metered.send(REQUEST, 1.0)
    assert metered.traffic == size_of(REQUEST) + 1 + 1 + 4 + 5
    assert stand.sent[0].most == 1000 - size_of(REQUEST)
    failing = Metered(Stand(TransportFailure(FailureKind.RESET, "gone", traffic=9)), OPEN)
    with pytest.raises(TransportFailure, match="gone"):
        failing.send(REQUEST, 1.0)
    assert failing.traffic == size_of(REQUEST) + 9


@pytest.mark.parametrize(("most", "sent"), [(10, 0), (size_of(REQUEST) + 3, 1)])
def test_more_than_is_left_is_neither_sent_nor_taken(most: int, sent: int) -> None:
    stand = Stand(Response(200, (), b"12345"))
    with pytest.raises(TransportFailure) as caught:
        Metered(stand, OPEN, most).send(REQUEST, 1.0)
    assert (caught.value.kind, caught.value.code, len(stand.sent)) == (FailureKind.FORBIDDEN, "max_bytes", sent)
    assert "/token" not in caught.value.message


def test_it_goes_to_allowed_hosts_alone() -> None:
    stand = Stand(Response(200))
    with pytest.raises(TransportFailure) as caught:
        Metered(stand, egress_for(["api.example"])).send(REQUEST, 1.0)
    assert (caught.value.code, stand.sent) == ("allow_hosts", [])
    Metered(stand, egress_for(["login.example"])).send(REQUEST, 1.0)
    assert len(stand.sent) == 1


@pytest.mark.parametrize("most", [None, 10_000])
def test_a_token_says_what_it_cost_where_somebody_counts(most: int | None) -> None:
    stand = Stand(Response(200, (), TOKEN))
    wanted = grant(Flow.CLIENT, CLIENT, token_url="https://login.example/token")
    found = Authorizer(stand).answer(Authorize(Ticket(1), wanted, ("s",), 10.0, most=most))
    assert isinstance(found, Authorized)
    assert found.traffic == (0 if most is None else size_of(stand.sent[0]) + len(TOKEN))


def test_metadata_may_lead_to_allowed_hosts_alone() -> None:
    """Though the caller named the other host for credentials: both have to be allowed."""
    metadata = Response(200, (), b'{"token_endpoint": "https://elsewhere.example/token"}')
    stand = Stand(metadata)
    wanted = grant(Flow.CLIENT, CLIENT, discovery_url="https://login.example/.well-known")
    wanted = replace(wanted, named_hosts=frozenset({"elsewhere.example"}))
    egress = egress_for(["login.example"])
    found = Authorizer(stand, egress=egress).answer(Authorize(Ticket(1), wanted, ("s",), 10.0))
    assert isinstance(found, Failed)
    assert (found.kind, found.code) == (FailureKind.FORBIDDEN, "allow_hosts")
    assert [one.url for one in stand.sent] == ["https://login.example/.well-known"]


def test_no_browser_is_sent_to_a_host_that_is_not_allowed() -> None:
    metadata = b'{"token_endpoint": "https://login.example/t", "authorization_endpoint": "https://elsewhere.example/"}'
    stand = Stand(Response(200, (), metadata))
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    wanted = grant(Flow.CODE, PUBLIC, discovery_url="https://login.example/.well-known")
    wanted = replace(wanted, named_hosts=frozenset({"elsewhere.example"}))
    authorizer = Authorizer(stand, world=World(browse=browse), egress=egress_for(["login.example"]))
    found = authorizer.answer(Authorize(Ticket(1), wanted, ("s",), 10.0))
    assert isinstance(found, Failed)
    assert (found.kind, found.code, opened) == (FailureKind.FORBIDDEN, "allow_hosts", [])
