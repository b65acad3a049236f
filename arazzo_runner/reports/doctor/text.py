"""Readiness for a person: what is there, what is not and how to give it, and last the command to type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO, cast

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.reports.doctor.readiness import (
    CredentialFact,
    InputFact,
    Readiness,
    ServerFact,
    SourceFact,
    StepFact,
    WantFact,
    WorkflowFact,
)
from arazzo_runner.reports.doctor.shell import typed
from arazzo_runner.reports.findings.order import counted, ordered, tally
from arazzo_runner.reports.layout import columns, pad, wrap
from arazzo_runner.reports.page import Ink, Inked, Line, Look, Page
from arazzo_runner.reports.plain import shown
from arazzo_runner.values import JSON, Value

MAX_COLUMN: Final = 28
"""Columns that names are filled up to, so that what follows stands in one column."""

MAX_FINDINGS: Final = 3
"""Error findings that are shown; the rest are counted."""

KINDS: Final = {"openapi": ("OpenAPI", "operation"), "arazzo": ("Arazzo", "workflow"), "asyncapi": ("AsyncAPI", "")}
"""The types of descriptions as a person knows them, and what each is counted in."""


def write_text(stream: TextIO, readiness: Readiness, look: Look) -> None:
    """Write the facts; of several workflows only what is out of the ordinary is told of each step and input."""
    look = look.fitting(stream)
    Page(stream, look).write(_Writer(look, len(readiness.workflows) > 1).lines(readiness))


class _Writer:
    """Makes lines; `short` leaves out what goes without saying."""

    def __init__(self, look: Look, short: bool) -> None:
        self._look, self._short = look, short

    def lines(self, facts: Readiness) -> Iterator[Line]:
        about = ", ".join(part for part in (f"version {facts.version}", f"Arazzo {facts.arazzo}") if part)
        yield (Ink.STRONG.of(facts.title or facts.file), f" ({about})")
        if facts.profile:
            yield from self._hanging(facts.profile, "  profile: ", " " * 11)
        yield from self._section("Sources", self._sources(facts.sources))
        yield from self._section("Servers", self._servers(facts.servers))
        for workflow in facts.workflows:
            yield ()
            mark = self._mark(workflow.runs)
            yield (mark, " Workflow ", Ink.STRONG.of(workflow.workflow_id))
            yield from self._paragraph(workflow.summary, "  ")
            yield from self._workflow(workflow)

    def _workflow(self, fact: WorkflowFact) -> Iterator[Line]:
        yield from self._section("  Steps", self._steps(fact))
        yield from self._section("  Credentials", [*self._credentials(fact.credentials), *self._hosts(fact)])
        yield from self._section("  Inputs", self._inputs(fact))
        yield from self._section("  In the way", self._in_the_way(fact))
        title = "  Run it" if fact.runs else "  Run it, once nothing is in the way"
        yield from self._section(title, [(f"    {typed(fact.command)}",)])
        title = "  Try it without the API" if fact.mocks else "  Try it without the API, once nothing is in the way"
        yield from self._section(title, [(f"    {typed(fact.mock_command)}",)])

    # ------------------------------------------------------------ shared by all workflows

    def _sources(self, facts: tuple[SourceFact, ...]) -> Iterator[Line]:
        width = _width(each.name for each in facts)
        indent = " " * (width + 6)
        for each in facts:
            kind, unit = KINDS.get(each.type, (each.type, ""))
            if each.problem:
                yield from self._problem(f"  {pad(each.name, width)}  ", each.problem, each.remedy)
                continue
            told = f"{kind} {each.version}, {counted(each.size, unit or 'part')}"
            yield ("  ", self._mark(True), f" {pad(each.name, width)}  {told}")
            found = f", found by {each.found_by}, since {each.url} is not there" if each.found_by else ""
            holder = f" (for {each.holder})" if each.holder else ""
            yield from self._paragraph(f"read from {each.read_from}{found}{holder}", indent)

    def _servers(self, facts: tuple[ServerFact, ...]) -> Iterator[Line]:
        width = _width(each.source for each in facts)
        indent = " " * (width + 6)
        for each in facts:
            head = f"  {pad(each.source, width)}  "
            if each.problem:
                place = f"{each.calls}: " if each.calls else ""
                yield from self._problem(head, f"{place}{each.problem}", each.remedy)
            else:
                yield ("  ", self._mark(True), f" {head[2:]}{each.calls}")
                yield from self._paragraph(_chosen(each), indent)
            for variable in each.variables:
                allowed = f", one of {', '.join(variable.choices)}" if variable.choices else ""
                value = "no value" if variable.value is None else f"'{variable.value}' by {variable.chosen_by}"
                told = f"{variable.name} is {value}{allowed}: --server-variable {variable.name}=VALUE"
                yield from self._paragraph(told, indent)
            if each.proxy:
                yield from self._paragraph(f"through the proxy {each.proxy} (--no-proxy HOSTS)", indent)

    # ------------------------------------------------------------ of one workflow

    def _steps(self, fact: WorkflowFact) -> Iterator[Line]:
        faults = [each for each in fact.steps if each.problem]
        if self._short and len(faults) < len(fact.steps):
            fine = len(fact.steps) - len(faults)
            told_of = f"the other {counted(fine, 'step')}: operation found" if faults else ""
            yield ("    ", self._mark(True), f" {told_of or counted(fine, 'step') + ', each operation found'}")
        told = faults if self._short else list(fact.steps)
        labels = [_label(each, fact.workflow_id) for each in told]
        width = _width(labels)
        for label, each in zip(labels, told, strict=True):
            head = f"{pad(label, width)}  "
            if each.problem:
                yield from self._problem(f"    {head}", each.problem, each.remedy)
            else:
                target = f"workflow {each.calls}" if each.calls else f"{each.method} {each.path}"
                yield ("    ", self._mark(True), f" {head}{target}", *_faint(f"  {each.source}"))

    def _credentials(self, facts: tuple[CredentialFact, ...]) -> Iterator[Line]:
        for fact in facts:
            names = self._names(fact.steps)
            if fact.placed:
                own = " and ".join(f"the {location} '{name}'" for location, name in fact.placed)
                yield from self._marked(True, f"for {names}: none, the document sets {own} itself")
                continue
            several = ", one of:" if len(fact.alternatives) > 1 else ":"
            yield from self._marked(fact.satisfied, f"for {names}{several}", waits=True)
            given = [wants for wants in fact.alternatives if wants and all(each.given_by for each in wants)]
            for wants in given or fact.alternatives:
                yield from self._alternative(wants)

    def _hosts(self, fact: WorkflowFact) -> Iterator[Line]:
        for host, reason in fact.hosts:
            told = f"a credential would go to {host}, which has to be named for it: {reason}; if both are right: "
            yield from self._marked(False, f"{told}--auth-host {host}", waits=True)

    def _alternative(self, wants: tuple[WantFact, ...]) -> Iterator[Line]:
        if not wants:
            yield (" " * 6 + "none at all",)
        for index, fact in enumerate(wants):
            joined = "and " if index else ""
            yield from self._hanging(f"{joined}{fact.want.scheme}: {fact.want.description}", " " * 6, " " * 10)
            if fact.given_by:
                yield from self._paragraph(f"given by {fact.given_by}", " " * 10)
                continue
            ways = [way.replace(fact.want.flag, fact.flag) if fact.want.flag else way for way in fact.want.ways]
            for way in ways[:1] if self._short else ways:
                yield from self._paragraph(way, " " * 10)

    def _inputs(self, fact: WorkflowFact) -> Iterator[Line]:
        labels = [f"{each.workflow}:{each.name}" if each.workflow else each.name for each in fact.inputs]
        width = _width(labels)
        for label, each in zip(labels, fact.inputs, strict=True):
            head, indent = f"{pad(label, width)}  ", " " * (width + 8)
            first, *rest = wrap(", ".join(_facts(each)), self._look.width - len(indent))
            mark = self._mark(True) if each.given_by or each.has_default else Ink.FAINT.of(" ")
            mark = Ink.FAINT.of(self._look.marks.pending) if each.missing else mark
            yield ("    ", mark, f" {head}{first}", *_faint(" (secret)" if each.secret else ""))
            yield from ((indent + line,) for line in rest)
            if not self._short:
                yield from self._paragraph(each.description, indent)
        if fact.opens:
            yield (Ink.FAINT.of("      and any other"),)

    def _in_the_way(self, fact: WorkflowFact) -> Iterator[Line]:
        errors = ordered(each for each in fact.findings if each.severity is Severity.ERROR)
        for each in fact.obstacles:
            yield from self._problem("    ", each.message, each.remedy)
        for found in errors[:MAX_FINDINGS]:
            yield from self._finding(found)
        if len(errors) > MAX_FINDINGS:
            yield (f"    {tally(errors)} in all: arazzo validate shows each",)

    def _finding(self, found: Diagnostic) -> Iterator[Line]:
        place = f"{found.span.place()}: " if found.span else ""
        yield from self._problem("    ", f"{place}{found.severity.value}[{found.code}]: {found.message}", found.help)

    # ------------------------------------------------------------ pieces

    def _mark(self, good: bool) -> Inked:
        marks = self._look.marks
        return Ink.GOOD.of(marks.succeeded) if good else Ink.BAD.of(marks.failed)

    def _marked(self, good: bool, text: str, *, waits: bool = False) -> Iterator[Line]:
        mark = Ink.FAINT.of(self._look.marks.pending) if waits and not good else self._mark(good)
        first, *rest = wrap(text, self._look.width - 8)
        yield ("    ", mark, f" {first}")
        yield from ((" " * 8 + line,) for line in rest)

    def _problem(self, head: str, problem: str, remedy: str) -> Iterator[Line]:
        """Yield what is wrong behind a mark that goes before the name in `head`, and below it what to do."""
        name = head.lstrip(" ")
        margin = " " * (columns(head) - columns(name))
        indent = " " * (columns(head) + 2)
        first, *rest = wrap(problem, self._look.width - columns(indent))
        yield (margin, self._mark(False), f" {name}", Ink.BAD.of(first))
        yield from ((indent, Ink.BAD.of(line)) for line in rest)
        yield from (line for part in remedy.split("\n") for line in self._paragraph(part, indent))

    def _names(self, names: tuple[str, ...]) -> str:
        most = 4 if self._short else len(names)
        more = f" and {len(names) - most} more" if len(names) > most else ""
        return ", ".join(names[:most]) + more

    def _section(self, title: str, lines: Iterable[Line]) -> Iterator[Line]:
        lines = list(lines)
        if lines:
            yield ()
            yield (Ink.STRONG.of(title),)
            yield from lines

    def _paragraph(self, text: str, indent: str) -> Iterator[Line]:
        if words := " ".join(text.split()):
            yield from ((indent + line,) for line in wrap(words, self._look.width - columns(indent)))

    def _hanging(self, text: str, head: str, indent: str) -> Iterator[Line]:
        first, *rest = wrap(text, self._look.width - max(columns(head), columns(indent)))
        yield (head + first,)
        yield from ((indent + line,) for line in rest)


def _width(names: Iterable[str]) -> int:
    return min(max(map(columns, names), default=0), MAX_COLUMN)


def _label(step: StepFact, workflow_id: str) -> str:
    return step.step_id if step.holder == workflow_id else f"{step.holder}:{step.step_id}"


def _chosen(fact: ServerFact) -> str:
    named = f"named by {fact.chosen_by}"
    other = f"; --server {fact.source}=URL calls another" if not fact.chosen_by.startswith("--") else ""
    known = ", its host has an address" if fact.resolves else ""
    return named + known + other


def _facts(fact: InputFact) -> Iterator[str]:
    yield "any type" if len(fact.types) > 5 else " or ".join(fact.types) or "no value"
    if fact.choices:
        yield f"one of {', '.join(_value(choice) for choice in fact.choices)}"
    if fact.given_by:
        yield f"given by {fact.given_by}"
    elif fact.has_default:
        yield "has a default" if fact.secret else f"default {_value(fact.default)}"
    elif fact.required:
        yield "required"
    if fact.has_example and not fact.choices:
        yield f"such as {_value(fact.example)}"


def _value(value: JSON) -> str:
    return shown(cast(Value, value))  # JSON is a part of Value; lists of the one are no lists of the other to mypy


def _faint(text: str) -> tuple[Inked, ...]:
    return (Ink.FAINT.of(text),) if text.strip() else ()
