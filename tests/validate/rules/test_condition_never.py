from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.condition_never import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def criteria(*conditions: str) -> str:
    return ", ".join(f"{{condition: {one}}}" for one in conditions)


def case(*conditions: str, code: str = "", action: bool = False) -> Case:
    listed = criteria(*conditions)
    field = f"onFailure: [{{name: a, type: end, criteria: [{listed}]}}]" if action else f"successCriteria: [{listed}]"
    text = f"workflows:\n- workflowId: w\n  steps: [{{stepId: s, operationId: x, {field}}}]\n"
    helps = {"condition-never": "write alternatives", "condition-always": "where several values"}
    return Case(text, code, Severity.WARNING, helps.get(code, ""))


FIRES = {
    "two statuses": case("$statusCode == 200", "«$statusCode == 404»", code="condition-never"),
    "in one": case("«$statusCode == 200 && $statusCode == 404»", code="condition-never"),
    "the third": case("$statusCode > 100", "$statusCode < 300", "«$statusCode == 404»", code="condition-never"),
    "an action": case("$statusCode == 404", "«$statusCode == 500»", code="condition-never", action=True),
    "always": case("«$statusCode != 200 || $statusCode != 404»", code="condition-always"),
}
REGEX = "workflows:\n- workflowId: w\n  steps: [{stepId: s, operationId: x, successCriteria: [{condition: $statusCode == 200}, {context: $statusCode, condition: '404', type: regex}]}]\n"
SILENT = {
    "one": case("$statusCode == 200"),
    "a range": case("$statusCode >= 200", "$statusCode < 300"),
    "alternatives": case("$statusCode == 200 || $statusCode == 404"),
    "different values": case("$statusCode == 200", "$response.body#/status == 404"),
    "both excluded": case("$statusCode != 200 && $statusCode != 404"),
    "another type": Case(REGEX),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
