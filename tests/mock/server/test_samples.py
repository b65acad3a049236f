"""A sample is accepted by the server that it is for: what is written there is read here."""

import pytest

from arazzo_runner.mock.server.exchange import Incoming
from arazzo_runner.mock.server.responder import Responder
from arazzo_runner.mock.server.samples import sample_of
from tests.mock.server.orders import api

PLACES = """
openapi: 3.0.3
info: {title: P, version: '1'}
components:
  securitySchemes: {basic: {type: http, scheme: basic}, key: {type: apiKey, in: query, name: k}}
  schemas:
    P: {type: object, required: [a, b], properties: {a: {type: integer}, b: {type: array, items: {type: string}}}}
paths:
  /path/{a}/{b}.json/{c}{d}:
    get:
      security: [{basic: [], key: []}]
      parameters:
      - {name: a, in: path, required: true, style: label, explode: true, schema: {type: array, minItems: 2, items: {type: integer}}}
      - {name: b, in: path, required: true, schema: {type: boolean}}
      - {name: c, in: path, required: true, style: matrix, schema: {type: string}}
      - {name: d, in: path, required: true, style: matrix, explode: true, schema: {$ref: '#/components/schemas/P'}}
      responses: {'200': {description: ok}}
  /query:
    get:
      parameters:
      - {name: deep, in: query, required: true, style: deepObject, schema: {$ref: '#/components/schemas/P'}}
      - {name: json, in: query, required: true, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}
      - {name: pipe, in: query, required: true, style: pipeDelimited, explode: false, schema: {type: array, minItems: 2, items: {type: integer}}}
      - {name: X-Many, in: header, required: true, schema: {type: array, items: {type: integer}, minItems: 2}}
      - {name: c, in: cookie, required: true, schema: {type: integer}}
      responses: {'200': {description: ok}}
  /form:
    post:
      requestBody:
        required: true
        content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/P'}}}
      responses: {'200': {description: ok}}
  /parts:
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/P'}}}}
      responses: {'200': {description: ok}}
"""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("text", [None, PLACES], ids=["orders", "places"])
def test_a_sample_is_accepted(text: str | None, seed: int) -> None:
    served = api() if text is None else api(text)
    responder = Responder([served])
    for endpoint in served.document.endpoints.all:
        sample = sample_of(served.operation(endpoint), seed)
        assert sample is not None
        path, _, query = sample.target.partition("?")
        headers = tuple((name.lower(), text) for name, text in sample.headers)
        reply = responder.reply(Incoming(sample.method, path, query, headers, sample.body or b""))
        assert (reply.status < 300, reply.breaches) == (True, ()), (endpoint.path, sample, reply)


def test_what_has_no_instance_has_no_sample() -> None:
    none = """
openapi: 3.1.0
info: {title: N, version: '1'}
paths: {/a: {get: {parameters: [{name: a, in: query, required: true, schema: false}], responses: {}}}}
"""
    served = api(none)
    assert sample_of(served.operation(served.document.endpoints.all[0])) is None
