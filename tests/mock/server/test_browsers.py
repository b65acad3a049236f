import pytest

from arazzo_runner.mock.server.browsers import is_preflight, preflight, shared_headers
from arazzo_runner.mock.server.exchange import Reply
from tests.mock.server.orders import asked

ORIGIN = "https://app.example.com"


@pytest.mark.parametrize(
    ("line", "headers", "is_one"),
    [
        ("OPTIONS /a", {"Origin": ORIGIN, "Access_Control_Request_Method": "PUT"}, True),
        ("OPTIONS /a", {"Origin": ORIGIN}, False),
        ("OPTIONS /a", {"Access_Control_Request_Method": "PUT"}, False),
        ("GET /a", {"Origin": ORIGIN, "Access_Control_Request_Method": "PUT"}, False),
    ],
)
def test_a_preflight_is_known(line: str, headers: dict[str, str], is_one: bool) -> None:
    assert is_preflight(asked(line, **headers)) is is_one


def test_a_preflight_is_allowed_what_it_asks_for() -> None:
    reply = preflight(
        asked("OPTIONS /a", Origin=ORIGIN, Access_Control_Request_Method="PUT", Access_Control_Request_Headers="x-key")
    )
    assert reply.status == 204
    headers = dict(reply.headers)
    assert headers["access-control-allow-methods"] == "PUT"
    assert headers["access-control-allow-headers"] == "x-key"
    assert headers["access-control-allow-origin"] == ORIGIN


def test_an_answer_can_be_read_by_a_page_of_another_origin() -> None:
    headers = dict(
        shared_headers(asked("GET /a", Origin=ORIGIN), Reply(200, (("X-Total", "3"), ("content-type", "a"))))
    )
    assert headers["access-control-allow-origin"] == ORIGIN
    assert headers["access-control-expose-headers"] == "x-total"


def test_nothing_is_added_where_it_is_not_asked_for_or_there() -> None:
    assert shared_headers(asked("GET /a"), Reply(200)) == ()
    own = Reply(200, (("Access-Control-Allow-Origin", "*"),))
    assert shared_headers(asked("GET /a", Origin=ORIGIN), own) == ()
