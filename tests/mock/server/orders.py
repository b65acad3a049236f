"""An API of orders that the tests of the server share, and how to read any other."""

from __future__ import annotations

from arazzo_runner.document import Profile, read
from arazzo_runner.mock.server.exchange import Incoming
from arazzo_runner.mock.server.routes import Api
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.retrieval import RetrievalFailure

ORDERS = """
openapi: 3.1.0
info: {title: Orders, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    token: {type: http, scheme: bearer}
  schemas:
    Order:
      type: object
      required: [item, amount]
      properties:
        id: {type: integer, readOnly: true}
        item: {type: string, minLength: 2}
        amount: {type: integer, minimum: 1}
    Error: {type: object, required: [code], properties: {code: {type: string}, detail: {type: string}}}
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
      - {name: limit, in: query, schema: {type: integer, maximum: 100}}
      - {name: status, in: query, schema: {type: array, items: {enum: [open, done]}}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Order'}}
              examples:
                none: {value: []}
                one: {value: [{id: 1, item: pen, amount: 2}]}
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      responses:
        '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        '422': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      operationId: getOrder
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        '404': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
    delete:
      operationId: deleteOrder
      security: [{key: []}, {token: []}]
      responses: {'204': {description: gone}}
  /orders/latest:
    get: {operationId: latestOrder, responses: {'200': {description: ok}}}
"""


def api(text: str = ORDERS, name: str = "orders") -> Api:
    """Read a description."""
    source = read(text.encode(), f"file:///{name}.yml", f"{name}.yml", Profile.SOURCE)
    documents = Documents(lambda uri: RetrievalFailure(uri, "nothing is fetched"))
    return Api(name, OpenApiDocument(source, version_of(source.data), documents))


def operation(of: Api, method: str, path: str) -> Operation:
    """Read one operation."""
    return of.operation(of.document.endpoints.by_place[path, method])


def asked(line: str, body: bytes = b"", /, **headers: str) -> Incoming:
    """Make a request of ``METHOD target``; header names have underscores for dashes."""
    method, _, target = line.partition(" ")
    path, _, query = target.partition("?")
    return Incoming(
        method, path, query, tuple((name.replace("_", "-").lower(), text) for name, text in headers.items()), body
    )
