"""A preview for a person: each step with its request, whole, and what could not be built with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from arazzo_runner.engine.effects import Request
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.reports.page import Ink, Line, Look, Page
from arazzo_runner.reports.requests.bodies import shown_text

MAX_SHOWN = 20_000
"""Characters of a body that are shown; the other forms have all of it."""


def write_preview(stream: TextIO, preview: Preview, look: Look) -> None:
    """Write the preview."""
    Page(stream, look).write(_lines(preview, look))


def _lines(preview: Preview, look: Look) -> Iterator[Line]:
    count = len(preview.steps)
    yield (Ink.STRONG.of(preview.workflow), f": {count} {'step' if count == 1 else 'steps'}, nothing was sent")
    for step in preview.steps:
        yield ()
        yield from _step(step, look)
    if preview.missing:
        yield ()
        yield (Ink.DOUBT.of("Missing inputs"), f": {', '.join(preview.missing)}")
    if preview.cut:
        yield (Ink.DOUBT.of("Left out"), f": {preview.cut}")


def _step(step: StepPreview, look: Look) -> Iterator[Line]:
    name = " > ".join(step.path)
    if step.shown is not None:
        yield (f"  {look.marks.start} ", Ink.STRONG.of(name))
        yield from _request(step.shown)
    elif step.calls and not step.reason:
        yield (f"  {look.marks.start} ", Ink.STRONG.of(name), f"  calls workflow {step.calls}")
    else:
        yield (Ink.BAD.of(f"  {look.marks.failed} "), Ink.STRONG.of(name), f"  {_what(step)}: {step.reason}")
        if step.span is not None:
            yield ("      ", Ink.PLACE.of(f"{step.span.name}:{step.span.line}:{step.span.column}"))
    if step.login:
        yield (Ink.FAINT.of(f"      (answers a challenge of the server as {step.login})"),)
    for remark in (*step.remarks, *step.wanted.splitlines()):
        yield (Ink.DOUBT.of("      note"), f": {remark}")


def _what(step: StepPreview) -> str:
    return f"workflow {step.calls} can't be shown" if step.calls else "no request can be built"


def _request(request: Request) -> Iterator[Line]:
    yield (f"    {request.method} {request.url}",)
    for name, value in request.headers:
        yield (f"    {name}: {value}",)
    if request.body is None:
        return
    yield ()
    text = shown_text(request)
    if text is None:
        yield (Ink.FAINT.of(f"    ({len(request.body):,} bytes that are no text)"),)
        return
    for line in text[:MAX_SHOWN].splitlines() or [""]:
        yield (f"    {line}",)
    if len(text) > MAX_SHOWN:
        yield (Ink.FAINT.of(f"    (and {len(text) - MAX_SHOWN:,} more characters)"),)
