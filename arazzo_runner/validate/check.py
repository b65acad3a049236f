"""Judging a description with its sources, before anything is sent.

`check` compiles every workflow and puts every rule to it; `check_workflow` judges what one workflow can reach, as a
run does: an error elsewhere in the document is a warning of that run (docs/semantics.md, severity).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from arazzo_runner.diagnostics import Diagnostic, Severity, has_errors, judge
from arazzo_runner.document.model import Description
from arazzo_runner.program.compile import arazzo_documents, compile_program
from arazzo_runner.program.model import Program, WorkflowKey
from arazzo_runner.sources.registry import Registry
from arazzo_runner.validate.rules import rules
from arazzo_runner.validate.subject import Subject


@dataclass(frozen=True, slots=True)
class Checked:
    """The program of the chosen workflow (None where it can't run), and the findings, errors first."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...] = ()


def check(description: Description, registry: Registry, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """Judge a whole document: every workflow, every rule."""
    found = list(judge((*description.diagnostics, *registry.diagnostics), strict))
    for workflow in description.workflows:
        compiled = compile_program(description, registry, workflow.workflow_id, strict=strict)
        found += compiled.diagnostics
        if compiled.program is not None:
            found += _ruled(compiled.program, description, registry, strict)
    return _ordered(found)


def check_workflow(description: Description, registry: Registry, workflow_id: str, *, strict: bool = False) -> Checked:
    """Judge one workflow and what it can reach; errors elsewhere become warnings."""
    compiled = compile_program(description, registry, workflow_id, strict=strict)
    found = list(compiled.diagnostics)
    reached = {WorkflowKey(description.source.uri, workflow_id)}
    if compiled.program is not None:
        found += _ruled(compiled.program, description, registry, strict)
        reached = set(compiled.program.workflows)
    written = judge(description.diagnostics, strict)
    found += _demoted(written, description, reached)
    found += _needed(registry.diagnostics, compiled.program is not None)
    diagnostics = _ordered(found)
    if compiled.program is None and not has_errors(diagnostics):
        raise AssertionError("a workflow could not be compiled, and no finding says why")
    if has_errors(diagnostics) or compiled.program is None:
        return Checked(None, diagnostics)
    return Checked(replace(compiled.program, warnings=diagnostics), diagnostics)


def _ruled(program: Program, description: Description, registry: Registry, strict: bool) -> Iterator[Diagnostic]:
    documents = arazzo_documents(description, registry)
    for key, bound in program.workflows.items():
        document = documents[key.document]
        workflow = document.workflow(key.workflow_id)
        if workflow is None:
            raise AssertionError(f"a bound workflow is not in its document: {key}")
        subject = Subject(document, workflow, bound, program, strict)
        for rule in rules():
            yield from rule(subject)


def _demoted(found: Iterable[Diagnostic], description: Description, reached: set[WorkflowKey]) -> Iterator[Diagnostic]:
    """Yield findings of the document, those in workflows that are not reached no heavier than warnings."""
    ids = {key.workflow_id for key in reached if key.document == description.source.uri}
    for one in found:
        elsewhere = _workflow_of(one, description)
        if elsewhere is not None and elsewhere not in ids and one.severity is Severity.ERROR:
            yield replace(one, severity=Severity.WARNING)
        else:
            yield one


def _workflow_of(found: Diagnostic, description: Description) -> str | None:
    """Return the id of the workflow that a finding stands in; None for the document at large."""
    if found.at is None or len(found.at) < 2 or found.at[0] != "workflows":
        return None
    return next((flow.workflow_id for flow in description.workflows if flow.at == found.at[:2]), None)


def _needed(found: Iterable[Diagnostic], compiled: bool) -> Iterator[Diagnostic]:
    """Yield findings about sources: where everything that is needed was found, a broken one is only a warning."""
    for one in found:
        yield replace(one, severity=Severity.WARNING) if compiled and one.severity is Severity.ERROR else one


def _ordered(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop what was found twice, and put errors first; otherwise the order of the places."""
    once = dict.fromkeys(found)
    weight = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return tuple(sorted(once, key=lambda one: (weight[one.severity], _place(one))))


def _place(found: Diagnostic) -> tuple[str, int, int]:
    return ("", 0, 0) if found.span is None else (found.span.uri, found.span.line, found.span.column)
