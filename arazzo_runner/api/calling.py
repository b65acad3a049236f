"""The straight line in one call, for users of the library: from a document to the result of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, TypeAlias

from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.api.confinement import access_of
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared, prepare
from arazzo_runner.api.running import EventStream, OnEvent, aexecute, execute
from arazzo_runner.document.model import Description
from arazzo_runner.engine.result import RunResult
from arazzo_runner.values import Value

Document: TypeAlias = str | os.PathLike[str] | Description | Prepared
"""What can be run: a path, a URL, a loaded description, or a workflow that is prepared already."""


def run(
    document: Document,
    workflow: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    *,
    options: Options | None = None,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    transport: Any = None,
    journal: str | os.PathLike[str] | None = None,
) -> RunResult:
    """Run a workflow of an Arazzo document, and return its result.

    `workflow` may be left out where the document has one only. `inputs` are typed values by name. `transport` is a
    client of httpx2 or httpx that the caller owns, or any object with the one method of `Transport`. `on_event` gets
    each event as it happens, redacted; the result is in the clear. `journal` is a file, not there yet, that the run is
    recorded in.

    A step that fails is no exception: look at `RunResult.status`.

    Raises:
        UsageError: no such file or workflow, or an option names something that does not exist.
        DocumentError: the document can't run; `diagnostics` says where and why. Nothing was sent.
        InputsError: the inputs do not fit the workflow's schema. Nothing was sent.
        LimitReached: a limit of the run was reached; `result` holds what was done.
    """
    prepared = prepared_of(document, workflow, options)
    return execute(prepared, inputs, inputs_for=inputs_for, on_event=on_event, transport=transport, journal=journal)


async def arun(
    document: Document,
    workflow: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    *,
    options: Options | None = None,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    transport: Any = None,
    journal: str | os.PathLike[str] | None = None,
) -> RunResult:
    """Run a workflow inside the running event loop; otherwise as `run`. Documents are read in a thread."""
    import asyncio  # for those that have a loop already

    prepared = await asyncio.to_thread(prepared_of, document, workflow, options)
    return await aexecute(
        prepared, inputs, inputs_for=inputs_for, on_event=on_event, transport=transport, journal=journal
    )


def stream(
    document: Document,
    workflow: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    *,
    options: Options | None = None,
    inputs_for: InputsFor | None = None,
    transport: Any = None,
    journal: str | os.PathLike[str] | None = None,
) -> EventStream:
    """Begin a run that moves on as its events are read; raises as `run` does.

    Nothing is sent before the first event is read. Use it in a `with` statement where it may be left midway.
    """
    prepared = prepared_of(document, workflow, options)
    return EventStream(prepared, inputs, inputs_for=inputs_for, transport=transport, journal=journal)


def prepared_of(document: Document, workflow: str | None, options: Options | None) -> Prepared:
    """Return a workflow of a document ready to run; raises as `prepare` does."""
    if isinstance(document, Prepared):
        return document
    access = access_of(options or Options())
    description = document if isinstance(document, Description) else load(document, access=access)
    return prepare(description, workflow, options)
