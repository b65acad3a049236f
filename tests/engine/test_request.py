from __future__ import annotations

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.request import Built, Unbuildable, build_request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.program.model import OperationCall
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import Credential, Credentials
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import program_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example/v1'}]
components: {securitySchemes: {key: {type: apiKey, in: query, name: k}, bearer: {type: http, scheme: bearer}}}
paths:
  /items/{id}:
    put:
      operationId: put
      security: [{bearer: []}]
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: need, in: query, required: true, schema: {type: string}}
      - {name: ids, in: query, schema: {type: array}}
      requestBody: {content: {application/json: {}, text/plain: {}}}
      responses: {'200': {description: ok, content: {application/json: {}, text/csv: {}}}, default: {description: no, content: {application/json: {}}}}
  /open: {get: {operationId: open, security: [{key: []}], responses: {}}}
"""


def call_of(step: str, version: str = "1.0.1") -> OperationCall:
    inputs = "{type: object, properties: {id: {}, need: {}, note: {}, body: {}, token: {}}}"
    text = f"workflows: [{{workflowId: w, inputs: {inputs}, steps: [{{stepId: s, {step}}}]}}]"
    call = program_of(text, version=version, files={"openapi.yaml": API}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return call


def build(step: str, settings: Settings | None = None, **inputs: Value) -> Built | Unbuildable:
    return build_request(call_of(step), Scope(inputs=inputs), settings or Settings(), "s/1")


def request(step: str, settings: Settings | None = None, **inputs: Value) -> Request:
    built = build(step, settings, **inputs)
    assert isinstance(built, Built), built
    return built.request


PATH = "{name: id, in: path, value: $inputs.id}"
NEED = "{name: need, in: query, value: $inputs.need}"


def test_the_whole_request() -> None:
    step = f"""operationId: put, parameters: [{PATH}, {{name: X-Note, in: header, value: 'n {{$inputs.note}}'}},
      {{name: ids, in: query, value: [1, 2]}}, {NEED}, {{name: c, in: cookie, value: v}}],
      requestBody: {{contentType: text/plain, payload: $inputs.body}}"""
    assert request(step, id="a/b c", need="n&m", note="x", body="grün") == Request(
        "PUT",
        "https://api.example/v1/items/a%2Fb%20c?ids=1&ids=2&need=n%26m",
        (
            ("X-Note", "n x"),
            ("Cookie", "c=v"),
            ("Accept", "application/json, text/csv"),
            ("Content-Type", "text/plain"),
        ),
        "grün".encode(),
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"need": "x"}, "path parameter 'id' has no value: no input 'id' was given"),
        ({"id": "x"}, "query parameter 'need' has no value: no input 'need' was given"),
        ({"id": None, "need": "x"}, "path parameter 'id'"),
        ({"id": "..", "need": "x"}, "can't make '..'"),
    ],
)
def test_what_the_operation_requires_must_have_a_value(given: dict[str, Value], words: str) -> None:
    built = build(f"operationId: put, parameters: [{PATH}, {NEED}]", None, **given)
    assert isinstance(built, Unbuildable)
    assert words in built.reason


def test_an_absent_optional_input_leaves_no_trace() -> None:
    step = f"""operationId: put, parameters: [{PATH}, {NEED}, {{name: q, in: query, value: $inputs.note}},
      {{name: X-Note, in: header, value: $inputs.note}}], requestBody: {{payload: {{a: $inputs.note, b: 1}}}}"""
    sent = request(step, id="1", need="x")
    assert sent.url == "https://api.example/v1/items/1?need=x"
    assert sent.header("x-note") is None
    assert sent.body == b'{"b":1}'


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        ("{a: $inputs.id}", b'{"a":"1"}'),
        ("$inputs.id", b'"1"'),
        ('\'{"a": "{$inputs.id}", "b": {$inputs.note}}\'', b'{"a": "1", "b": [1,2]}'),
        ("'[1, 2]'", b"[1, 2]"),
        ("null", b"null"),
    ],
)
def test_json_bodies(payload: str, body: bytes) -> None:
    step = f"operationId: put, parameters: [{PATH}, {NEED}], requestBody: {{payload: {payload}}}"
    assert request(step, id="1", need="x", note=[1, 2]).body == body


def test_expressions_see_what_was_given_before_it_was_serialised() -> None:
    step = f"""operationId: put, parameters: [{PATH}, {NEED}, {{name: ids, in: query, value: [1, 2]}},
      {{name: X-A, in: header, value: 5}}], requestBody: {{payload: '{{"a": 1}}'}}"""
    built = build(step, id=7, need="x")
    assert isinstance(built, Built)
    assert built.sent.path == {"id": 7}
    assert built.sent.query == {"need": "x", "ids": [1, 2]}
    assert built.sent.header == {"x-a": 5}
    assert built.sent.body == {"a": 1}
    assert (built.sent.method, built.sent.url) == ("PUT", built.request.url)


SELECTED = "{context: $inputs.body, selector: %s, type: jsonpointer}"


def selected(step: str, **inputs: Value) -> Built | Unbuildable:
    return build_request(call_of(step, "1.1.0"), Scope(inputs=inputs), Settings(), "s/1")


def test_par_28_what_is_selected_is_sent_as_what_an_expression_gives() -> None:
    query = "{name: ids, in: query, value: %s}" % (SELECTED % "/l")
    payload = "{k: [%s]}" % (SELECTED % "/o")
    step = f"operationId: put, parameters: [{PATH}, {NEED}, {query}], requestBody: {{payload: {payload}}}"
    built = selected(step, id="1", need="2", body={"l": [1, "a"], "o": {"p": None}})
    assert isinstance(built, Built)
    assert built.request.url == "https://api.example/v1/items/1?need=2&ids=1&ids=a"
    assert built.request.body == b'{"k":[{"p":null}]}'
    assert built.sent.query["ids"] == [1, "a"]


def test_bod_19_a_payload_that_is_all_selected_is_one_value() -> None:
    step = f"operationId: put, parameters: [{PATH}, {NEED}], requestBody: {{payload: {SELECTED % '/t'}}}"
    built = selected(step, id="1", need="2", body={"t": "text"})
    assert isinstance(built, Built)
    assert built.request.body == b'"text"'


def test_sel_10_what_selects_nothing_from_an_answer_can_t_be_sent() -> None:
    need = "{name: need, in: query, value: {context: $response.body, selector: /x, type: jsonpointer}}"
    built = build_request(
        call_of(f"operationId: put, parameters: [{PATH}, {need}]", "1.1.0"),
        Scope(inputs={"id": "1"}, response=Received(200, (), {"y": 1})),
        Settings(),
        "s/1",
    )
    assert isinstance(built, Unbuildable)
    assert "the selector '/x' on $response.body" in built.reason


def test_no_payload_is_no_body() -> None:
    built = build(
        f"operationId: put, parameters: [{PATH}, {NEED}], requestBody: {{contentType: text/plain}}", id="1", need="x"
    )
    assert isinstance(built, Built)
    assert built.request.body is None
    assert built.request.header("content-type") is None
    assert isinstance(built.sent.body, Nothing)


BEARER: Credentials = {(None, "bearer"): Credential({"TOKEN": "t0"})}


@pytest.mark.parametrize(
    ("parameter", "sent"),
    [
        ("", "Bearer t0"),
        (", {name: authorization, in: header, value: own}", "own"),
        (", {name: Authorization, in: header, value: $inputs.token}", "Bearer t0"),
    ],
)
def test_credentials_fill_what_the_document_leaves_open(parameter: str, sent: str) -> None:
    step = f"operationId: put, parameters: [{PATH}, {NEED}{parameter}]"
    built = request(step, Settings(credentials=BEARER), id="1", need="x")
    assert [value for name, value in built.headers if name.lower() == "authorization"] == [sent]


def test_an_api_key_goes_behind_the_query_of_the_document() -> None:
    settings = Settings(credentials={("api", "key"): Credential({"API_KEY": "k 1"})})
    assert (
        request("operationId: open, parameters: [{name: q, in: query, value: 1}]", settings).url
        == "https://api.example/v1/open?q=1&k=k%201"
    )


def test_what_has_to_be_invented_depends_on_the_seed_alone() -> None:
    step = f"operationId: put, parameters: [{PATH}, {NEED}], requestBody: {{contentType: multipart/form-data, payload: {{a: b}}}}"
    bodies = [request(step, Settings(seed=seed), id="1", need="x").body for seed in (1, 1, 2)]
    assert bodies[0] == bodies[1] != bodies[2]


@pytest.mark.parametrize(
    ("headers", "content_type", "body"),
    [
        ("", "application/json", b'{"a":1}'),
        (", {name: content-type, in: header, value: application/vnd.x+json}", "application/vnd.x+json", b'{"a":1}'),
    ],
)
def test_a_content_type_that_the_document_sets_wins_and_stands_once(
    headers: str, content_type: str, body: bytes
) -> None:
    step = f"operationId: put, parameters: [{PATH}, {NEED}{headers}], requestBody: {{contentType: application/json, payload: {{a: 1}}}}"
    built = build(step, id="1", need="x")
    assert isinstance(built, Built)
    types = [value for name, value in built.request.headers if name.lower() == "content-type"]
    assert (types, built.request.body) == ([content_type], body)
    assert any("wins over" in remark for remark in built.remarks) == bool(headers)


def test_a_multipart_header_of_the_document_gets_its_boundary() -> None:
    step = f"""operationId: put, parameters: [{PATH}, {NEED}, {{name: Content-Type, in: header, value: multipart/form-data}}],
      requestBody: {{payload: {{a: b}}}}"""
    sent = request(step, id="1", need="x")
    content_type = sent.header("content-type") or ""
    assert content_type.startswith("multipart/form-data; boundary=")
    assert content_type.partition("boundary=")[2].strip('"').encode() in (sent.body or b"")


def test_cookies_of_document_and_credentials_share_one_header() -> None:
    api = API.replace("in: query, name: k", "in: cookie, name: k")
    text = """workflows: [{workflowId: w, steps: [{stepId: s, operationId: open,
      parameters: [{name: Cookie, in: header, value: a=1}, {name: b, in: cookie, value: '2'}]}]}]"""
    call = program_of(text, files={"openapi.yaml": api}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    credentials: Credentials = {("api", "key"): Credential({"API_KEY": "k1"})}
    built = build_request(call, Scope(), Settings(credentials=credentials))
    assert isinstance(built, Built)
    assert [value for name, value in built.request.headers if name == "Cookie"] == ["a=1; b=2; k=k1"]


def test_credentials_that_are_wanted_and_missing_are_named() -> None:
    built = build("operationId: open")
    assert isinstance(built, Built)
    assert "ARAZZO_AUTH_API_KEY_API_KEY" in built.wanted
    given = build("operationId: open", Settings(credentials={("api", "key"): Credential({"API_KEY": "k"})}))
    assert isinstance(given, Built)
    assert given.wanted == ""


def test_a_short_key_in_the_query_is_told_to_nobody() -> None:
    settings = Settings(credentials={("api", "key"): Credential({"API_KEY": "abc"})})
    sent = request("operationId: open", settings)
    assert sent.url.endswith("?k=abc")
    assert "abc" not in sent.redacted(Redactor()).url
