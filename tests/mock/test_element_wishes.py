"""XPath criteria against bodies in XML: the document that is written makes the real criterion pass, and fail."""

from __future__ import annotations

import pytest

from arazzo_runner.values import JSON
from tests.mock.one_step import Answered, answered

ORDER: JSON = {
    "type": "object",
    "xml": {"name": "order"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "status": {"type": "string", "enum": ["open", "paid", "sent"]},
        "total": {"type": "number", "xml": {"name": "sum"}},
        "note": {"type": "string"},
        "express": {"type": "boolean"},
        "lines": {
            "type": "array",
            "xml": {"name": "lines", "wrapped": True},
            "items": {
                "type": "object",
                "xml": {"name": "line"},
                "properties": {"sku": {"type": "string", "xml": {"attribute": True}}, "n": {"type": "integer"}},
            },
        },
        "tags": {"type": "array", "items": {"type": "string", "xml": {"name": "tag"}}},
        "customer": {"type": "object", "properties": {"name": {"type": "string"}}},
    },
}

CONDITIONS = [
    "/order",
    "/order/status",
    "//status",
    "/order/status = 'paid'",
    "//status = 'sent'",
    "/order/@id = 17",
    "/order[@id = '17']",
    "/order[status = 'paid']/note",
    "/order/sum > 40",
    "/order/sum >= 40 and /order/sum < 42",
    "/order/note = 'x & <y>' or /order/status = 'open'",
    "count(/order/lines/line) > 2",
    "count(//line) >= 3",
    "count(/order/tag) = 2",
    "/order/lines/line[@sku = 'a1']/n = 5",
    "/order/lines/line[@sku = 'a1']",
    "//line[n > 3]",
    "/order/tag[2] = 'hot'",
    "/order/express = 'true'",
    "contains(/order/note, 'done')",
    "starts-with(//customer/name, 'Mc')",
    "string-length(/order/note) > 30",
    "not(/order/status = 'open')",
    "not(/order/extra)",
    "/order/extra = 'there'",
    "boolean(//customer/name)",
    "/order/status/text() = 'paid'",
    "'paid' = /order/status",
    "order/status = 'paid'",
    "/order/status != 'open'",
    "/*/status = 'paid'",
    "normalize-space(/order/note) = 'one two'",
    "count(//missing) = 0",
    "/order/status = '{$inputs.state}'",
]


def asked(condition: str, schema: JSON, version: str = "xpath-10") -> Answered:
    responses: JSON = {"200": {"description": "", "content": {"application/xml": {"schema": schema}}}}
    criterion: dict[str, JSON] = {
        "context": "$response.body",
        "condition": condition,
        "type": {"type": "xpath", "version": version},
    }
    return answered(responses, criterion, inputs={"state": "sent"})


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("version", ["xpath-10", "xpath-31"])
def test_a_document_is_written_that_satisfies_the_criterion(condition: str, version: str) -> None:
    answer = asked(condition, ORDER, version)
    assert answer.result.succeeded, (answer.notes, answer.content)
    assert answer.notes == ()


@pytest.mark.parametrize(
    "condition", [one for one in CONDITIONS if not one.startswith(("not(/order/extra", "count(//m"))]
)
@pytest.mark.parametrize("schema", [{"type": "string"}, None], ids=["text", "none"])
def test_where_the_schema_is_text_the_document_is_written_out(condition: str, schema: JSON) -> None:
    responses: JSON = {"200": {"description": "", "content": {"application/xml": {"schema": schema} if schema else {}}}}
    criterion: dict[str, JSON] = {"context": "$response.body", "condition": condition, "type": "xpath"}
    answer = answered(responses, criterion, inputs={"state": "sent"})
    assert answer.result.succeeded, (answer.notes, answer.content)


@pytest.mark.parametrize("condition", ["/order/status = 'gone'", "/invoice/id"])
def test_what_the_schema_has_no_room_for_is_said(condition: str) -> None:
    answer = asked(condition, ORDER)
    assert not answer.result.succeeded
    assert any("contradict" in note for note in answer.notes)
