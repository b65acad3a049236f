"""Tests as JUnit XML, which most build servers read: a suite a document, a case a workflow.

What failed for a fault of ours, or took too long, is an error; whatever else failed is a failure. The type of both is
the reason code.
"""

from __future__ import annotations

from typing import Final, TextIO
from xml.etree.ElementTree import Element, SubElement

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trials, TriedDocument
from arazzo_runner.reports.junit import sound, sum_up, write_suites
from arazzo_runner.reports.page import Look

UNREADABLE: Final = "document-unreadable"
ERRORS: Final = frozenset({Reason.CRASH, Reason.TIME})


def write_trials_junit(stream: TextIO, trials: Trials, look: Look) -> None:
    """Write the tests as one XML document, in ASCII."""
    root = Element("testsuites", {"name": "arazzo test"})
    for document in trials.documents:
        _suite(root, document)
    sum_up(root)
    root.set("time", f"{trials.seconds:.3f}")
    write_suites(stream, root)


def _suite(root: Element, document: TriedDocument) -> None:
    suite = SubElement(root, "testsuite", {"name": sound(document.file)})
    if document.problem:
        case = SubElement(suite, "testcase", {"name": "reading", "classname": sound(document.file), "time": "0.000"})
        told = SubElement(case, "error", {"type": UNREADABLE, "message": sound(document.problem)})
        told.text = sound(document.problem)
    if document.failures:
        case = SubElement(suite, "testcase", {"name": "reading", "classname": sound(document.file), "time": "0.000"})
        _told(case, document.failures)
    for trial in document.trials:
        names = {"name": sound(trial.workflow), "classname": sound(document.file), "time": f"{trial.seconds:.3f}"}
        case = SubElement(suite, "testcase", names)
        if trial.failures:
            _told(case, trial.failures)
    suite.set("time", f"{sum(trial.seconds for trial in document.trials):.3f}")
    sum_up(suite)


def _told(case: Element, failures: tuple[Failure, ...]) -> None:
    first = failures[0]
    kind = "error" if first.reason in ERRORS else "failure"
    told = SubElement(case, kind, {"type": first.reason.value, "message": sound(first.message)})
    told.text = "\n".join(line for failure in failures for line in _lines(failure))


def _lines(failure: Failure) -> list[str]:
    where = f"{failure.place}: " if failure.place else ""
    step = f"step '{'/'.join(failure.step)}': " if failure.step else ""
    code = failure.finding or failure.reason.value
    led = [f"run {failure.run}, led by {', '.join(failure.wishes)}"] if failure.wishes else []
    lines = [f"{where}{code}: {step}{failure.message}", *led]
    for seen in failure.criteria:
        lines.append(f"criterion does not hold: {seen.condition}")
        lines += [f"  {text} was {value}" for text, value in seen.operands]
        lines += [f"  it can't be decided: {seen.why}"] if seen.why else []
    return [sound(line) for line in [*lines, *([f"help: {failure.help}"] if failure.help else [])]]
