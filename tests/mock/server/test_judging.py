import pytest

from arazzo_runner.contract import Contract
from arazzo_runner.mock.server.judging import Judged, judge
from arazzo_runner.mock.server.limits import MAX_FIELDS
from arazzo_runner.mock.server.routes import Route, Routes
from arazzo_runner.values import Nothing
from tests.mock.server.orders import ORDERS, api, asked

JSON_TYPE = {"Content_Type": "application/json"}
SECURE = """
openapi: 3.0.3
info: {title: S, version: '1'}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: api_key}
    cookie: {type: apiKey, in: cookie, name: session}
    basic: {type: http, scheme: basic}
    digest: {type: http, scheme: digest}
    oauth: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://a.example.com', scopes: {}}}}
    tls: {type: mutualTLS}
paths:
  /key: {get: {security: [{key: []}], responses: {}}}
  /query: {get: {security: [{query: []}], responses: {}}}
  /cookie: {get: {security: [{cookie: []}], responses: {}}}
  /basic: {get: {security: [{basic: []}], responses: {}}}
  /digest: {get: {security: [{digest: []}], responses: {}}}
  /oauth: {get: {security: [{oauth: []}], responses: {}}}
  /tls: {get: {security: [{tls: []}], responses: {}}}
  /both: {get: {security: [{key: [], basic: []}], responses: {}}}
  /either: {get: {security: [{key: []}, {basic: []}], responses: {}}}
  /free: {get: {security: [{}, {key: []}], responses: {}}}
  /unknown: {get: {security: [{nobody: []}], responses: {}}}
"""


def judged(line: str, body: bytes = b"", text: str | None = None, /, **headers: str) -> Judged:
    incoming = asked(line, body, **headers)
    found = Routes([api() if text is None else api(text)]).find(incoming.method, incoming.path, incoming.query)
    assert isinstance(found, Route)
    return judge(found, incoming, Contract())


@pytest.mark.parametrize(
    ("line", "body", "message", "says_so"),
    [
        (
            "GET /orders?limit=abc",
            b"",
            'the query parameter \'limit\' is "abc": it is not of type "integer"',
            "name: limit",
        ),
        (
            "GET /orders?limit=101",
            b"",
            "the query parameter 'limit' is 101: it is greater than the maximum of 100",
            "name: limit",
        ),
        ("GET /orders?status=open&status=odd", b"", "the query parameter 'status'#/1 is \"odd\"", "name: status"),
        ("GET /orders/x", b"", "the path parameter 'id' is \"x\"", "name: id"),
        ("POST /orders", b"", "POST /orders requires a body, and none was sent", "required: true"),
        ("POST /orders", b'{"item": "p", "amount": 1}', 'the body#/item is "p": it is shorter than 2', "item: {type"),
        ("POST /orders", b'{"item": "pen"}', '"amount" is a required property', "required: [item"),
        ("POST /orders", b"{", "the body can't be read: it is no JSON", "required: true"),
    ],
)
def test_a_breach_names_what_is_wrong_and_where_the_description_says_so(
    line: str, body: bytes, message: str, says_so: str
) -> None:
    (breach,) = judged(line, body, **JSON_TYPE).breaches
    assert message in breach.message
    name, line_number, _ = breach.place.split(":")
    assert name == "orders.yml"
    assert says_so in ORDERS.splitlines()[int(line_number) - 1]


def test_a_wrong_content_type() -> None:
    (breach,) = judged("POST /orders", b"x", Content_Type="text/plain").breaches
    assert breach.code == "contract-request-content-type"


def test_all_is_well() -> None:
    good = judged("POST /orders", b'{"item": "pen", "amount": 1}', **JSON_TYPE)
    assert (good.breaches, good.remarks, good.challenges) == ((), (), ())
    assert good.sent.body == {"item": "pen", "amount": 1}
    assert isinstance(judged("GET /orders").sent.body, Nothing)
    assert judged("GET /orders/7").sent.path == {"id": 7}


def test_an_undeclared_query_parameter_is_a_remark() -> None:
    found = judged("GET /orders?limit=1&page=2")
    assert found.breaches == ()
    assert found.remarks == ("the query parameter 'page' is not declared",)
    assert judged("GET /query?api_key=1", b"", SECURE).remarks == ()


def test_too_many_pairs_are_a_breach() -> None:
    (breach,) = judged("GET /orders?" + "a&" * (MAX_FIELDS + 1)).breaches
    assert "max_fields" in breach.message


@pytest.mark.parametrize(
    ("line", "headers", "challenges"),
    [
        ("GET /key", {}, ('ApiKey realm="mock", in="header", name="X-Key"',)),
        ("GET /key", {"X_Key": "x"}, ()),
        ("GET /query", {}, ('ApiKey realm="mock", in="query", name="api_key"',)),
        ("GET /key", {"X_Key": ""}, ('ApiKey realm="mock", in="header", name="X-Key"',)),
        ("GET /query?api%5Fkey=1", {}, ()),
        ("GET /query?api%5Fkey=", {}, ('ApiKey realm="mock", in="query", name="api_key"',)),
        ("GET /query?api%5Fkey=&api_key=1", {}, ()),
        ("GET /cookie", {"Cookie": "session="}, ('ApiKey realm="mock", in="cookie", name="session"',)),
        ("GET /cookie", {"Cookie": "a=1"}, ('ApiKey realm="mock", in="cookie", name="session"',)),
        ("GET /cookie", {"Cookie": "a=1; session=2"}, ()),
        ("GET /basic", {"Authorization": "Bearer x"}, ('Basic realm="mock"',)),
        ("GET /basic", {"Authorization": "basic x"}, ()),
        ("GET /oauth", {"Authorization": "Bearer"}, ('Bearer realm="mock"',)),
        ("GET /oauth", {"Authorization": "Bearer x"}, ()),
        ("GET /tls", {}, ()),
        ("GET /both", {"X_Key": "x"}, ('ApiKey realm="mock", in="header", name="X-Key"', 'Basic realm="mock"')),
        ("GET /either", {"X_Key": "x"}, ()),
        ("GET /free", {}, ()),
        ("GET /unknown", {}, ()),
        ("GET /digest", {"Authorization": "Digest username=x"}, ()),
    ],
)
def test_who_may_call(line: str, headers: dict[str, str], challenges: tuple[str, ...]) -> None:
    assert judged(line, b"", SECURE, **headers).challenges == challenges


def test_a_challenge_of_digest_has_what_a_client_needs() -> None:
    (challenge,) = judged("GET /digest", b"", SECURE).challenges
    assert 'nonce="' in challenge
    assert 'qop="auth"' in challenge
