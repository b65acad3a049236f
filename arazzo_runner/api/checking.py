"""Judging a loaded description with its sources, and gathering those. Nothing of a run is needed for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from arazzo_runner.api.confinement import confined
from arazzo_runner.api.options import Options
from arazzo_runner.api.profiles import sources_of
from arazzo_runner.api.withholding import Withholding
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.model import Description
from arazzo_runner.fixes.plan import planned
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import Registry
from arazzo_runner.sources.retrieval import Retrieve
from arazzo_runner.sources.search import files_named
from arazzo_runner.validate.check import check as check_document
from arazzo_runner.validate.suppression import suppressed


@collector_paused()
def check(
    description: Description, options: Options | None = None, *, sources: Withholding | None = None
) -> tuple[Diagnostic, ...]:
    """Judge a description: every workflow, with its sources. Returns the findings, errors first.

    Warnings and notes that the document hides (`x-validate-ignore`) are left out. `sources` says which documents are
    left alone; none, if it is left out.

    Raises:
        UsageError: an option names something that does not exist.
    """
    options = confined(options or Options(), description)
    sources = replace(sources or Withholding(), fetch=options.access)
    registry = gathered(description, options, fetch=sources)
    found = sources.told(check_document(description, registry, strict=options.strict))
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    told = planned(suppressed(description, found, others(description, registry)), description.source)
    return tuple(sorted(told, key=lambda one: ranks[one.severity]))


def others(description: Description, registry: Registry) -> Collection[Description]:
    """Return the other Arazzo documents among the sources."""
    gathered = (source.document for scope in registry.scopes.values() for source in scope.values())
    found = {each.source.uri: each for each in gathered if isinstance(each, Description)}
    found.pop(description.source.uri, None)
    return found.values()


def wanted_sources(description: Description, workflow_id: str) -> Collection[str] | None:
    """Return the sources that a workflow may need; None, for all, where it leads into other Arazzo documents.

    Those may lead back to any workflow of this one, which their text alone would tell.
    """
    wanted = sources_in_reach(description, [workflow_id])
    leads_out = any(one.name in wanted and one.type in ("arazzo", None) for one in description.source_descriptions)
    return None if leads_out else wanted


def gathered(
    description: Description, options: Options, wanted: Collection[str] | None = None, fetch: Retrieve | None = None
) -> Registry:
    """Load the sources: all of them, or those that a workflow may need (SRC-09)."""
    options = confined(options, description)
    return gather(
        description,
        overrides=sources_of(options, description),
        base_dir=options.base_dir,
        wanted=wanted,
        supplied=options.documents,
        retrieve=fetch or options.access,
        find=None if options.strict or options.untrusted else files_named,
    )
