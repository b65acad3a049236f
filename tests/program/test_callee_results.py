from __future__ import annotations

import pytest

from tests.engine.programs import compile_text

TEXT = """
workflows:
- workflowId: w
  successActions: [{{name: x, type: end, criteria: [{{condition: $statusCode == 503}}]}}]
  steps:
  - stepId: call
    workflowId: inner
    {field}
- workflowId: inner
  steps: [{{stepId: s, operationId: x, successCriteria: [{{condition: $statusCode == 200}}], outputs: {{o: $statusCode}}}}]
  outputs: {{o: $steps.s.outputs.o}}
"""


@pytest.mark.parametrize(
    ("field", "code", "word"),
    [
        ("outputs: {a: $outputs.o}", "reading-SUB-07", "$workflows.inner.outputs.o"),
        ("successCriteria: [{condition: $outputs.o == 1}]", "reading-SUB-07", "$workflows.inner.outputs.o"),
        ("successCriteria: [{condition: $statusCode == 200}]", "reading-SUB-10", "'inner'"),
        ("outputs: {a: $response.body#/a}", "reading-SUB-10", "'inner'"),
        ("onSuccess: [{name: y, type: end, criteria: [{condition: $statusCode == 1}]}]", "reading-SUB-10", "'inner'"),
    ],
)
def test_what_is_read_of_the_callee_without_its_name_is_told(field: str, code: str, word: str) -> None:
    [warning] = compile_text(TEXT.format(field=field)).diagnostics
    assert (warning.code, warning.severity.value) == (code, "warning")
    assert word in f"{warning.message} {warning.help}"
    assert compile_text(TEXT.format(field=field), strict=True).diagnostics == ()


@pytest.mark.parametrize("field", ["description: none", "outputs: {a: $workflows.inner.outputs.o}"])
def test_what_names_the_callee_or_stands_elsewhere_is_not(field: str) -> None:
    assert compile_text(TEXT.format(field=field)).diagnostics == ()
