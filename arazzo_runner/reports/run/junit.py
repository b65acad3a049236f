"""A run as JUnit XML, which most build servers read: a suite a workflow, a case a visit to a step.

The suites stand side by side, a called workflow named by the way to it (``order/pay/charge``): build servers read that
where they do not read suites inside suites. A step that failed and was dealt with has not failed the build: its case
passes, and its output says what happened. What kept a run from its end, and is no step's failure, is a case of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TextIO
from xml.etree.ElementTree import Element, SubElement

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.result import RunResult, Status, StepResult
from arazzo_runner.reports.junit import sound, sum_up, write_suites
from arazzo_runner.reports.page import Look, plain_text
from arazzo_runner.reports.run.choice import choice_lines, passed_over
from arazzo_runner.reports.run.exchange import seconds_text
from arazzo_runner.reports.run.failure import account
from arazzo_runner.reports.run.moment import moment_text
from arazzo_runner.reports.run.progress import Path, label_of
from arazzo_runner.reports.run.text import headline
from arazzo_runner.reports.run.visits import Visit, Visits

THE_RUN: Final = "(run)"
"""The name of the case that stands for the run itself."""

NAMELESS: Final = "arazzo run"
NOT_REACHED: Final = "the run did not come to this step"
TAKEN_AS_DONE: Final = "whoever held the run took it as done"
TIME_OVER: Final = "it did not end: the time of a step above it was over"


def write(stream: TextIO, look: Look, run: Visits) -> None:
    """Write the run as one XML document, in ASCII."""
    result, at_fault = run.close(), {id(visit) for visit in run.blamed()}
    root = Element("testsuites", {"name": NAMELESS})
    suites = _suites(root, run, result)
    names: Counter[tuple[int, str]] = Counter()
    for visit in run.all:
        suite = suites[visit.workflow, visit.path[:-1]]
        names[id(suite), visit.path[-1]] += 1
        case = _case(suite, visit.path[-1], names[id(suite), visit.path[-1]], visit.seconds)
        _tell(case, visit, result, id(visit) in at_fault, look)
    own = suites[run.started.workflow, ()]
    for step in run.unreached():
        SubElement(_case(own, step), "skipped", {"message": NOT_REACHED})
    _end(own, result)
    _add_output(own, _findings(_of_no_step(run, result)))
    for suite in root:
        _time(suite)
        sum_up(suite)
    sum_up(root)
    root.set("time", f"{result.elapsed:.3f}")
    write_suites(stream, root)


def _suites(root: Element, run: Visits, result: RunResult) -> dict[tuple[str, Path], Element]:
    """Make a suite for the run's own workflow, then one for each that ran beside or below it."""
    places = dict.fromkeys([(run.started.workflow, ()), *((visit.workflow, visit.path[:-1]) for visit in run.all)])
    moment = moment_text(run.clock.wall).partition(".")[0]
    suites = {}
    for workflow, above in places:
        way = (run.started.workflow, label_of(above, workflow, workflow), workflow) if above else (workflow,)
        suites[workflow, above] = SubElement(
            root, "testsuite", {"name": sound("/".join(way)) or NAMELESS, "timestamp": moment}
        )
    facts = {"run": run.started.run_id, "result": result.status.value, "requests": str(result.requests)}
    properties = SubElement(suites[run.started.workflow, ()], "properties")
    for name, fact in facts.items():
        SubElement(properties, "property", {"name": name, "value": sound(fact)})
    return suites


def _case(suite: Element, name: str, visit: int = 1, seconds: float = 0.0) -> Element:
    told = sound(name) + (f" ({visit})" if visit > 1 else "")
    names = {"name": told, "classname": suite.attrib["name"], "time": f"{seconds:.3f}"}
    return SubElement(suite, "testcase", names)


def _tell(case: Element, visit: Visit, result: RunResult, at_fault: bool, look: Look) -> None:
    record = visit.record
    if visit.ended is None:
        stopped = result.status is Status.STOPPED
        kind, message = ("error", record.reason if record else "it did not end") if stopped else ("skipped", TIME_OVER)
        SubElement(case, kind, {"type": "stopped", "message": sound(message)})
    elif record and record.status is Status.SKIPPED:
        SubElement(case, "skipped", {"message": TAKEN_AS_DONE})
    elif record and at_fault:
        failure = SubElement(case, "failure", {"type": _kind(record), "message": sound(headline(record.reason))})
        failure.text = "\n".join(sound(plain_text(line)) for line in account(record, visit.label, 1, look))
    _add_output(case, _remarks(visit, at_fault, look))


def _kind(record: StepResult) -> str:
    """Name what a step failed for: a criterion, the kind of the failure where no answer came, or the step itself."""
    last = record.attempts[-1] if record.attempts else None
    if last and last.failure:
        return last.failure.kind.value
    return "criterion" if last and any(not judged.passed for judged in last.criteria) else "step"


def _remarks(visit: Visit, at_fault: bool, look: Look) -> Iterator[str]:
    record = visit.record
    if record and record.status is Status.FAILED and not at_fault:
        yield f"failed, and the run went on: {headline(record.reason)}"
    if record and len(record.attempts) > 1:
        yield f"{len(record.attempts):,} tries in {seconds_text(visit.seconds)}"
    for event in visit.chosen:
        yield from choice_lines(event, look)
    yield from passed_over(visit.default, look)
    yield from _findings(visit.warnings)


def _findings(findings: Iterable[Diagnostic]) -> Iterator[str]:
    for found in findings:
        yield found.concise()
        if found.help:
            yield f"help: {found.help}"


def _of_no_step(run: Visits, result: RunResult) -> list[Diagnostic]:
    told = {found for visit in run.all for found in visit.warnings}
    return [found for found in result.warnings if found not in told]


def _add_output(element: Element, lines: Iterable[str]) -> None:
    told = [sound(line) for line in lines]
    if told:
        SubElement(element, "system-out").text = "\n".join(told)


def _end(suite: Element, result: RunResult) -> None:
    """Add a case for the run where it did not end well and no step's failure says so, or where a limit stopped it."""
    stopped = result.status is Status.STOPPED
    blamed = any(case.find("failure") is not None for case in suite.iter("testcase"))
    if stopped or (not result.succeeded and not blamed):
        case = _case(suite, THE_RUN)
        kind, named = ("error", result.limit or "stopped") if stopped else ("failure", "failed")
        told = SubElement(case, kind, {"type": named, "message": sound(headline(result.reason))})
        told.text = "\n".join(map(sound, result.reason.split("\n")))


def _time(suite: Element) -> None:
    suite.set("time", f"{sum(float(case.attrib['time']) for case in suite.iter('testcase')):.3f}")
