"""What came of one row of many, and where rows come from."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError, InputsError
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Value

Row: TypeAlias = Mapping[str, Value]
"""The inputs of one run, by name."""

Rows: TypeAlias = Iterable[Row]
AsyncRows: TypeAlias = AsyncIterable[Row] | Iterable[Row]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RowDone:
    """What came of a row. `number` counts the rows from 1, in the order in which they were taken.

    `result` is the record of its run, in the clear; None where it was refused before anything was sent. `problem` says
    why it was refused (its inputs do not fit, most of the time) or which limit ended it; None for all other rows, also
    for those that failed. `redactor` knows the secrets of the run.
    """

    number: int
    result: RunResult | None
    problem: ArazzoError | None = None
    redactor: Redactor = field(default_factory=Redactor, repr=False, compare=False)

    @property
    def succeeded(self) -> bool:
        """Whether the workflow ran and succeeded."""
        return self.result is not None and self.result.succeeded

    @property
    def shown_outputs(self) -> Mapping[str, Value]:
        """The outputs with nothing secret in them, as `arazzo run --json` tells them; none where there is no result."""
        if self.result is None:
            return {}
        return self.redactor.scrub(replace(self.result, steps=(), warnings=(), tokens=(), reason="")).outputs

    def shown(self, value: _T) -> _T:
        """Return a value of this row with nothing secret in it, as an event would tell it."""
        return self.redactor.scrub(value)


def checked_row(row: object) -> Row:
    """Return what was taken as a row, if it is one.

    Raises:
        InputsError: it is no mapping.
    """
    if isinstance(row, Mapping):
        return row
    raise InputsError(f"a row is the inputs by name, and this one is of type {type(row).__name__}", "nothing was sent")


def iterated(rows: AsyncRows) -> AsyncIterator[Row]:
    """Return rows as an asynchronous iterator; closing it closes what is behind it."""
    return _awaited(rows) if isinstance(rows, AsyncIterable) else _stepped(iter(rows))


async def _awaited(rows: AsyncIterable[Row]) -> AsyncIterator[Row]:
    iterator = aiter(rows)
    try:
        async for row in iterator:
            yield row
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()


async def _stepped(rows: Iterator[Row]) -> AsyncIterator[Row]:
    try:
        for row in rows:
            yield row
    finally:
        shut(rows)


def shut(rows: Iterator[Row]) -> None:
    """Close what rows come from, if it can be closed: a generator holds a file, say."""
    close = getattr(rows, "close", None)
    if close is not None and not hasattr(rows, "read"):  # an open file is its owner's
        close()
