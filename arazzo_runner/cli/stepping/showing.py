"""What a person sees where a run is held, as lines. Everything that is shown goes through the redactor first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from arazzo_runner.api.evaluating import Answered
from arazzo_runner.cli.stepping.commands import TABLE
from arazzo_runner.cli.stepping.upcoming import Upcoming
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.effects import Checkpoint, Moment, Request
from arazzo_runner.engine.result import Status
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.scope import Received
from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall
from arazzo_runner.redact import Redactor, is_secret_name
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.layout import columns, pad, shorten, wrap
from arazzo_runner.reports.page import Ink, Line, Look
from arazzo_runner.reports.plain import shown
from arazzo_runner.reports.requests.bodies import shown_text
from arazzo_runner.reports.requests.curl import command
from arazzo_runner.reports.run.exchange import request_lines, status_text
from arazzo_runner.values import Nothing, Value

MAX_PRINTED: Final = 20_000
"""Characters of a value, of a body or of an answer that are shown at once."""

MAX_OPERAND: Final = 300
"""Characters of a value that stands within a line."""

_VALUES = re.compile(r"^(\s*(?:s|se|set)\s[^=]*=|\s*sk\w*\b)\s*\S.*", re.DOTALL)


def pause_lines(checkpoint: Checkpoint, coming: Upcoming, redactor: Redactor, look: Look) -> Iterator[Line]:
    """Yield what is seen where a run is held: the step, and its request or what has failed."""
    name = "/".join(checkpoint.step)
    again = f" (try {checkpoint.attempt})" if checkpoint.attempt > 1 else ""
    yield ()
    if checkpoint.moment is Moment.BEFORE:
        yield (Ink.NOTE.of(f"{look.marks.start} "), Ink.STRONG.of(name), f" is to begin{again}")
        yield from coming_lines(coming, redactor, look)
        return
    yield (Ink.BAD.of(f"{look.marks.failed} "), Ink.STRONG.of(name), f" has failed{again}")
    for line in wrap(redactor.text(checkpoint.reason.partition("\n")[0]), look.width - 4):
        yield (f"    {line}",)
    if checkpoint.scope.response is not None:
        yield from answer_lines(checkpoint.scope.response, redactor, MAX_OPERAND)
    yield (Ink.FAINT.of(f"    {_ways_on(checkpoint.bound)}"),)


def _ways_on(bound: BoundStep | None) -> str:
    """Say what can be done about a failure."""
    deals = "lets its failure actions decide" if bound is not None and bound.on_failure else "ends the workflow"
    return f"retry tries it again, skip takes it as done, Enter {deals}"


def coming_lines(coming: Upcoming, redactor: Redactor, look: Look) -> Iterator[Line]:
    """Yield what a step is about to do, a long body cut."""
    if coming.request is not None:
        yield from request_lines(coming.request.redacted(redactor), look)
    elif coming.calls:
        yield (f"    calls workflow {coming.calls}",)
        for name, value in coming.handed.items():
            yield (f"      {name} = {within(name, value, redactor)}",)
    else:
        for line in wrap(f"no request can be built: {redactor.text(coming.problem)}", look.width - 4):
            yield (Ink.BAD.of(f"    {line}"),)
    for note in coming.notes:
        yield (Ink.DOUBT.of("    note"), f": {redactor.text(note)}")


def whole_request(coming: Upcoming, redactor: Redactor, look: Look) -> Iterator[Line]:
    """Yield the request with its whole body; what is no request is told as at the pause."""
    if coming.request is None:
        yield from coming_lines(coming, redactor, look)
        return
    request = coming.request.redacted(redactor)
    yield (f"  {request.method} {request.url}",)
    for name, value in request.headers:
        yield (f"  {name}: {value}",)
    yield from _body(request)


def curl_lines(coming: Upcoming, redactor: Redactor, look: Look) -> Iterator[Line]:
    """Yield the command of curl that sends the request."""
    if coming.request is None:
        yield from coming_lines(coming, redactor, look)
        return
    for line in command(coming.request.redacted(redactor)).splitlines():
        yield (line,)


def _body(request: Request) -> Iterator[Line]:
    if request.body is None:
        return
    yield ()
    text = shown_text(request)
    yield from text_lines(f"({len(request.body):,} bytes that are no text)" if text is None else text)


def answer_lines(received: Received, redactor: Redactor, most: int = MAX_PRINTED) -> Iterator[Line]:
    """Yield an answer as expressions see it: status, header fields, body."""
    yield (Ink.FAINT.of("    < "), status_text(received.status))
    for name, value in redactor.headers(received.headers):
        yield (Ink.FAINT.of("    < "), f"{name}: {value}")
    if not isinstance(received.body, Nothing):
        yield from text_lines(_laid_out(redactor.scrub(received.body)), "    ", most)


def value_lines(text: str, found: Answered, redactor: Redactor) -> Iterator[Line]:
    """Yield the value that an expression gave, or why it has none."""
    for remark in found.remarks:
        yield (Ink.DOUBT.of("  note"), f": {remark}")
    if isinstance(found.value, Nothing):
        yield (Ink.DOUBT.of("  no value"), f": {redactor.text(found.value.reason)}")
        if found.help:
            yield (f"  {found.help}",)
        return
    yield from text_lines(_laid_out(Operand(text, found.value).redacted(redactor).value))


def verdict_lines(found: Answered, redactor: Redactor, look: Look) -> Iterator[Line]:
    """Yield whether a condition holds, with the value that each operand had."""
    for remark in found.remarks:
        yield (Ink.DOUBT.of("  note"), f": {remark}")
    match found.value:
        case True:
            yield (Ink.GOOD.of(f"  {look.marks.succeeded} "), "it holds")
        case Nothing(reason=reason):
            yield (Ink.DOUBT.of("  ? "), f"it can't be decided: {redactor.text(reason)}")
        case _:
            yield (Ink.BAD.of(f"  {look.marks.failed} "), "it does not hold")
    for operand in found.operands:
        hidden = operand.redacted(redactor)
        yield (f"    {hidden.text} was ", Ink.STRONG.of(_brief(hidden.value)))


def fault_lines(line: str, fault: Fault, redactor: Redactor) -> Iterator[Line]:
    """Yield a line that was not understood, with a caret below the place; not one with a secret in it."""
    if redactor.reveal or not _has_secret(line, redactor):
        yield (f"  {visible(line)}",)
        yield (Ink.BAD.of(f"  {' ' * columns(visible(line[: fault.offset]))}^"),)
    yield (Ink.BAD.of("  error"), f": {redactor.text(fault.message)}")
    if fault.help:
        yield (f"  {redactor.text(fault.help)}",)


def _has_secret(line: str, redactor: Redactor) -> bool:
    target, mark, _ = line.partition("=")
    name = re.split(r"[./#\s]", target.strip())[-1]
    return redactor.text(line) != line or bool(mark and is_secret_name(name))


def without_values(line: str) -> str:
    """Return a command without the values that it sets, in which secrets may stand that nobody knows yet."""
    return _VALUES.sub(r"\1 ...", line)


def where_lines(
    workflow: BoundWorkflow,
    path: tuple[str, ...],
    ends: Mapping[tuple[str, ...], Status],
    breaks: Iterable[str],
    look: Look,
) -> Iterator[Line]:
    """Yield the steps of the workflow with what became of each, and a mark where the run is."""
    above = f", called by {'/'.join(path[:-1])}" if len(path) > 1 else ""
    yield (Ink.STRONG.of(f"  {workflow.key.workflow_id}"), above)
    width = max(columns(step.step_id) for step in workflow.steps)
    held = frozenset(breaks)
    for step in workflow.steps:
        here = (*path[:-1], step.step_id)
        mark, ink = _mark(ends.get(here), look)
        now = look.marks.start if here == path else " "
        stop = "  (breakpoint)" if held & {step.step_id, "/".join(here)} else ""
        yield (Ink.NOTE.of(f"  {now} "), ink.of(mark), f" {pad(step.step_id, width)}  {target_of(step)}{stop}")


def _mark(status: Status | None, look: Look) -> tuple[str, Ink]:
    match status:
        case Status.SUCCEEDED:
            return look.marks.succeeded, Ink.GOOD
        case Status.SKIPPED:
            return look.marks.action, Ink.DOUBT
        case Status.FAILED | Status.STOPPED:
            return look.marks.failed, Ink.BAD
        case None:
            return look.marks.pending, Ink.FAINT


def target_of(step: BoundStep) -> str:
    """Name what a step calls."""
    if isinstance(step.call, OperationCall):
        return f"{step.call.operation.method} {step.call.operation.path}"
    return f"workflow {step.call.workflow.workflow_id}"


def help_lines(look: Look) -> Iterator[Line]:
    """Yield the commands, each with its short form and what it does."""
    heads = {word: f"{word.value} {entry.takes}".rstrip() for word, entry in TABLE.items()}
    width = max(map(len, heads.values()))
    for word, entry in TABLE.items():
        first, *rest = wrap(entry.told, max(look.width - width - 8, 20))
        yield (f"  {pad(entry.short, 2)} ", Ink.STRONG.of(pad(heads[word], width)), f"  {first}")
        yield from ((" " * (width + 7) + line,) for line in rest)


def within(name: str, value: Value | Nothing, redactor: Redactor) -> str:
    """Write a value within a line."""
    if isinstance(value, Nothing):
        return f"(no value: {redactor.text(value.reason)})"
    return _brief(redactor.named(name, value))


def _brief(value: Value | Nothing) -> str:
    match value:
        case Nothing(reason=reason):
            return f"no value ({reason})" if reason else "no value"
        case bytes():
            return f"{len(value):,} bytes"
        case _:
            return shorten(shown(value), MAX_OPERAND, "...")


def _laid_out(value: Value | Nothing) -> str:
    match value:
        case Nothing():
            return _brief(value)
        case bytes():
            return f"({len(value):,} bytes)"
        case _:
            return shown(value, indent=2)


def text_lines(text: str, indent: str = "  ", most: int = MAX_PRINTED) -> Iterator[Line]:
    """Yield a text line by line, its end left out where it is very long."""
    for line in text[:most].splitlines() or [""]:
        yield (f"{indent}{line}",)
    if len(text) > most:
        yield (Ink.FAINT.of(f"{indent}(and {len(text) - most:,} more characters)"),)
