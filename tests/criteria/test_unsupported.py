"""Kinds that can't be decided yet are refused, never passed."""

import pytest

from arazzo_runner.criteria.unsupported import compile_unsupported
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Declared, Dialect


@pytest.mark.parametrize("kind", ["regex", "jsonpath", "xpath"])
def test_the_fault_names_the_kind(kind: str) -> None:
    result = compile_unsupported(Criterion("x", (), None, ExpressionType(kind)), None, Dialect(), Declared())
    assert result.check is None
    assert result.fault is not None
    assert result.field == "type"
    assert (result.fault.code, result.fault.message) == (
        "criterion-unsupported",
        f"{kind} criteria are not supported yet",
    )
