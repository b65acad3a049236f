"""The flags of commands that write or read journals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeAlias

from arazzo_runner.cli.marks import argument, option
from arazzo_runner.errors import UsageError

Journal: TypeAlias = Annotated[
    str | None,
    option(
        "--journal",
        metavar="FILE",
        help="Record the run in a new file, from which it can be reported, replayed and gone on with later ({time} and "
        "{run} in the name are filled in). Secrets go to FILE.secrets.",
    ),
]
IdempotencyKey: TypeAlias = Annotated[
    bool,
    option(
        "--idempotency-key",
        help="Send an Idempotency-Key with each request whose method is not idempotent, so that it can be sent again.",
    ),
]
JournalFile: TypeAlias = Annotated[
    str, argument(metavar="JOURNAL", help="A journal, as 'arazzo run --journal FILE' writes it.")
]
OtherFile: TypeAlias = Annotated[
    str | None,
    argument(metavar="[FILE]", help="The Arazzo document to take in the place of the one it was recorded from."),
]
Lenient: TypeAlias = Annotated[
    bool, option("--lenient", help="Go on where a request differs, and tell of all differences at the end.")
]
From: TypeAlias = Annotated[
    str | None,
    option("--from", metavar="STEP", help="Go on from this step (its id, or a path of ids: call/inner)."),
]
WithInput: TypeAlias = Annotated[
    list[str] | None,
    option("--with-input", metavar="NAME=VALUE", help="An input in the place of the recorded one. May be repeated."),
]
RetryUnknown: TypeAlias = Annotated[
    bool,
    option(
        "--retry-unknown", help="Send a request again although nobody knows whether it was carried out the first time."
    ),
]


def check_alone(journal: str | None, others: Iterable[tuple[bool, str]]) -> None:
    """Refuse a journal beside flags that have no run to record, or several.

    Raises:
        UsageError: one of the `others` is given; its name stands beside it.
    """
    for given, name in others:
        if journal is not None and given:
            raise UsageError(f"--journal records one run, and {name} is none", "leave one of the two out")
    if journal is not None and not journal:
        raise UsageError("--journal: no file is named", "write --journal run.ndjson")
