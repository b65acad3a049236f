"""Bodies built: payloads evaluated, replaced in, encoded (checklist BOD, RPL-08 to RPL-16, RES-06)."""

from __future__ import annotations

import copy

import pytest

from arazzo_runner.engine.body import MAX_FORM_FIELDS, Body, build_body
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import program_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /any: {post: {operationId: any, requestBody: {content: {'*/*': {}}}, responses: {}}}
  /must: {post: {operationId: must, requestBody: {required: true, content: {application/json: {}}}, responses: {}}}
  /pet:
    post:
      operationId: pet
      requestBody: {content: {application/xml: {schema: {type: object, xml: {name: pet}, properties: {id: {xml: {attribute: true}}}}}}}
      responses: {}
"""

JSON, FORM, XML = "application/json", "application/x-www-form-urlencoded", "application/xml"


def build(body: str, operation: str = "any", written: str | None = None, **inputs: Value) -> Body | Unserialisable:
    schema = "{type: object, properties: {p: {}, n: {}, kind: {}}}"
    header = "parameters: [{name: Content-Type, in: header, value: $inputs.kind}], " if written else ""
    step = f"{{stepId: s, operationId: {operation}, {header}requestBody: {body}}}"
    text = f"workflows: [{{workflowId: w, inputs: {schema}, steps: [{step}]}}]"
    call = program_of(text, version="1.1.0", files={"openapi.yaml": API}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return build_body(call, Scope(inputs=inputs), "seed", written)


def sent(body: str, operation: str = "any", written: str | None = None, **inputs: Value) -> Body:
    built = build(body, operation, written, **inputs)
    assert isinstance(built, Body), built
    return built


def unsent(body: str, operation: str = "any", written: str | None = None, **inputs: Value) -> str:
    built = build(body, operation, written, **inputs)
    assert isinstance(built, Unserialisable), built
    return built.reason


def replaced(kind: str, payload: str, *replacements: str) -> str:
    return f"{{contentType: {kind}, payload: {payload}, replacements: [{', '.join(replacements)}]}}"


A = "{target: /a, value: 2}"


@pytest.mark.parametrize(
    ("kind", "payload", "content", "seen"),
    [
        (JSON, "{a: 1, b: 1}", b'{"a":2,"b":1}', {"a": 2, "b": 1}),
        (JSON, "'{\"a\": 1}'", b'{"a":2}', {"a": 2}),
        (JSON, '\'{"a": {$inputs.n}, "b": "{$inputs.n}"}\'', b'{"a":2,"b":"5"}', {"a": 2, "b": "5"}),
        (JSON, "null", None, None),
        (FORM, "{a: 1, b: x y}", b"a=2&b=x+y", {"a": 2, "b": "x y"}),
        (FORM, "'a=1&b=%20&b=z&c='", b"a=2&b=+&b=z&c=", {"a": 2, "b": [" ", "z"], "c": ""}),
        (XML, "<a>1</a>", b"<a>2</a>", "<a>2</a>"),
        (XML, "'<a>{$inputs.n}</a>'", b"<a>2</a>", "<a>2</a>"),
        ("text/plain", "text", None, None),
        ("application/x-ndjson", "'{}'", None, None),
        ("multipart/form-data", "text", None, None),
    ],
)
def test_replacements_by_the_content_type(kind: str, payload: str, content: bytes | None, seen: Value) -> None:
    body = replaced("$inputs.kind", payload, A).replace("contentType: $inputs.kind, ", "")
    if content is None:
        assert unsent(body, written=kind, kind=kind, n=5)
        return
    built = sent(body, written=kind, kind=kind, n=5)
    assert (built.content, built.content_type, built.value) == (content, kind, seen)


@pytest.mark.parametrize(
    ("kind", "payload", "content"),
    [
        (JSON, {"a": 1}, b'{"a":2}'),
        (JSON, '{"a": 1}', b'{"a":2}'),
        (JSON, b'{"a": 1}', b'{"a":2}'),
        (XML, b"<a/>", b"<a>2</a>"),
        (
            XML,
            '<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>',
            b'<?xml version="1.0" encoding="iso-8859-1"?><a>2</a>',
        ),
    ],
)
def test_replacements_in_what_an_expression_gives(kind: str, payload: Value, content: bytes) -> None:
    before = copy.deepcopy(payload)
    assert sent(replaced(kind, "$inputs.p", A), p=payload).content == content
    assert payload == before, "RES-23"


def test_a_string_that_replaces_the_whole_is_a_json_string() -> None:
    built = sent(replaced(JSON, "{}", "{target: '', value: '[1]'}"))
    assert (built.content, built.value) == (b'"[1]"', "[1]")


def test_an_object_is_written_as_xml_first() -> None:
    built = sent("{payload: {id: 1, name: a}, replacements: [{target: /pet/@id, value: 2}]}", "pet")
    assert (built.content, built.value) == (b'<pet id="2"><name>a</name></pet>', '<pet id="2"><name>a</name></pet>')


@pytest.mark.parametrize(
    ("operation", "body", "given", "content"),
    [
        ("any", f"{{contentType: {JSON}, replacements: [{{target: /a/b, value: 1}}]}}", {}, b'{"a":{"b":1}}'),
        ("any", f"{{contentType: {FORM}, replacements: [{A}]}}", {}, b"a=2"),
        ("must", f"{{replacements: [{A}]}}", {}, b'{"a":2}'),
        ("any", f"{{contentType: {JSON}, replacements: [{{target: /a, value: $inputs.n}}]}}", {}, b"{}"),
        ("any", replaced(JSON, "$inputs.p", A), {}, b'{"a":2}'),
        ("any", replaced(JSON, "x", "{target: /a, value: $inputs.n}"), {}, b'"x"'),
        ("any", replaced(XML, "<b/>", "{target: /a, value: $inputs.n}"), {}, b"<b/>"),
    ],
)
def test_what_is_absent(operation: str, body: str, given: dict[str, Value], content: bytes) -> None:
    assert sent(body, operation, None, **given).content == content  # RPL-11, BOD-17


@pytest.mark.parametrize(
    ("body", "given", "words"),
    [
        (replaced(JSON, "{}", "{target: /a/b, value: 1}"), {}, "the replacement at '/a/b' can't be made"),
        (replaced(JSON, "{}", "{target: /a, value: $steps.s.outputs.x}"), {}, "the replacement at '/a' has no value: "),
        (replaced(JSON, "{}", "{target: '/{$inputs.n}', value: 1}"), {}, "can't be made: $inputs.n: "),
        (replaced(JSON, "'{\"a\"'", A), {}, "it is text, and no JSON"),
        (replaced(JSON, "$inputs.p", A), {"p": "[" * 100_000}, "it is text, and no JSON"),
        (replaced(JSON, "$inputs.p", A), {"p": 5}, "the body is an integer"),
        (replaced(XML, "$inputs.p", A), {"p": 5}, "no well-formed XML"),
        (replaced(XML, "$inputs.p", A), {}, "replacements in XML need a payload"),
        (replaced(FORM, "$inputs.p", A), {"p": "a&" * (MAX_FORM_FIELDS + 1)}, "more than 10,000 fields"),
        (replaced("multipart/form-data", "$inputs.p", A), {"p": "a"}, "that is text: write it as an object"),
        (replaced(JSON, "$steps.s.outputs.x", A), {}, "the body has no value"),
    ],
)
def test_what_can_not_be_built(body: str, given: dict[str, Value], words: str) -> None:
    assert words in unsent(body, "any", None, **given)


def test_no_payload_and_no_replacements_is_no_body() -> None:
    built = sent("{contentType: application/json}")
    assert built.content is None
    assert isinstance(built.value, Nothing)


def test_json_text_without_replacements_is_sent_as_it_stands_and_seen_as_data() -> None:
    built = sent(f"{{contentType: {JSON}, payload: '{{\"a\":  1}}'}}")
    assert (built.content, built.value) == (b'{"a":  1}', {"a": 1})
