from __future__ import annotations

import pytest

from arazzo_runner.engine.authorization_header import without_credentials
from arazzo_runner.engine.request import Built
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import Constant
from tests.engine.test_request import build


@pytest.mark.parametrize(
    ("value", "is_left_out"),
    [
        ("'Bearer {$inputs.token}'", True),
        ("'Token  {$inputs.token}'", True),
        ("'{$inputs.note} {$inputs.token}'", True),
        ("'Bearer {$inputs.token} '", True),
        ("'Bearer {$inputs.token} {$inputs.id}'", False),
        ("'Bearer{$inputs.token}'", False),
        ("'Token token={$inputs.token}'", False),
        ("Bearer", False),
    ],
)
def test_which_headers_are_left_out(value: str, is_left_out: bool) -> None:
    step = f"operationId: open, parameters: [{{name: Authorization, in: header, value: {value}}}]"
    built = build(step, id="7")
    assert isinstance(built, Built)
    assert (built.request.header("authorization") is None) is is_left_out


def test_other_headers_keep_their_text() -> None:
    built = build("operationId: open, parameters: [{name: X-Note, in: header, value: 'Bearer {$inputs.token}'}]")
    assert isinstance(built, Built)
    assert (built.request.header("x-note") or "").startswith("Bearer")


def test_only_texts_with_expressions_are_judged() -> None:
    assert without_credentials(Constant("Bearer "), Scope()) is None
    assert without_credentials(Constant(1), Scope()) is None
