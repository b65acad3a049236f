"""A run as a comment on a pull request: how it ended, a table of the steps, what failed and why, the rest folded.

What matters most comes first and gets the room first: GitHub takes no comment that is longer than `MAX_COMMENT`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, TextIO

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.engine.events import ActionChosen
from arazzo_runner.engine.result import Attempt, RunResult, Status
from arazzo_runner.reports.escape import encodable
from arazzo_runner.reports.findings.order import counted, ordered
from arazzo_runner.reports.markdown import Sheet, code, fenced, folded, row
from arazzo_runner.reports.page import Line, Look, Verbosity, encoding_of, plain_text
from arazzo_runner.reports.run.choice import choice_lines, passed_over
from arazzo_runner.reports.run.exchange import request_lines, response_lines, seconds_text, status_text
from arazzo_runner.reports.run.failure import account
from arazzo_runner.reports.run.summary import counts, output_lines
from arazzo_runner.reports.run.visits import Visit, Visits
from arazzo_runner.reports.run.warned import warning_lines

MAX_COMMENT: Final = 65_536
"""The bytes of a comment: as many characters as GitHub takes, so that no way of counting makes it too long."""

MAX_TABLE: Final = 24_000
"""The bytes of the table of steps, so that room is left for why a step failed."""

MAX_WARNING_LINES: Final = 200
"""Lines about warnings; each is told once a document."""

_RESERVED: Final = 400
_SKIPPED, _DEALT_WITH = "⏭️", "⚠️"
_MARKS: Final = {Status.SUCCEEDED: "✅", Status.FAILED: "❌", Status.STOPPED: "⏹️", Status.SKIPPED: _SKIPPED}
_HEAD: Final = row(["", "Step", "Calls", "Answer", "Then", "Time"]) + row(["---"] * 5 + ["---:"])


def write(stream: TextIO, look: Look, run: Visits) -> None:
    """Write the comment."""
    stream.write(encodable(comment(run, replace(look, verbosity=Verbosity.NORMAL)), encoding_of(stream)))


def comment(run: Visits, look: Look) -> str:
    """Return the comment; at most `MAX_COMMENT` bytes in UTF-8."""
    result, sheet = run.close(), Sheet(MAX_COMMENT - _RESERVED)
    sheet.add(_headline(result, began=run.began))
    _table(sheet, run, result)
    at_fault = run.blamed()
    for visit in at_fault:
        sheet.add(_failure(visit, look))
    errors = [found for found in ordered(result.warnings) if found.severity is Severity.ERROR]
    if errors:
        sheet.add(_findings(errors))
    shown = {id(visit) for visit in at_fault}
    others = [each for each in run.all if each.record and _failed(each) and id(each) not in shown]
    if others:
        title = f"{counted(len(others), 'failure')} did not end the run"
        _fold(sheet, title, (_failure(visit, look) for visit in others))
    warnings = [found for found in result.warnings if found not in errors]
    if warnings:
        told = [plain_text(line) for line in islice(warning_lines(warnings, look), MAX_WARNING_LINES)]
        sheet.add(folded(counted(len(warnings), "warning"), fenced(told)))
    if result.outputs:
        sheet.add(folded("Outputs", fenced(map(plain_text, output_lines(result.outputs, look)))))
    if result.requests:
        _fold(sheet, counted(result.requests, "request"), _exchanges(run, look))
    if sheet.left_out:
        left = counted(sheet.left_out, "part")
        return f"{sheet.text}\n_{left} left out here, to keep the comment short; another report has everything._\n"
    return sheet.text


def _headline(result: RunResult, *, began: bool) -> str:
    name, ended = code(result.workflow) or "The run", result.status.value if began else "did not begin"
    lines = [f"### {_MARKS[result.status]} {name} {ended}\n", *([f"{counts(result)}\n"] if began else [])]
    if result.reason:
        lines.append(fenced(result.reason.split("\n")[:20]))
    if result.limit:
        lines.append(f"The limit {code(result.limit)} was reached.\n")
    if result.transferred:
        lines.append(f"It handed over to {code(result.transferred)}.\n")
    return "\n".join(lines) + "\n"


def _failed(visit: Visit) -> bool:
    return visit.record is not None and visit.record.status is Status.FAILED


# ---------------------------------------------------------------- the steps


def _table(sheet: Sheet, run: Visits, result: RunResult) -> None:
    """Add the table: what failed has its row in any case, of the rest what there is room for."""
    unreached = run.unreached()
    if not run.all and not unreached:
        return
    at_fault = {id(visit) for visit in run.blamed()}
    rows = [(_row(visit, id(visit) in at_fault, result), id(visit) in at_fault) for visit in run.all]
    rows += [(row([_SKIPPED, code(step), "", "not reached", "", ""]), False) for step in unreached]
    room = MAX_TABLE - len(_HEAD.encode())
    chosen: set[int] = set()
    for index in sorted(range(len(rows)), key=lambda index: not rows[index][1]):
        room -= len(rows[index][0].encode())
        if room >= 0:
            chosen.add(index)
    left = len(rows) - len(chosen)
    more = f"\n{counted(left, 'step')} more left out here.\n" if left else ""
    sheet.add(_HEAD + "".join(rows[index][0] for index in sorted(chosen)) + more + "\n")


def _row(visit: Visit, at_fault: bool, result: RunResult) -> str:
    record = visit.record
    status = record.status if record else Status.STOPPED
    mark = _DEALT_WITH if status is Status.FAILED and not at_fault else _MARKS[status]
    tries = len(record.attempts) if record else 0
    answer = _answer(record.attempts[-1]) if record and record.attempts else ""
    told = answer + (f" ({tries} tries)" if tries > 1 else "")
    if status is Status.SKIPPED:
        told = "skipped"
    time = seconds_text(visit.seconds) if visit.ended is not None else "did not end"
    return row([mark, code(visit.label), code(visit.target), told, _then(visit.chosen), time])


def _answer(attempt: Attempt) -> str:
    if attempt.response is not None:
        return status_text(attempt.response.status)
    return f"no answer: {attempt.failure.kind.value}" if attempt.failure else ""


def _then(chosen: list[ActionChosen]) -> str:
    last = next((event for event in reversed(chosen) if event.type != "retry"), None)
    if last is None:
        return ""
    return f"{code(last.type, 20)} {code(last.target)}".strip()


# ---------------------------------------------------------------- what failed, and what was sent


def _failure(visit: Visit, look: Look) -> str:
    assert visit.record is not None
    told = [plain_text(line) for line in account(visit.record, visit.label, 1, look)][1:]
    for event in visit.chosen:
        told += [f"    {line}" for line in choice_lines(event, look)]
    told += [f"    {line}" for line in passed_over(visit.default, look)]
    where = f" at {code(visit.place)}" if visit.place else ""
    return f"**{code(visit.label)} failed**{where}\n\n{fenced(line[4:] for line in told)}\n"


def _findings(findings: Iterable[Diagnostic]) -> str:
    return fenced(line for found in findings for line in _finding(found)) + "\n"


def _finding(found: Diagnostic) -> Iterator[str]:
    yield found.concise()
    if found.help:
        yield f"  help: {found.help}"


def _exchanges(run: Visits, look: Look) -> Iterator[str]:
    for visit in run.all:
        for attempt in visit.record.attempts if visit.record else ():
            if attempt.request is not None:
                yield _exchange(visit, attempt, look)


def _exchange(visit: Visit, attempt: Attempt, look: Look) -> str:
    assert attempt.request is not None
    again = f" (try {attempt.number})" if attempt.number > 1 else ""
    asked = f"{attempt.request.method} {attempt.request.url}"
    lines: list[Line] = [("    ", "redirected from ", f"{one.method} {one.url}") for one in attempt.redirects]
    lines += request_lines(attempt.request, look)
    if attempt.response is not None:
        lines += response_lines(attempt.response, look)
    if attempt.failure is not None:
        lines.append(("    ", f"no answer ({attempt.failure.kind.value}): ", attempt.failure.message))
    summary = f"{code(visit.label)}{again} {code(asked)} {_answer(attempt)}"
    return folded(summary, fenced(plain_text(line)[4:] for line in lines))


def _fold(sheet: Sheet, title: str, pieces: Iterator[str]) -> None:
    """Add pieces under one title, folded, as many as there is room for."""
    inner = Sheet(sheet.room - len(folded(title, "").encode()))
    for piece in pieces:
        inner.add(piece)
    sheet.left_out += inner.left_out
    if inner.text:
        sheet.add(folded(title, inner.text))
