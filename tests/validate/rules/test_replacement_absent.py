from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.replacement_absent import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

PAYLOAD = "{order: {total: 0, lines: [{sku: a}]}, free: $inputs.a}"


def case(
    *targets: str, payload: str = PAYLOAD, help: str = "", more: str = "", code: str = "", version: str = "1.0.1"
) -> Case:
    listed = ", ".join(f"{{target: {one}, value: 1{more}}}" for one in targets)
    text = f"""
workflows:
- workflowId: w
  inputs: {{type: object}}
  steps: [{{stepId: s, operationId: z, requestBody: {{payload: {payload}, replacements: [{listed}]}}}}]
"""
    return Case(text, code, Severity.WARNING, help, version)


def doubt(*targets: str, payload: str = PAYLOAD, help: str = "", more: str = "", version: str = "1.0.1") -> Case:
    return case(*targets, payload=payload, help=help, more=more, code="replacement-absent", version=version)


FIRES = {
    "a last name but for a letter": doubt("«/order/totl»", help="did you mean 'total'?"),
    "another case": doubt("«/order/Total»", help="did you mean 'total'?"),
    "nothing above": doubt("«/ordr/total»", help="did you mean 'order'?"),
    "nothing at all above": doubt("«/some/where»", help="known: 'order', 'free'"),
    "an item that is not there": doubt("«/order/lines/4/sku»", help="known: '0'"),
    "a name in a list": doubt("«/order/lines/sku»"),
    "in JSON text": doubt("«/order/totl»", payload='\'{"order": {"total": 0}}\'', help="did you mean 'total'?"),
    "the second of two": doubt("/order/total", "«/order/line/0»", help="did you mean 'lines'?"),
    "a pointer by its type": doubt("«/ordr/total»", more=", targetSelectorType: jsonpointer", version="1.1.0"),
}
SILENT = {
    "there": case("/order/total"),
    "an item": case("/order/lines/0/sku"),
    "one that is appended": case("/order/lines/-"),
    "the next one": case("/order/lines/1"),
    "two more, one after the other": case("/order/lines/1", "/order/lines/2"),
    "the one behind one that is appended": case("/order/lines/-", "/order/lines/2"),
    "a member that is made": case("/order/currency"),
    "one more of a row": case("/line2", payload="{line1: a}"),
    "the whole": case("''"),
    "below an expression": case("/free/any/where"),
    "made by one before it": case("/fresh", "/fresh/inner/deep"),
    "text that is no JSON": case("/a/b", payload="'{$inputs.a}'"),
    "a query": case("$.ordr.total", more=", targetSelectorType: jsonpath", version="1.1.0"),
    "with an expression in it": case("'/ordr/{$inputs.a}'"),
    "behind a query": case("$.order", more=", targetSelectorType: jsonpath", version="1.1.0"),
}  # fmt: skip


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)


@pytest.mark.parametrize("offered", ["application/xml", "text/xml"])
def test_a_target_in_xml_is_an_xpath(offered: str) -> None:
    text = case("/ordr/total").text.replace("requestBody: {", f"requestBody: {{contentType: {offered}, ")
    assert_silent(check, Case(text))
