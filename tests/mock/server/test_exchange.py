import json

from arazzo_runner.mock.server.exchange import PROBLEM, Incoming, Told, problem


def test_an_incoming_request_tells_its_headers_and_its_target() -> None:
    incoming = Incoming("GET", "/a", "b=1", (("x", "1"), ("x", "2")))
    assert (incoming.header("x"), incoming.all("x"), incoming.header("y")) == ("1", ("1", "2"), None)
    assert incoming.target == "/a?b=1"
    assert Incoming("GET", "/a").target == "/a"


def test_a_problem_says_what_is_wrong() -> None:
    told = problem(404, "no such path", "half a surrogate: \ud800", headers=[("allow", "GET")], more={"near": ["/a"]})
    assert told.headers == (("content-type", PROBLEM), ("allow", "GET"))
    data = json.loads(told.body)
    assert data["near"] == ["/a"]
    assert (data["title"], data["status"]) == ("no such path", 404)


def test_a_breach_as_data() -> None:
    assert Told("c", "m", "f.yml:1:2").data == {"code": "c", "message": "m", "place": "f.yml:1:2"}
