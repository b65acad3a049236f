"""Request bodies bound: what a body is to the targets of its replacements (checklist RPL-03, RPL-04, RPL-07)."""

from __future__ import annotations

import pytest

from arazzo_runner.program.bodies import body_form
from arazzo_runner.program.model import BoundBody, OperationCall
from arazzo_runner.query.target import BodyForm
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
paths:
  /any: {post: {operationId: any, responses: {}}}
  /json: {post: {operationId: json, requestBody: {content: {text/plain: {}, application/json: {}}}, responses: {}}}
  /xml: {post: {operationId: xml, requestBody: {content: {application/xml: {}}}, responses: {}}}
"""


def document(step: str) -> str:
    inputs = "{type: object, properties: {p: {}, kind: {}}}"
    return f"workflows: [{{workflowId: w, inputs: {inputs}, steps: [{{stepId: s, {step}}}]}}]"


def body_of(step: str) -> BoundBody:
    call = program_of(document(step), files={"openapi.yaml": API}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    assert call.body is not None
    return call.body


@pytest.mark.parametrize(
    ("content_type", "form"),
    [
        ("application/json", BodyForm.DATA),
        ("Application/JSON; charset=utf-8", BodyForm.DATA),
        ("application/merge-patch+json", BodyForm.DATA),
        ("application/x-ndjson", BodyForm.DATA),
        ("application/json-seq", BodyForm.DATA),
        ("application/yaml", BodyForm.DATA),
        ("application/x-www-form-urlencoded", BodyForm.DATA),
        ("multipart/form-data; boundary=x", BodyForm.DATA),
        ("application/xml", BodyForm.XML),
        ("text/xml; charset=utf-8", BodyForm.XML),
        ("application/soap+xml", BodyForm.XML),
        ("image/svg+xml", BodyForm.XML),
        ("text/plain", BodyForm.TEXT),
        ("text/csv", BodyForm.TEXT),
        ("application/octet-stream", BodyForm.TEXT),
        ("", BodyForm.TEXT),
    ],
)
def test_the_form_of_a_body(content_type: str, form: BodyForm) -> None:
    assert body_form(content_type) is form


REPLACE = "replacements: [{target: /a, value: 1}]"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (
            f"operationId: any, requestBody: {{contentType: text/plain, payload: x, {REPLACE}}}",
            "replacement-no-structure",
        ),
        (f"operationId: any, requestBody: {{payload: 'a {{$inputs.p}}', {REPLACE}}}", "replacement-no-structure"),
        (f"operationId: any, requestBody: {{payload: text, {REPLACE}}}", "replacement-no-structure"),
        (f"operationId: xml, requestBody: {{{REPLACE}}}", "replacement-without-payload"),
        ("operationId: json, requestBody: {payload: {}, replacements: [{target: a, value: 1}]}", "query-malformed"),
        ("operationId: any, requestBody: {payload: {}, replacements: [{target: a, value: 1}]}", "query-malformed"),
        (
            "operationId: xml, requestBody: {payload: $inputs.p, replacements: [{target: '//[', value: 1}]}",
            "query-malformed",
        ),
        (
            "operationId: json, parameters: [{name: content-type, in: header, value: text/plain}], "
            f"requestBody: {{payload: $inputs.p, {REPLACE}}}",
            "replacement-no-structure",
        ),
    ],
)
def test_what_is_known_beforehand_is_told_beforehand(step: str, code: str) -> None:
    compiled = compile_text(document(step), files={"openapi.yaml": API})
    assert codes(compiled.diagnostics) == [code]


@pytest.mark.parametrize(
    "step",
    [
        f"operationId: any, requestBody: {{payload: $inputs.p, {REPLACE}}}",
        "operationId: any, requestBody: {payload: $inputs.p, replacements: [{target: //a, value: 1}]}",
        "operationId: any, requestBody: {payload: $inputs.p, replacements: [{target: 'a', value: 1}]}",
        "operationId: any, requestBody: {payload: $inputs.p, replacements: [{target: '/a[1', value: 1}]}",
        "operationId: json, parameters: [{name: Content-Type, in: header, value: $inputs.kind}], "
        "requestBody: {payload: $inputs.p, replacements: [{target: 'a', value: 1}]}",
        f"operationId: any, requestBody: {{contentType: $inputs.kind, payload: {{}}, {REPLACE}}}",
    ],
)
def test_what_is_known_in_the_run_alone_is_left_to_it(step: str) -> None:
    assert len(body_of(step).replacements) == 1


def test_a_target_that_fits_no_body_is_told_even_so() -> None:
    step = "operationId: any, requestBody: {payload: $inputs.p, replacements: [{target: '#[', value: 1}]}"
    assert codes(compile_text(document(step), files={"openapi.yaml": API}).diagnostics) == ["query-malformed"]


def test_a_body_without_a_payload_has_none() -> None:
    body = body_of(f"operationId: json, requestBody: {{{REPLACE}}}")
    assert body.payload is None
    assert [one.target for one in body.replacements] == ["/a"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{contentType: text/plain, payload: {a: $inputs.x}}", True),
        ("{contentType: application/octet-stream, payload: [1]}", True),
        ("{contentType: text/plain, payload: text}", False),
        ("{contentType: text/plain, payload: $inputs.x}", False),
        ("{contentType: text/event-stream, payload: [{data: x}]}", False),
        ("{contentType: application/json, payload: {a: 1}}", False),
        ("{payload: {a: 1}}", False),
    ],
)
def test_an_object_in_a_content_type_without_structure_is_warned_of(body: str, told: bool) -> None:
    text = f"workflows:\n- workflowId: w\n  inputs: {{properties: {{x: {{}}}}}}\n  steps: [{{stepId: s, operationId: x, requestBody: {body}}}]\n"
    found = [one for one in compile_text(text).diagnostics if one.code == "reading-BOD-15"]
    assert [one.span.line for one in found if one.span is not None] == ([9] if told else [])
    assert "reading-BOD-15" not in [one.code for one in compile_text(text, strict=True).diagnostics]
    call = program_of(text).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    assert call.body is not None
    assert not call.body.literal
