import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from io import StringIO
from typing import Any, cast

import pytest

from arazzo_runner.api.rows import Row, RowDone, checked_row, iterated, shut
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import InputsError
from arazzo_runner.redact import Redactor


def test_a_row_that_was_refused_did_not_succeed() -> None:
    assert not RowDone(1, None, InputsError("no")).succeeded


def test_what_is_shown_of_a_row_hides_the_secrets_of_its_run() -> None:
    redactor = Redactor()
    redactor.learn("opensesame")
    done = RowDone(1, None, redactor=redactor)
    assert "opensesame" not in str(done.shown({"a": "it is opensesame"}))
    assert "redactor" not in repr(done)


def test_outputs_that_are_secret_by_their_declaration_are_not_shown() -> None:
    result = RunResult(Status.SUCCEEDED, "flow", {"code": "12", "id": 7}, secret_outputs=frozenset(["code"]))
    done = RowDone(1, result)
    assert done.shown_outputs == {"code": "[redacted]", "id": 7}
    assert RowDone(1, result, redactor=Redactor(reveal=True)).shown_outputs == {"code": "12", "id": 7}
    assert RowDone(1, None).shown_outputs == {}


@pytest.mark.parametrize("row", [None, 7, "a=1", ["a"], {"a"}])
def test_what_is_no_mapping_is_no_row(row: object) -> None:
    with pytest.raises(InputsError, match="a row is the inputs by name"):
        checked_row(row)


async def _first(rows: Any) -> Row:
    async with aclosing(cast(Any, iterated(rows))) as found:
        return cast(Row, await anext(found))


def test_what_rows_come_from_is_closed_with_them() -> None:
    closed = []

    def steps() -> Iterator[Row]:
        try:
            yield {"a": 1}
            yield {"a": 2}
        finally:
            closed.append("steps")

    async def waits() -> AsyncIterator[Row]:
        try:
            yield {"a": 3}
            yield {"a": 4}
        finally:
            closed.append("waits")

    assert asyncio.run(_first(steps())) == {"a": 1}
    assert asyncio.run(_first(waits())) == {"a": 3}
    assert closed == ["steps", "waits"]


def test_an_open_file_stays_its_owners() -> None:
    stream = StringIO("a\nb\n")
    shut(cast(Any, stream))
    assert not stream.closed
