"""The straight line, written once: the command and the users of the library both call it.

    where -> load -> Description -> prepare -> Prepared -> execute -> RunResult

Everything up to `prepare` finds faults and sends nothing to any API. A `Prepared` can be run as often as one likes,
from several threads at once: runs share nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, TypeAlias

from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared, check, operations, prepare
from arazzo_runner.api.previewing import preview
from arazzo_runner.api.profiles import load_profile
from arazzo_runner.api.running import EventStream, InputsFor, OnEvent, aexecute, begin, execute
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
) -> RunResult:
    """Run a workflow of an Arazzo document, and return its result.

    `workflow` may be left out where the document has one only. `inputs` are typed values by name. `transport` is a
    client of httpx2 or httpx that the caller owns, or any object with the one method of `Transport`. `on_event` gets
    each event as it happens, redacted; the result is in the clear.

    A step that fails is no exception: look at `RunResult.status`.

    Raises:
        UsageError: no such file or workflow, or an option names something that does not exist.
        DocumentError: the document can't run; `diagnostics` says where and why. Nothing was sent.
        InputsError: the inputs do not fit the workflow's schema. Nothing was sent.
        LimitReached: a limit of the run was reached; `result` holds what was done.
    """
    prepared = _prepared(document, workflow, options)
    return execute(prepared, inputs, inputs_for=inputs_for, on_event=on_event, transport=transport)


async def arun(
    document: Document,
    workflow: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    *,
    options: Options | None = None,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    transport: Any = None,
) -> RunResult:
    """Run a workflow inside the running event loop; otherwise as `run`. Documents are read in a thread."""
    import asyncio  # for those that have a loop already

    prepared = await asyncio.to_thread(_prepared, document, workflow, options)
    return await aexecute(prepared, inputs, inputs_for=inputs_for, on_event=on_event, transport=transport)


def stream(
    document: Document,
    workflow: str | None = None,
    inputs: Mapping[str, Value] | None = None,
    *,
    options: Options | None = None,
    inputs_for: InputsFor | None = None,
    transport: Any = None,
) -> EventStream:
    """Begin a run that moves on as its events are read; raises as `run` does.

    Nothing is sent before the first event is read. Use it in a `with` statement where it may be left midway.
    """
    prepared = _prepared(document, workflow, options)
    return EventStream(prepared, inputs, inputs_for=inputs_for, transport=transport)


def _prepared(document: Document, workflow: str | None, options: Options | None) -> Prepared:
    if isinstance(document, Prepared):
        return document
    description = document if isinstance(document, Description) else load(document)
    return prepare(description, workflow, options)


__all__ = [
    "Document",
    "EventStream",
    "Options",
    "Prepared",
    "aexecute",
    "arun",
    "begin",
    "check",
    "execute",
    "load",
    "load_profile",
    "operations",
    "prepare",
    "preview",
    "run",
    "stream",
]
