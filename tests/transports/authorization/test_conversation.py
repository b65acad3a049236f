import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.sources.security import Flow, Grant
from arazzo_runner.transports.authorization.conversation import Conversation, Refusal, members_of


class Silent:
    def __init__(self) -> None:
        self.timeouts: list[float | None] = []

    def send(self, request: Request, timeout: float | None) -> Response:
        self.timeouts.append(timeout)
        return Response(200, (), b"{}")


def talk(transport: Silent, ends: float | None) -> Conversation:
    return Conversation(transport, Grant("api", "oauth", Flow.CLIENT), 10.0, ends, lambda: 100.0)


@pytest.mark.parametrize(("ends", "timeout"), [(None, 10.0), (103.0, 3.0), (200.0, 10.0)])
def test_each_exchange_has_the_time_that_is_left(ends: float | None, timeout: float) -> None:
    transport = Silent()
    talk(transport, ends).get("https://id.example/")
    assert transport.timeouts == [timeout]


def test_nothing_is_sent_when_the_time_is_over() -> None:
    transport = Silent()
    with pytest.raises(Refusal, match="time is over"):
        talk(transport, 100.0).get("https://id.example/")
    assert transport.timeouts == []


def test_a_limit_never_makes_the_time_longer() -> None:
    at = talk(Silent(), 105.0)
    at.limit(300.0)
    assert at.ends == 105.0
    at.limit(1.0)
    assert at.ends == 101.0


def test_an_answer_is_never_repeated_whole() -> None:
    with pytest.raises(Refusal) as caught:
        members_of(Response(200, (("Content-Type", "text/plain"),), b"s3cret words"), "GET https://id.example")
    assert "s3cret" not in caught.value.message
