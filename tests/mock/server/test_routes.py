import pytest

from arazzo_runner.mock.server.limits import MAX_SEGMENTS
from arazzo_runner.mock.server.routes import Api, NoRoute, Route, Routes
from tests.mock.server.orders import api

MANY = """
openapi: 3.0.3
info: {title: Many, version: '1'}
servers: [{url: 'https://{host}/{base}/v2', variables: {host: {default: h}, base: {default: x}}}, {url: /other}]
paths:
  /a: {get: {operationId: a, responses: {}}}
  /b:
    servers: [{url: 'https://b.example.com/own'}]
    get: {operationId: b, responses: {}}
  '/?action=start': {post: {operationId: start, responses: {}}}
  '/?action=stop': {post: {operationId: stop, responses: {}}}
  '/c#part': {get: {operationId: c, responses: {}}}
"""
OLD = """
swagger: '2.0'
info: {title: Old, version: '1'}
host: old.example.com
basePath: /old
paths: {'/a': {get: {operationId: oldA, responses: {}}}}
"""
NEW = """
openapi: 3.2.0
info: {title: New, version: '1'}
paths: {'/a': {query: {operationId: ask, responses: {}}, additionalOperations: {Copy: {operationId: copy, responses: {}}}}}
"""


def name(apis: list[Api], line: str) -> str | None:
    method, _, target = line.partition(" ")
    path, _, query = target.partition("?")
    found = Routes(apis).find(method, path, query)
    return found.operation.operation_id if isinstance(found, Route) else None


@pytest.mark.parametrize(
    ("line", "operation"),
    [
        ("GET /orders", "listOrders"),
        ("GET /v1/orders", "listOrders"),
        ("GET /orders/latest", "latestOrder"),
        ("GET /v1/orders/7", "getOrder"),
        ("HEAD /orders/7", "getOrder"),
        ("DELETE /orders/7", "deleteOrder"),
        ("GET /v2/orders", None),
        ("GET /orders/7/", None),
        ("PATCH /orders/7", None),
        ("get /orders", None),  # methods know upper and lower case
    ],
)
def test_one_api(line: str, operation: str | None) -> None:
    assert name([api()], line) == operation


@pytest.mark.parametrize(
    ("line", "operation"),
    [
        ("GET /x/v2/a", "a"),
        ("GET /other/a", "a"),
        ("GET /own/b", "b"),
        ("GET /x/v2/b", None),
        ("GET /b", "b"),
        ("POST /?action=start", "start"),
        ("POST /x/v2/?action=stop&x=1", "stop"),
        ("GET /c", "c"),
    ],
)
def test_servers_and_odd_paths(line: str, operation: str | None) -> None:
    assert name([api(MANY, "many")], line) == operation


@pytest.mark.parametrize(
    ("line", "operation"),
    [
        ("GET /a", "a"),  # the first that has it
        ("GET /old/a", "oldA"),
        ("GET /old-api/a", "oldA"),
        ("GET /old-api/old/a", "oldA"),
        ("GET /many/a", "a"),
        ("GET /many/x/v2/a", "a"),
        ("QUERY /new/a", "ask"),
        ("Copy /new/a", "copy"),
    ],
)
def test_several_apis_are_told_apart_by_base_path_or_name(line: str, operation: str) -> None:
    assert name([api(MANY, "many"), api(OLD, "old-api"), api(NEW, "new")], line) == operation


def test_values_are_given_as_they_came() -> None:
    found = Routes([api()]).find("GET", "/orders/a%2Cb%20c")
    assert isinstance(found, Route)
    assert found.values == {"id": "a%2Cb%20c"}


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", "/orders", NoRoute(("GET", "POST"))),
        ("GET", "/orders/", NoRoute(near=("/orders",))),
        ("GET", "/ordesr", NoRoute(near=("/orders", "/orders/{id}"))),
        ("GET", "/" + "a/" * MAX_SEGMENTS, NoRoute()),
    ],
)
def test_no_route(method: str, path: str, expected: NoRoute) -> None:
    assert Routes([api()]).find(method, path) == expected
