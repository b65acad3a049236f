"""The source descriptions of a document: what each is, where it was read from, or why it can't be had."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description, SourceDescription
from arazzo_runner.reports.doctor.readiness import SourceFact
from arazzo_runner.sources.location import name_of, shown
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.registry import ApiSource, Registry


def source_facts(
    description: Description, registry: Registry, wanted: Collection[str] | None
) -> tuple[SourceFact, ...]:
    """Return the sources that are wanted (None: all), then those of the Arazzo descriptions among them."""
    facts = [*_of(description, registry, wanted, "")]
    documents = (each.document for scope in registry.scopes.values() for each in scope.values())
    others = {one.source.uri: one for one in documents if isinstance(one, Description)}
    others.pop(description.source.uri, None)
    for other in others.values():
        facts += _of(other, registry, None, name_of(other.source.uri))
    return tuple(facts)


def _of(
    description: Description, registry: Registry, wanted: Collection[str] | None, holder: str
) -> Iterator[SourceFact]:
    for declared in description.source_descriptions:
        if wanted is not None and declared.name not in wanted:
            continue
        source = registry.source(description, declared.name)
        if source is None and holder:
            continue  # nothing of what is reached mentions it
        yield _fact(description, declared, source, registry, holder)


def _fact(
    description: Description, declared: SourceDescription, source: ApiSource | None, registry: Registry, holder: str
) -> SourceFact:
    url = shown(declared.url)
    if source is None or source.document is None:
        fault = _fault(description, declared, (*registry.diagnostics, *description.diagnostics))
        message = fault.message if fault else "it can't be read"
        remedy = _remedy(fault, declared.name, holder)
        return SourceFact(declared.name, url, declared.type or "", holder=holder, problem=message, remedy=remedy)
    document = source.document
    return SourceFact(
        declared.name,
        url,
        source.type,
        version=document.version,
        read_from=name_of(source.uri),
        found_by=source.found_by,
        size=len(document.endpoints.all) if isinstance(document, OpenApiDocument) else len(document.workflows),
        holder=holder,
    )


def _fault(description: Description, declared: SourceDescription, found: tuple[Diagnostic, ...]) -> Diagnostic | None:
    """Return the error that says why a source can't be had: at its url, or one that names it."""
    span = description.span((*declared.at, "url"))
    errors = [one for one in found if one.severity is Severity.ERROR]
    placed = (one for one in errors if one.span == span)
    named = (one for one in errors if f"source '{declared.name}'" in one.message)
    within = (one for one in errors if (one.at or ())[: len(declared.at)] == declared.at)
    return next((one for found in (placed, named, within) for one in found), None)


def _remedy(fault: Diagnostic | None, name: str, holder: str) -> str:
    help = fault.help if fault else ""
    if holder or f"--source {name}=" in help:
        return help
    give = f"give it: --source {name}=FILE-or-URL"
    return f"{help}; or {give}" if help else give
