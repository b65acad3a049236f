"""The closing text of a run, the same for every report for a person: outputs, warnings, failures, and how it ended.

What matters most stands last, where a terminal shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from arazzo_runner.engine.result import RunResult, Status, StepResult
from arazzo_runner.reports.findings.order import counted
from arazzo_runner.reports.layout import columns, cut, pad, shorten, wrap
from arazzo_runner.reports.page import Ink, Line, Look, Verbosity
from arazzo_runner.reports.plain import shown
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.failure import MAX_REASON, account
from arazzo_runner.reports.run.progress import label_of
from arazzo_runner.reports.run.warned import brief_lines, warning_lines
from arazzo_runner.values import Value

MAX_OUTPUT_LINES = 20
"""Lines that one output may take; of a longer one the beginning is shown."""

MAX_OUTPUT_LINE = 2000
"""Columns that a line of an output may take: a token can still be copied, a picture does not fill the terminal."""

MAX_ACCOUNTS = 20
"""Failed steps that are told of; of more, the last ones are, and none that failed for what it called."""

LIMITS = {
    "max_steps": "it counts every try of a step and every start of a workflow, the first one too",
    "max_depth": "it counts workflows that call workflows, one inside the other",
    "run_timeout": "it counts the seconds of the whole run",
    "max_bytes": "it counts what the run sends and receives, headers and bodies",
    "allow_hosts": "it lets a run call the hosts that are named, and no others",
    "allow_methods": "it lets a run send the methods that are named, and no others",
    "deny_private": "it keeps a run from the addresses of this machine and of private networks",
}
"""What each limit of a run counts."""


def closing(result: RunResult, look: Look) -> Iterator[Line]:
    """Yield the closing text. Brief, it is the warnings and what failed and why; quiet, the latter alone."""
    if not look.verbosity.follows:
        warned = list(brief_lines(result.warnings)) if look.verbosity is Verbosity.BRIEF else []
        yield from warned
        if not result.succeeded:
            # A blank line leads the ending; it parts it from the warnings.
            yield from islice(_ending(result, look), 0 if warned else 1, None)
        return
    yield from _section("Outputs", output_lines(result.outputs, look))
    yield from _section("Warnings", warning_lines(result.warnings, look))
    yield from _ending(result, look)


def _ending(result: RunResult, look: Look) -> Iterator[Line]:
    yield from _failures(result, look)
    yield from _end(result, look)


def _section(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    first = next(lines, None)
    if first is not None:
        yield ()
        yield (Ink.STRONG.of(title),)
        yield first
        yield from lines


def output_lines(outputs: Mapping[str, Value], look: Look) -> Iterator[Line]:
    """Yield the outputs by name; one that does not fit beside its name goes below it."""
    width = min(max(map(columns, outputs), default=0), look.width // 3)
    for name, value in outputs.items():
        text = _output_text(value)
        if columns(text) + max(width, columns(name)) + 4 <= look.width:
            yield (f"  {pad(name, width)}  ", Ink.STRONG.of(text))
        else:
            yield (f"  {name}",)
            yield from _long_output(value, look)


def _output_text(value: Value) -> str:
    """Return a value on one line: text as it is where it can't be taken for anything else, the rest as JSON."""
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, str) and value.isprintable() and value.strip() == value and not _is_json(value):
        return value
    return shown(value)


def _is_json(text: str) -> bool:
    """Tell whether a text would be taken for something else, as ``202`` for a number, or for nothing at all."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return not text
    return True


def _long_output(value: Value, look: Look) -> Iterator[Line]:
    text = value if isinstance(value, str) else shown(value, indent=2)
    lines = text.splitlines() or [""]
    for line in lines[:MAX_OUTPUT_LINES]:
        yield ("    ", Ink.STRONG.of(cut(line, MAX_OUTPUT_LINE, look.marks.cut)))
    if len(lines) > MAX_OUTPUT_LINES:
        yield (Ink.FAINT.of(f"    {look.marks.cut} and {len(lines) - MAX_OUTPUT_LINES:,} lines more"),)


def _failures(result: RunResult, look: Look) -> Iterator[Line]:
    # A step that failed again and again, as in a workflow that was called again, is told of once.
    times: dict[tuple[tuple[str, ...], str], list[StepResult]] = {}
    for step in _failed(result) if look.verbosity is Verbosity.VERBOSE else blamed(result):
        times.setdefault((step.path, step.workflow_id), []).append(step)
    if len(times) > MAX_ACCOUNTS:
        yield ()
        yield (f"{counted(len(times), 'step')} failed; of those that failed by themselves, the last {MAX_ACCOUNTS}:",)
        above = {path[:depth] for path, _ in times for depth in range(1, len(path))}
        times = {name: steps for name, steps in times.items() if name[0] not in above}
    told: set[str] = set()
    for steps in list(times.values())[-MAX_ACCOUNTS:]:
        yield ()
        yield from account(steps[-1], _label(steps[-1], result), len(steps), look, told)


def _label(step: StepResult, result: RunResult) -> str:
    return label_of(step.path, step.workflow_id, result.workflow)


def _failed(result: RunResult) -> list[StepResult]:
    return [step for step in result.steps if step.status is Status.FAILED]


def blamed(result: RunResult) -> list[StepResult]:
    """Return the failed steps that the run did not get over: no action dealt with them, or with a step above them."""
    if result.succeeded:
        return []
    later: dict[tuple[str, ...], StepResult] = {}
    found = []
    for step in reversed(result.steps):
        above = [later.get(step.path[:depth]) for depth in range(1, len(step.path))]
        if not any(map(_is_got_over, [step, *filter(None, above)])):
            found.append(step)
        later[step.path] = step
    return found[::-1]


def _is_got_over(step: StepResult) -> bool:
    return step.handled or step.status is not Status.FAILED


def _end(result: RunResult, look: Look) -> Iterator[Line]:
    ink = Ink.GOOD if result.succeeded else Ink.BAD
    mark = look.marks.succeeded if result.succeeded else look.marks.failed
    head = f"{mark} {result.workflow} {result.status.value}"
    yield ()
    first, *rest = wrap(f"{head}: {counts(result)}", look.width - 2)
    yield (ink.of(first[: len(head)]), first[len(head) :])
    rest += [line for remark in _remarks(result) for line in wrap(remark, look.width - 2)]
    for line in rest:
        yield (f"  {line}",)


def counts(result: RunResult) -> str:
    """Count the steps that ended, each as often as it did: the workflow's own first, as the head of a report does."""
    own = sum(len(step.path) == 1 and step.workflow_id == result.workflow for step in result.steps)
    others = len(result.steps) - own
    steps = counted(own, "step") + (f" and {others:,} in other workflows" if others else "")
    asked = sum(bool(token.url) for token in result.tokens)  # a callable of the caller asks nobody that we know
    tokens = f", {counted(asked, 'token request')}" if asked else ""
    return f"{steps}, {counted(result.requests, 'request')}{tokens}, {seconds_text(result.elapsed)}"


def _remarks(result: RunResult) -> Iterator[str]:
    if result.reason:
        # What follows the first line is what to do, and the account of the step has told of it.
        yield shorten(result.reason.partition("\n")[0], MAX_REASON, "...")
    if result.limit:
        yield f"the limit {result.limit} was reached" + (f": {LIMITS[result.limit]}" if result.limit in LIMITS else "")
    if result.transferred:
        yield f"handed over to workflow {result.transferred}; the outputs are its outputs"
    at_fault = blamed(result)
    others = [step for step in _failed(result) if not any(step is each for each in at_fault)]
    labels = dict.fromkeys(_label(step, result) for step in others)
    if others:
        yield f"{counted(len(others), 'failure')} did not end the run: {', '.join(list(labels)[:MAX_ACCOUNTS])}"
