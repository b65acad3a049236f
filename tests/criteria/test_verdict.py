from __future__ import annotations

import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.redact import REDACTED, Redactor
from arazzo_runner.values import Value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("$response.body#/token", "abc", REDACTED),
        ("$response.header.Set-Cookie", "a=1", REDACTED),
        ("$steps.login.outputs.accessToken", "abc", REDACTED),
        ("$inputs.password", "abc", REDACTED),
        ("$response.body#/items/0", "abc", "abc"),
        ("$response.body#/token/kind", "bearer", "bearer"),
        ("$inputs.nextPageToken", "abc", "abc"),
        ("$statusCode", 200, 200),
        ("$response.body", {"token": "abc", "n": 1}, {"token": REDACTED, "n": 1}),
    ],
)
def test_the_last_name_of_an_operand_tells_whether_it_is_a_secret(text: str, value: Value, shown: Value) -> None:
    assert Operand(text, value).redacted(Redactor()) == Operand(text, shown)
    assert Operand(text, value).redacted(Redactor(reveal=True)) == Operand(text, value)
