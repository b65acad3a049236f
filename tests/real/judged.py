"""What becomes of each workflow of a document: ready, refused, and with `run` how the mocked run ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.api import Options, Prepared, load, prepare
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.errors import ArazzoError, DocumentError
from tests.real.built import requests
from tests.real.found import Document
from tests.real.mocked import ending


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one workflow: `kind` is what is counted, `example` a place or a sentence."""

    workflow: str
    kind: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with the fate of its workflows, and the warnings of those that are ready, by code."""

    document: str
    fates: tuple[Fate, ...]
    warnings: tuple[tuple[str, str], ...] = ()


def judge(document: Document, run: bool = False, build: bool = False) -> Judged:
    """Judge a document's workflows as `arazzo run --mock` would; faults of ours are counted as crashes.

    With `run` each is run against the mock, with `build` the request of each step is built.
    """
    fates: list[Fate] = []
    warnings: list[tuple[str, str]] = []
    try:
        description = load(document.path)
    except ArazzoError as fault:
        return Judged(str(document.path), (Fate("", "unreadable", str(fault)),))
    for workflow in _workflows(description, document):
        try:
            fates += _fates(description, workflow, document, (run, build), warnings)
        except Exception as crash:  # the point of this program is to find these
            fates.append(Fate(workflow, f"CRASH {type(crash).__name__}", f"{document.path} {workflow}: {crash}"))
    if not fates:
        fates = [Fate("", f"no workflow [{found.code}]", found.concise()) for found in description.diagnostics[:1]]
    return Judged(str(document.path), tuple(fates), tuple(warnings))


def _workflows(description: Description, document: Document) -> list[str]:
    ids = [workflow.workflow_id for workflow in description.workflows if workflow.workflow_id]
    return [name for name in dict.fromkeys(ids) if not document.workflows or name in document.workflows]


def _fates(
    description: Description,
    workflow: str,
    document: Document,
    further: tuple[bool, bool],
    warnings: list[tuple[str, str]],
) -> Iterator[Fate]:
    options = Options(mock=True, sources=dict(document.sources))
    try:
        prepared: Prepared = prepare(description, workflow, options)
    except DocumentError as refusal:
        yield from _refused(workflow, refusal.diagnostics)
        return
    except ArazzoError as fault:
        yield Fate(workflow, f"refused {type(fault).__name__}", f"{document.path}: {fault}")
        return
    warnings += [(found.code, found.concise()) for found in prepared.warnings]
    yield Fate(workflow, "ready")
    run, build = further
    for step, kind, reason in requests(prepared) if build else ():
        yield Fate(workflow, kind, f"{document.path} {workflow}/{step}: {reason}" if reason else "")
    if run:
        kind, sentence = ending(prepared)
        yield Fate(workflow, kind, f"{document.path} {workflow}: {sentence}" if sentence else "")


def _refused(workflow: str, diagnostics: tuple[Diagnostic, ...]) -> Iterator[Fate]:
    """Yield one fate a code: a workflow with two kinds of faults counts for both, and once as refused."""
    errors = [found for found in diagnostics if found.severity is Severity.ERROR]
    yield Fate(workflow, "refused")
    for code in dict.fromkeys(found.code for found in errors):
        first = next(found for found in errors if found.code == code)
        yield Fate(workflow, f"refused [{code}]", first.concise() + (f" | {first.help}" if first.help else ""))
