import json
from typing import Any

import pytest

from arazzo_runner.mock.server.exchange import PROBLEM, Reply
from arazzo_runner.mock.server.responder import Responder, without_body
from tests.mock.server.orders import api, asked

RESPONDER = Responder([api()])
LENIENT = Responder([api()], lenient=True)
JSON_TYPE = {"Content_Type": "application/json"}


def data(reply: Reply) -> Any:
    return json.loads(reply.body)


@pytest.mark.parametrize(
    ("line", "body", "status", "name"),
    [
        ("GET /orders", b"", 200, "listOrders"),
        ("HEAD /orders", b"", 200, "listOrders"),
        ("POST /v1/orders", b'{"item": "pen", "amount": 1}', 201, "createOrder"),
        ("GET /orders/7", b"", 200, "getOrder"),
        ("GET /orders/latest", b"", 200, "latestOrder"),
    ],
)
def test_a_request_is_answered_as_described(line: str, body: bytes, status: int, name: str) -> None:
    reply = RESPONDER.reply(asked(line, body, **JSON_TYPE))
    assert (reply.status, reply.operation, reply.breaches) == (status, name, ())


def test_one_request_has_one_answer_and_one_seed_too() -> None:
    once, again = (Responder([api()], seed=seed).reply(asked("GET /orders/7")) for seed in (3, 3))
    assert once == again
    assert once == Responder([api()], seed=3).reply(asked("GET /orders/7", Host="else:1"))
    others = {Responder([api()], seed=seed).reply(asked("GET /orders/7")).body for seed in range(5)}
    assert len(others) > 1


def test_a_breach_is_refused_with_its_place() -> None:
    reply = RESPONDER.reply(asked("GET /orders?limit=x"))
    assert reply.status == 400
    assert reply.headers[0] == ("content-type", PROBLEM)
    (breach,) = data(reply)["breaches"]
    assert breach["place"].startswith("orders.yml:23:")
    assert "'limit'" in data(reply)["detail"]


def test_a_declared_refusal_has_its_schema_and_what_is_wrong() -> None:
    reply = RESPONDER.reply(asked("POST /orders", b"{}", **JSON_TYPE))
    assert reply.status == 422
    assert ("Content-Type", "application/json") in reply.headers
    body = data(reply)
    assert isinstance(body["code"], str)
    assert "required" in body["detail"]
    assert len(body["breaches"]) == len(reply.breaches) == 2


def test_a_wrong_content_type_is_415_where_the_description_says_nothing_else() -> None:
    assert RESPONDER.reply(asked("POST /orders", b"x", Content_Type="text/plain")).status == 415


def test_missing_credentials_are_challenged() -> None:
    reply = RESPONDER.reply(asked("DELETE /orders/7"))
    assert reply.status == 401
    challenges = [text for name, text in reply.headers if name == "www-authenticate"]
    assert challenges == ['ApiKey realm="mock", in="header", name="X-Key"', 'Bearer realm="mock"']
    assert RESPONDER.reply(asked("DELETE /orders/7", X_Key="any")).status == 204


def test_a_lenient_server_answers_all_the_same_and_tells() -> None:
    reply = LENIENT.reply(asked("GET /orders?limit=x"))
    assert (reply.status, len(reply.breaches)) == (200, 1)
    reply = LENIENT.reply(asked("DELETE /orders/7"))
    assert (reply.status, reply.remarks) == (204, ("no credentials were sent",))


@pytest.mark.parametrize(
    ("line", "status", "text"),
    [
        ("GET /ordres", 404, "did you mean /orders"),
        ("GET /orders/", 404, "did you mean /orders?"),
        ("PUT /orders", 405, "takes GET, POST, not PUT"),
    ],
)
def test_what_is_not_there(line: str, status: int, text: str) -> None:
    reply = RESPONDER.reply(asked(line))
    assert reply.status == status
    assert text in data(reply)["detail"]


def test_the_methods_of_a_path_are_told() -> None:
    assert ("allow", "GET, POST, HEAD, OPTIONS") in RESPONDER.reply(asked("PUT /orders")).headers
    options = RESPONDER.reply(asked("OPTIONS /orders/7"))
    assert (options.status, options.headers) == (204, (("allow", "GET, DELETE, HEAD, OPTIONS"),))


def test_a_client_may_choose_the_status() -> None:
    reply = RESPONDER.reply(asked("GET /orders/7", Prefer="code=404"))
    assert reply.status == 404
    assert "code" in data(reply)
    assert ("preference-applied", "code=404") in reply.headers


def test_a_client_may_choose_the_example() -> None:
    for name, expected in (("none", []), ("one", [{"id": 1, "item": "pen", "amount": 2}])):
        assert data(RESPONDER.reply(asked("GET /orders", Prefer=f"example={name}"))) == expected


@pytest.mark.parametrize("prefer", ["code=500", "example=nobody", "code=1"])
def test_a_preference_that_can_not_be_met(prefer: str) -> None:
    reply = RESPONDER.reply(asked("GET /orders", Prefer=prefer))
    assert (reply.status, reply.headers[0][1]) == (400, PROBLEM)


def test_what_has_no_instance_is_told() -> None:
    none = """
openapi: 3.1.0
info: {title: N, version: '1'}
paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: false}}}}}}}
"""
    reply = Responder([api(none)]).reply(asked("GET /a"))
    assert (reply.status, data(reply)["title"]) == (500, "no answer can be invented")


@pytest.mark.parametrize(("method", "status", "none"), [("HEAD", 200, True), ("GET", 204, True), ("GET", 200, False)])
def test_answers_without_a_body(method: str, status: int, none: bool) -> None:
    assert without_body(method, status) is none


PROBLEMS = """
openapi: 3.1.0
info: {title: P, version: '1'}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses:
    Problem:
      description: no
      content:
        application/problem+json:
          schema:
            type: object
            required: [title, status, detail]
            additionalProperties: false
            properties:
              title: {type: string}
              status: {type: integer, minimum: 400, maximum: 599}
              detail: {type: string}
paths:
  /a:
    get:
      security: [{key: []}]
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses:
        '200': {description: ok}
        '401': {$ref: '#/components/responses/Problem'}
        '422': {$ref: '#/components/responses/Problem'}
"""


@pytest.mark.parametrize(
    ("line", "headers", "status", "title"),
    [("GET /a", {}, 401, "no credentials"), ("GET /a?n=x", {"X_Key": "x"}, 422, "the request is not as")],
)
def test_a_declared_problem_is_the_servers_own(line: str, headers: dict[str, str], status: int, title: str) -> None:
    reply = Responder([api(PROBLEMS)]).reply(asked(line, **headers))
    body = data(reply)
    assert (reply.status, body["status"]) == (status, status)
    assert body["title"].startswith(title)
    assert sorted(body) == ["detail", "status", "title"]
